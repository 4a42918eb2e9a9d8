/** HELM's mild mixture: lower case, contractions, a few misspellings, uneven spaces. */
import { z } from 'zod'
import { changeText, contract, defineFactor, misspell, textFieldsSchema } from '../../domain/index.ts'

export const mildMix = defineFactor({
  name: 'mild-mix',
  title: 'Mild mixture of noise',
  version: 1,
  summary: 'Lower case, then contractions, then misspellings with probability 0.1, then one to three spaces.',
  kind: 'lexical',
  preserves: 'judged',
  parameters: z.strictObject({
    draws: z.int().min(1).max(100).default(1).describe('number of independent draws of the noise'),
    misspelled: z.number().min(0).max(1).default(0.1).describe('probability of misspelling each listed word'),
    most: z.int().min(1).max(10).default(3).describe('most spaces between words'),
    fields: textFieldsSchema,
  }),
  references: ['Liang et al. 2022, Holistic evaluation of language models, arXiv 2211.09110'],
  stage: 37,
  levels: ({ draws }) => ['as-is', ...Array.from({ length: draws }, (_, draw) => `draw-${draw + 1}`)],
  apply({ state, level, parameters: { misspelled, most, fields }, random }) {
    if (level === 'as-is') return state
    return changeText(state, {
      factor: 'mild-mix',
      fields,
      change(text, place) {
        const stream = random.split(place)
        const worded = misspell({ text: contract(text.toLowerCase()), rate: misspelled, random: stream.split('words') })
        const spaces = stream.split('spaces')
        return worded.replace(/(?<=\S) (?=\S)/g, () => ' '.repeat(spaces.integer(most) + 1))
      },
    })
  },
})
