/** Whether a pattern is found in the reply, or whether what it captures is an accepted answer. */
import { z } from 'zod'
import {
  acceptedTexts,
  bothReadings,
  defineScorer,
  plainText,
  type Reading,
  readAttempt,
  unread,
} from '../../domain/index.ts'

const parameters = z
  .strictObject({
    pattern: z.string().min(1).describe('JavaScript regular expression, Unicode aware'),
    scores: z
      .enum(['found', 'not-found', 'captured'])
      .describe('1 where it is found, 1 where it is not, or 1 where its first group is an accepted answer'),
    refusal: z
      .enum(['missing', 'as-text'])
      .default('missing')
      .describe('whether a refusal has no score, or counts as a reply in which nothing was found'),
  })
  .check(({ value, issues }) => {
    const problem = patternProblem(value.pattern, value.scores)
    if (problem !== undefined) issues.push({ code: 'custom', path: ['pattern'], message: problem, input: value })
  })

/** Longer replies are not searched: time may grow with the square of the length, or worse. */
const longestReply = 200_000

export const regularExpression = defineScorer({
  name: 'regular-expression',
  title: 'Regular expression',
  version: 1,
  summary: 'Searches the reply for a pattern, or compares what the pattern captures.',
  parameters,
  references: [],
  reads: ['letter', 'text', 'generative', 'open'],
  range: { lower: 0, upper: 1 },
  score: async ({ item, attempt, state, parameters: { pattern, scores, refusal } }) => {
    if (attempt.state === 'refused' && refusal === 'as-text' && scores !== 'captured')
      return bothReadings({ score: scores === 'found' ? 0 : 1 })
    return readAttempt(attempt, ({ text }) => {
      if (text.length > longestReply) return bothReadings({ score: 'limit' })
      if (scores !== 'captured') {
        const judge = (flags: string, searched: string): Reading => ({
          score: new RegExp(pattern, flags).test(searched) === (scores === 'found') ? 1 : 0,
        })
        return { strict: judge('u', text), lenient: judge('iu', text.normalize('NFKC')) }
      }
      const { asked, any } = acceptedTexts({ item, prompt: state })
      const exact = only(captures(text, { pattern, flags: 'gu' }).map((captured) => captured.trim()))
      const plain = only(captures(text.normalize('NFKC'), { pattern, flags: 'giu' }).map(plainText))
      return {
        strict:
          exact === undefined
            ? unread(text)
            : { score: asked.some((each) => each.trim() === exact) ? 1 : 0, answer: exact },
        lenient:
          plain === undefined
            ? unread(text)
            : { score: any.some((each) => plainText(each) === plain) ? 1 : 0, answer: plain },
      }
    })
  },
})

function captures(
  text: string,
  { pattern, flags }: { readonly pattern: string; readonly flags: string },
): readonly string[] {
  return [...text.matchAll(new RegExp(pattern, flags))].flatMap(([, captured]) =>
    captured === undefined ? [] : [captured],
  )
}

/** Two different captures are no answer. */
function only(captured: readonly string[]): string | undefined {
  const [first, ...more] = new Set(captured)
  return more.length === 0 && first !== '' ? first : undefined
}

function patternProblem(pattern: string, scores: 'found' | 'not-found' | 'captured'): string | undefined {
  try {
    // An empty alternative always matches, and its match says how many groups there are.
    const groups = (new RegExp(`${pattern}|`, 'u').exec('')?.length ?? 1) - 1
    return scores === 'captured' && groups === 0 ? 'put what is the answer in (parentheses)' : undefined
  } catch (error) {
    return `not a regular expression: ${error instanceof Error ? error.message : String(error)}`
  }
}
