/** White space between words: more of it, or lines broken where none were. */
import { z } from 'zod'
import { changeText, defineFactor, textFieldsSchema } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const spacings = ['as-is', 'random', 'double', 'tab', 'line-break'] as const

export const spacing = defineFactor({
  name: 'spacing',
  title: 'Spacing',
  version: 1,
  summary: 'Single spaces between words become one to three at random, two, a tab, or a line break.',
  kind: 'lexical',
  preserves: 'by-construction',
  parameters: z.strictObject({
    spacings: z
      .array(z.enum(spacings))
      .min(1)
      .default(['as-is', 'random', 'double'])
      .describe('kinds of spacing; the first is the reference'),
    most: z.int().min(2).max(10).default(3).describe('most spaces where they are random'),
    fields: textFieldsSchema,
  }),
  references: ['Liang et al. 2022, Holistic evaluation of language models, arXiv 2211.09110'],
  stage: 38,
  levels: (given) => [...new Set(given.spacings)],
  apply({ state, level, parameters: { fields, most }, random }) {
    if (level === 'as-is') return state
    return changeText(state, {
      factor: 'spacing',
      fields,
      change(text, place) {
        const stream = random.split(place)
        // Only single spaces between words: indentation and tables carry meaning.
        return text.replace(/(?<=\S) (?=\S)/g, () => spaceOf(level, () => ' '.repeat(stream.integer(most) + 1)))
      },
    })
  },
})

function spaceOf(level: string, drawn: () => string): string {
  switch (level) {
    case 'random':
      return drawn()
    case 'double':
      return '  '
    case 'tab':
      return '\t'
    case 'line-break':
      return '\n'
    default:
      return fail('unknown-spacing', { level }, `use: ${spacings.join(', ')}`)
  }
}
