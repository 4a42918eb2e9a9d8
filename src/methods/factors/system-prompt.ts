/** The system prompt: the protocol's own, and others of a list. */
import { z } from 'zod'
import { defineFactor, withNote } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const asGiven = 'as-given'

export const systemPrompt = defineFactor({
  name: 'system-prompt',
  title: 'System prompt',
  version: 1,
  summary: 'The system prompt of the protocol, then each of the list; an empty one sends none.',
  kind: 'system',
  preserves: 'judged',
  parameters: z.strictObject({
    prompts: z
      .array(z.strictObject({ name: z.string().min(1), text: z.string() }))
      .min(1)
      .describe('system prompts with their names'),
  }),
  references: ['Mu et al. 2025, A closer look at system prompt robustness, arXiv 2502.12197'],
  stage: 50,
  levels: ({ prompts }) => [...new Set([asGiven, ...prompts.map(({ name }) => name)])],
  apply({ state, level, parameters: { prompts } }) {
    if (level === asGiven) return state
    const chosen =
      prompts.find(({ name }) => name === level) ?? fail('unknown-system-prompt', { level }, 'use a listed name')
    const system = chosen.text === '' ? undefined : chosen.text
    return system === state.system ? withNote(state, 'system-prompt: unchanged') : { ...state, system }
  },
})
