/** Who speaks or asks: a role for the model, or a user who says who they are. */
import { z } from 'zod'
import { defineFactor } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const none = 'none'

export const persona = defineFactor({
  name: 'persona',
  title: 'Persona',
  version: 1,
  summary: 'No persona, then each of the list, given to the model in the system prompt or told by the user.',
  kind: 'persona',
  preserves: 'judged',
  parameters: z.strictObject({
    personas: z
      .array(z.strictObject({ name: z.string().min(1), description: z.string().min(1) }))
      .min(1)
      .default([
        { name: 'expert', description: 'an expert in the subject of the question' },
        { name: 'student', description: 'a student in their first year' },
      ])
      .describe('descriptions that complete "You are" or "I am"'),
    of: z.enum(['model', 'user']).default('model').describe('whose persona it is'),
  }),
  references: ['Zheng et al. 2024, When “a helpful assistant” is not really helpful, arXiv 2311.10054'],
  stage: 52,
  levels: ({ personas }) => [...new Set([none, ...personas.map(({ name }) => name)])],
  apply({ state, level, parameters: { personas, of } }) {
    if (level === none) return state
    const chosen =
      personas.find(({ name }) => name === level) ?? fail('unknown-persona', { level }, 'use a listed name')
    const inFront = (sentence: string, text: string | undefined): string =>
      text === undefined || text === '' ? sentence : `${sentence} ${text}`
    return of === 'model'
      ? { ...state, system: inFront(`You are ${chosen.description}.`, state.system) }
      : { ...state, instruction: inFront(`I am ${chosen.description}.`, state.instruction) }
  },
})
