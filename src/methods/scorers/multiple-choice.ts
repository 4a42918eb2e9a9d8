/** Whether the chosen option is the right one, judged in canonical space: labels and order of the prompt are undone. */
import { z } from 'zod'
import { bothReadings, defineScorer, type Reading, readAttempt, readChoice, unread } from '../../domain/index.ts'

export const multipleChoice = defineScorer({
  name: 'multiple-choice',
  title: 'Multiple choice',
  version: 2,
  summary: 'Reads which option was chosen, by label or by text, and never picks between two.',
  parameters: z.strictObject({}),
  references: ['Robinson, Rytting and Wingate 2022, arXiv 2210.12353', 'Zheng et al. 2024, arXiv 2309.03882'],
  reads: ['letter', 'text'],
  range: { lower: 0, upper: 1 },
  score: async ({ item, attempt, state }) =>
    readAttempt(attempt, (answered) => {
      const options = item.options ?? []
      if (options.length === 0) return bothReadings({ score: 'not-scored' })
      const judge = (chosen: string | undefined): Reading =>
        chosen === undefined ? unread(answered.text) : { score: item.target.includes(chosen) ? 1 : 0, answer: chosen }
      if (answered.answer !== undefined) return bothReadings(judge(answered.answer))
      const { strict, lenient } = readChoice({ text: answered.text, prompt: state, originals: options })
      return { strict: judge(strict?.toString()), lenient: judge(lenient?.toString()) }
    }),
})
