/** How text is drawn from the model: temperature, nucleus, length, effort. */
import { z } from 'zod'
import { defineFactor, withNote } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const setting = z.strictObject({
  name: z.string().min(1),
  temperature: z.number().min(0).optional(),
  topP: z.number().gt(0).max(1).optional(),
  maxTokens: z.int().min(1).optional(),
  effort: z.string().min(1).optional().describe('reasoning effort as the endpoint names it'),
})

export const decoding = defineFactor({
  name: 'decoding',
  title: 'Decoding',
  version: 1,
  summary:
    'Temperature, nucleus, token limit and reasoning effort; what a level leaves out stays as the protocol says.',
  kind: 'decoding',
  preserves: 'by-construction',
  parameters: z.strictObject({
    settings: z
      .array(setting)
      .min(1)
      .default([
        { name: 'temperature-0', temperature: 0 },
        { name: 'temperature-0.7', temperature: 0.7 },
        { name: 'temperature-1', temperature: 1 },
      ])
      .describe('settings with their names; the first is the reference'),
  }),
  references: ['Holtzman et al. 2020, The curious case of neural text degeneration, ICLR'],
  stage: 60,
  levels: ({ settings }) => [...new Set(settings.map(({ name }) => name))],
  apply({ state, level, parameters: { settings } }) {
    const chosen = settings.find(({ name }) => name === level)
    if (chosen === undefined) return fail('unknown-decoding', { level }, 'use a listed name')
    // Nothing is drawn where likelihoods are weighed.
    if (state.answerMode === 'likelihood') return withNote(state, 'decoding: unchanged')
    const { name: _, ...given } = chosen
    const next = { ...state.decoding, ...given }
    const isSame = Object.entries(given).every(([key, value]) =>
      Object.entries(state.decoding).some(([k, v]) => k === key && v === value),
    )
    return isSame ? withNote(state, 'decoding: unchanged') : { ...state, decoding: next }
  },
})
