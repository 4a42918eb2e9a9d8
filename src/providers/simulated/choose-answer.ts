/** Which option a simulated model picks, and with which probability it would pick each. */
import { openRandom } from '../../random/index.ts'
import type { AnswerDraws } from './answer-draws.ts'
import type { SeenOption } from './shown-options.ts'
import type { SimulatedOptions } from './simulated-options.ts'

export interface ChoiceInput {
  readonly options: SimulatedOptions
  readonly seed: string
  readonly itemId: string
  /** Logit of success without pulls. */
  readonly logit: number
  /** Canonical index of the right one. */
  readonly right: number
  /** Number of choices; an open question has two: right and wrong. */
  readonly choices: number
  /** As shown; empty for open questions. */
  readonly shown: readonly SeenOption[]
}

/**
 * Pull of every choice in canonical order. With equal pulls of the wrong ones, the right one is chosen with the planted
 * probability p: softmax over k choices gives p where its pull is logit(p) + log(k − 1).
 */
export function pullsOf(input: ChoiceInput): readonly number[] {
  const { options, choices, right, logit, shown } = input
  const pulls = new Array<number>(choices).fill(0)
  pulls[right] = logit + Math.log(choices - 1)
  for (const [position, { canonical, label }] of shown.entries()) {
    const bias = (options.positionBias[position] ?? 0) + (label === undefined ? 0 : (options.labelBias[label] ?? 0))
    pulls[canonical] = (pulls[canonical] ?? 0) + bias
  }
  if (options.distractorSpread > 0) {
    const random = openRandom(input.seed).split('pull').split(input.itemId)
    for (let index = 0; index < choices; index++) {
      pulls[index] = (pulls[index] ?? 0) + options.distractorSpread * random.normal()
    }
  }
  return pulls
}

/** Gumbel-max: choosing the largest of pull + Gumbel deviate draws from the softmax of the pulls (Gumbel 1954). */
export function chosenOf(pulls: readonly number[], { gumbels }: AnswerDraws): number {
  let best = 0
  let highest = Number.NEGATIVE_INFINITY
  for (const [index, pull] of pulls.entries()) {
    const value = pull + (gumbels[index] ?? 0)
    if (value > highest) [best, highest] = [index, value]
  }
  return best
}

/**
 * Log-probability of each choice at temperature 1: with probability `temperatureNoise` an answer is drawn afresh from
 * the pulls, else it is the settled one. Noise above one half counts as one half, so that the most likely choice is
 * always what the model says at temperature 0.
 */
export function logProbabilitiesOf(choice: {
  readonly pulls: readonly number[]
  readonly settled: number
  readonly temperatureNoise: number
}): readonly number[] {
  const { pulls, settled } = choice
  const noise = Math.min(0.5, choice.temperatureNoise)
  const highest = Math.max(...pulls)
  const weights = pulls.map((pull) => (pull === highest ? 1 : Math.exp(pull - highest)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight, index) => {
    const probability = (noise * weight) / total + (index === settled ? 1 - noise : 0)
    return Math.max(leastLogProbability, Math.log(probability))
  })
}

/** What endpoints print for tokens that all but cannot come; finite, so that sums stay numbers. */
const leastLogProbability = -50
