/** Asking as the protocol asks: one call, nothing added. The reference that every other technique is held against. */
import { z } from 'zod'
import { askOnce, defineTechnique, weighUnconditionally } from '../../domain/index.ts'

const parameters = z.strictObject({
  unconditional: z
    .enum(['no', 'yes'])
    .default('no')
    .describe('in likelihood mode, weigh the options without the question too; costs a second call'),
})

export const zeroShot = defineTechnique({
  name: 'zero-shot',
  title: 'Zero-shot',
  version: 1,
  summary: 'Asks once, without examples or further instructions.',
  parameters,
  references: [],
  needs: [],
  plan: ({ unconditional }, { answerMode }) => ({
    callsPerCell: answerMode === 'likelihood' && unconditional === 'yes' ? 2 : 1,
    callsOnce: 0,
  }),
  fit: async () => undefined,
  solve: async ({ parameters: { unconditional }, context }) => {
    const attempt = await askOnce({ context, change: (state) => state })
    return unconditional === 'yes' ? weighUnconditionally({ attempt, context }) : attempt
  },
})
