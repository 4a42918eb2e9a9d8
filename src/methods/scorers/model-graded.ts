/** A judge model reads the reply against a rubric and gives a verdict on a marked line. */
import { z } from 'zod'
import {
  type AnsweredAttempt,
  bothReadings,
  defineScorer,
  gradeRequest,
  type Item,
  type ModelRequest,
  type Reading,
  type RenderState,
  readAttempt,
  readVerdict,
  settleOutcome,
  type VerdictReading,
} from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'

const parameters = z.strictObject({
  rubric: z.string().min(1).describe('what earns which verdict, in full sentences'),
  verdicts: z
    .record(z.string().regex(/^\S+$/, 'one word'), z.number().min(0).max(1))
    .default({ PASS: 1, FAIL: 0 })
    .describe('verdicts and their scores, 0 to 1'),
  reference: z.enum(['shown', 'hidden']).default('shown').describe('whether the judge sees the accepted answers'),
  orders: z
    .enum(['one', 'both'])
    .default('one')
    .describe('with both, reference and reply change places in a second call; the score is the mean of the two'),
  judge: z.string().min(1).optional().describe('which judge of the protocol; the first where absent'),
})

type Parameters = z.infer<typeof parameters>

export const modelGraded = defineScorer({
  name: 'model-graded',
  title: 'Model-graded',
  version: 1,
  summary: 'Asks a judge model for a verdict under a rubric; a verdict that cannot be read is no score.',
  parameters,
  references: ['Zheng et al. 2023, Judging LLM-as-a-judge, arXiv 2306.05685'],
  reads: ['letter', 'text', 'generative', 'open'],
  range: { lower: 0, upper: 1 },
  score: async ({ item, attempt, state, parameters: given, judge, random }) => {
    const unanswered = readAttempt(attempt, () => bothReadings({ score: 'unparsed' }))
    if (attempt.state !== 'answered' || unanswered.lenient.score === 'not-scored') return unanswered
    const verdicts: VerdictReading[] = []
    for (const first of given.orders === 'both' ? (['reply', 'reference'] as const) : (['reference'] as const)) {
      const request = judgement({
        item,
        state,
        reply: replyOf(attempt, item),
        given,
        first,
        random: random.split(first),
      })
      const outcome = settleOutcome(await judge(request))
      const none = { strict: undefined, lenient: undefined }
      verdicts.push(outcome.kind === 'reply' ? readVerdict(outcome.response.text, wanted(given)) : none)
    }
    return {
      strict: meanOf(
        verdicts.map(({ strict }) => strict),
        given,
      ),
      lenient: meanOf(
        verdicts.map(({ lenient }) => lenient),
        given,
      ),
    }
  },
})

function wanted({ verdicts }: Parameters): { readonly word: string; readonly choices: readonly string[] } {
  return { word: 'Verdict', choices: Object.keys(verdicts) }
}

/** A verdict that is missing leaves the score missing: half of two orders would be the biased half. */
function meanOf(verdicts: readonly (string | undefined)[], given: Parameters): Reading {
  const scores = verdicts.map((verdict) => (verdict === undefined ? undefined : given.verdicts[verdict]))
  let sum = 0
  for (const score of scores) {
    if (score === undefined) return { score: 'grader-failed' }
    sum += score
  }
  return { score: sum / scores.length, answer: [...new Set(verdicts)].join(' / ') }
}

/** Where a vote settled the answer, labels of a single sample would mean another option: the judge sees the option's text. */
function replyOf({ text, answer }: AnsweredAttempt, { options }: Item): string {
  return (answer === undefined ? undefined : options?.[Number(answer)]) ?? text
}

function judgement(options: {
  readonly item: Item
  readonly state: RenderState
  readonly reply: string
  readonly given: Parameters
  readonly first: 'reply' | 'reference'
  readonly random: Random
}): ModelRequest {
  const { item, state, reply, given, first, random } = options
  const shown = state.options.map(({ label, text }) => `${label}. ${text}`)
  const accepted =
    item.options === undefined
      ? item.target
      : shown.filter((_, index) => item.target.includes(String(state.options[index]?.canonical)))
  const judged = { title: 'reply', text: reply }
  const material = given.reference === 'hidden' ? [judged] : [judged, { title: 'reference', text: accepted.join('\n') }]
  if (first === 'reference') material.reverse()
  const question = [item.context ?? '', item.input, ...shown].filter((text) => text !== '').join('\n')
  return gradeRequest({
    task: `Judge a reply to a question under this rubric:\n${given.rubric}`,
    sections: [{ title: 'question', text: question }, ...material],
    verdict: wanted(given),
    random,
  })
}
