/** Common misspellings of English words. */
import { z } from 'zod'
import { changeText, defineFactor, misspell, textFieldsSchema } from '../../domain/index.ts'

export const misspelling = defineFactor({
  name: 'misspelling',
  title: 'Misspellings',
  version: 1,
  summary: 'Each common English word on our list is misspelled with the given probability.',
  kind: 'lexical',
  preserves: 'judged',
  parameters: z.strictObject({
    rates: z
      .array(z.number().min(0).max(1))
      .min(1)
      .default([0, 0.2, 0.5])
      .describe('probabilities per listed word; the first is the reference'),
    fields: textFieldsSchema,
  }),
  references: ['Liang et al. 2022, Holistic evaluation of language models, arXiv 2211.09110'],
  stage: 33,
  levels: (given) => [...new Set(given.rates)].map(String),
  apply({ state, level, parameters: { fields }, random }) {
    const rate = Number(level)
    if (rate === 0) return state
    return changeText(state, {
      factor: 'misspelling',
      fields,
      change: (text, place) => misspell({ text, rate, random: random.split(place) }),
    })
  },
})
