/** Whether the reply is an accepted answer, letter for letter. */
import { z } from 'zod'
import { defineScorer, matchText, unwrapped } from '../../domain/index.ts'

export const exactMatch = defineScorer({
  name: 'exact-match',
  title: 'Exact match',
  version: 1,
  summary: 'Compares the reply with the accepted answers, letter for letter; white space around them does not count.',
  parameters: z.strictObject({}),
  references: [],
  reads: ['letter', 'text', 'generative', 'open'],
  range: { lower: 0, upper: 1 },
  score: async ({ item, attempt, state }) =>
    matchText({
      item,
      attempt,
      prompt: state,
      strict: (said, accepted) => said.trim() === accepted.trim(),
      lenient: (said, accepted) => unwrapped(said) === unwrapped(accepted),
    }),
})
