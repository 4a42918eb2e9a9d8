/** Calls of a sample that we exported: of techniques with several, and of those that weigh options. */
import { z } from 'zod'
import type { RecordedAnswer } from '../../domain/index.ts'

const amount = z.number().optional()

const callSchema = z.object({
  model: z.string(),
  purpose: z.enum(['fit', 'propose', 'select', 'solve', 'verify', 'vote', 'judge', 'paraphrase', 'probe']),
  text: z.string(),
  finish: z.enum(['stop', 'length', 'refusal', 'tool', 'unknown']),
  usage: z.object({
    inputTokens: amount,
    outputTokens: amount,
    cachedTokens: amount,
    reasoningTokens: amount,
    cost: amount,
  }),
  likelihoods: z.array(z.object({ logProbability: z.number(), tokens: amount, greedy: z.boolean() })).optional(),
})

/** In their order, which is the number of a call in its cell. A call that failed has no text and is left out. */
export function ownCalls(
  value: unknown,
  place: Omit<RecordedAnswer, 'outcome' | 'purpose' | 'sequence'>,
): readonly RecordedAnswer[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((call: unknown, sequence): RecordedAnswer[] => {
    const parsed = callSchema.safeParse(call)
    if (!parsed.success) return []
    const { model, purpose, ...response } = parsed.data
    return [{ ...place, model, purpose, sequence, outcome: { kind: 'response', response } }]
  })
}
