/** Log-probabilities that a simulated model gives to continuations: those of the options they stand for. */
import type { ModelResponse } from '../../domain/index.ts'
import { settledDraws } from './answer-draws.ts'
import { chosenOf, logProbabilitiesOf } from './choose-answer.ts'
import { drawingOf, type ReplySituation, weigh } from './plan-reply.ts'
import type { OptionReader } from './shown-options.ts'

export interface LikelihoodPlan extends ReplySituation {
  readonly readShown: OptionReader
  readonly continuations: readonly string[]
}

/**
 * Continuations that are no option of the item get the least log-probability. One token per four characters. Without the
 * question before them, options are equally likely: what is weighed then is how likely their words are anyway.
 */
export function likelihoodsOf(plan: LikelihoodPlan): NonNullable<ModelResponse['likelihoods']> {
  const { item, continuations, options, prompt } = plan
  const shown = plan.readShown(prompt) ?? []
  const { pulls, right } = weigh(plan, shown)
  const settled = chosenOf(pulls, settledDraws(drawingOf(plan, {})))
  const asked = shown.length > 0 || resembles(prompt, item.input)
  const logs = asked
    ? logProbabilitiesOf({ pulls, settled, temperatureNoise: options.temperatureNoise })
    : pulls.map(() => -Math.log(pulls.length))
  const texts = item.options?.map((text) => text.trim().toLowerCase())
  return continuations.map((continuation) => {
    const wanted = continuation.trim()
    const index =
      texts === undefined
        ? item.target.includes(wanted)
          ? right
          : 1
        : (shown.find(({ label }) => label === wanted)?.canonical ?? texts.indexOf(wanted.toLowerCase()))
    const tokens = Math.max(1, Math.ceil(wanted.length / 4))
    const log = logs[index] ?? leastPerToken * tokens
    return { logProbability: log - options.lengthCost * (tokens - 1), tokens, greedy: asked && index === settled }
  })
}

const leastPerToken = -50

/** Whether the prompt holds the question, however it was reworded: a text much shorter cannot. */
function resembles(prompt: string, question: string): boolean {
  const length = question.trim().length
  return length === 0 || prompt.includes(question.trim()) || prompt.trim().length > Math.max(12, length / 2)
}
