/** Punctuation: the last mark dropped, all marks dropped, or marks repeated. */
import { z } from 'zod'
import { changeText, defineFactor, textFieldsSchema } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const changes = ['as-is', 'no-final', 'none', 'repeated'] as const

export const punctuation = defineFactor({
  name: 'punctuation',
  title: 'Punctuation',
  version: 1,
  summary: 'Without the final mark, without marks after words, or with question and exclamation marks thrice.',
  kind: 'lexical',
  preserves: 'judged',
  parameters: z.strictObject({
    changes: z
      .array(z.enum(changes))
      .min(1)
      .default(['as-is', 'no-final', 'none'])
      .describe('the first is the reference'),
    fields: textFieldsSchema,
  }),
  references: ['Seleznyov et al. 2025, When punctuation matters, arXiv 2508.11383'],
  stage: 34,
  levels: (given) => [...new Set(given.changes)],
  apply({ state, level, parameters: { fields } }) {
    if (level === 'as-is') return state
    return changeText(state, { factor: 'punctuation', fields, change: (text) => punctuated(text, level) })
  },
})

function punctuated(text: string, level: string): string {
  switch (level) {
    case 'no-final':
      return text.replace(/[.?!…:;,]+(\s*)$/u, '$1')
    case 'none':
      // Marks that end a word. Points inside numbers, names of files and formulas are no punctuation.
      return text.replace(/(?<=[\p{L}\p{N})"'”’])[.,;:?!]+(?=\s|$)/gu, '')
    case 'repeated':
      return text.replace(/[?!]+(?=\s|$)/g, (marks) => (marks[0] ?? '').repeat(3))
    default:
      return fail('unknown-punctuation', { level }, `use: ${changes.join(', ')}`)
  }
}
