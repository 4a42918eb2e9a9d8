/** The case of letters: upper, lower, title. */
import { z } from 'zod'
import { changeText, defineFactor, textFieldsSchema } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const casings = ['as-is', 'lower', 'upper', 'title'] as const

export const casing = defineFactor({
  name: 'casing',
  title: 'Casing',
  version: 1,
  summary: 'Lower, upper or title case. Names and symbols that differ by case alone change too: look at such items.',
  kind: 'lexical',
  preserves: 'judged',
  parameters: z.strictObject({
    casings: z
      .array(z.enum(casings))
      .min(1)
      .default([...casings])
      .describe('cases; the first is the reference'),
    fields: textFieldsSchema,
  }),
  references: ['Liang et al. 2022, Holistic evaluation of language models, arXiv 2211.09110'],
  stage: 36,
  levels: (given) => [...new Set(given.casings)],
  apply({ state, level, parameters: { fields } }) {
    if (level === 'as-is') return state
    return changeText(state, { factor: 'casing', fields, change: (text) => inCase(text, level) })
  },
})

function inCase(text: string, level: string): string {
  switch (level) {
    case 'lower':
      return text.toLowerCase()
    case 'upper':
      return text.toUpperCase()
    case 'title':
      return text.replace(
        /\p{L}[\p{L}\p{M}'’]*/gu,
        (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
      )
    default:
      return fail('unknown-casing', { level }, `use: ${casings.join(', ')}`)
  }
}
