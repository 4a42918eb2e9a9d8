/** Whether the reply says an accepted answer, whatever its case, punctuation and spacing. */
import { z } from 'zod'
import { defineScorer, matchText, plainText } from '../../domain/index.ts'

const parameters = z.strictObject({
  articles: z.enum(['count', 'drop']).default('count').describe('whether "the answer" and "answer" differ (English)'),
})

export const normalisedMatch = defineScorer({
  name: 'normalised-match',
  title: 'Normalised match',
  version: 1,
  summary: 'Compares the reply with the accepted answers after folding case, punctuation and spacing.',
  parameters,
  references: ['Rajpurkar et al. 2016, SQuAD, arXiv 1606.05250'],
  reads: ['letter', 'text', 'generative', 'open'],
  range: { lower: 0, upper: 1 },
  score: async ({ item, attempt, state, parameters: { articles } }) => {
    const same = (said: string, accepted: string): boolean => spelling(said, articles) === spelling(accepted, articles)
    return matchText({ item, attempt, prompt: state, strict: same, lenient: same })
  },
})

/** Text of nothing but punctuation keeps it: "+" is not "-". */
function spelling(text: string, articles: 'count' | 'drop'): string {
  const plain = plainText(text)
  const kept = articles === 'drop' ? plain.replace(/\b(?:a|an|the)\b\s*/g, '').trim() : plain
  return kept === '' ? text.trim() : kept
}
