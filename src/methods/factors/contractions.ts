/** Short forms of English: "it is" and "it's". */
import { z } from 'zod'
import { changeText, contract, defineFactor, expandContractions, textFieldsSchema } from '../../domain/index.ts'

const forms = ['as-is', 'contracted', 'expanded'] as const

export const contractions = defineFactor({
  name: 'contractions',
  title: 'Contractions',
  version: 1,
  summary: 'Written-out forms are contracted, or short forms written out.',
  kind: 'lexical',
  preserves: 'by-construction',
  parameters: z.strictObject({
    forms: z
      .array(z.enum(forms))
      .min(1)
      .default([...forms])
      .describe('the first is the reference'),
    fields: textFieldsSchema,
  }),
  references: ['Ribeiro et al. 2020, Beyond accuracy: behavioral testing of NLP models with CheckList'],
  stage: 32,
  levels: (given) => [...new Set(given.forms)],
  apply({ state, level, parameters: { fields } }) {
    if (level === 'as-is') return state
    return changeText(state, {
      factor: 'contractions',
      fields,
      change: level === 'contracted' ? contract : expandContractions,
    })
  },
})
