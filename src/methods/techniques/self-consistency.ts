/** Reasons several times and gives the answer that came most often. */
import { z } from 'zod'
import {
  atTemperature,
  defineTechnique,
  inOrder,
  reasonFirst,
  samplesInTurn,
  unchanged,
  voteOnSamples,
} from '../../domain/index.ts'

const parameters = z.strictObject({
  samples: z.int().min(2).max(100).default(5).describe('replies that vote'),
  temperature: z.number().gt(0).max(2).default(0.7).describe('above 0, or all replies would be one'),
  reasoning: z.enum(['first', 'none']).default('first').describe('whether replies reason before they answer'),
  compare: z.enum(['text', 'number']).default('text').describe('when answers to open questions count as the same'),
})

export const selfConsistency = defineTechnique({
  name: 'self-consistency',
  title: 'Self-consistency',
  version: 1,
  summary: 'Samples several replies and takes the answer, not the score, that most of them give.',
  parameters,
  references: ['Wang et al. 2023, Self-consistency improves chain of thought reasoning, arXiv 2203.11171'],
  needs: [],
  plan: ({ samples }) => ({ callsPerCell: samples, callsOnce: 0 }),
  fit: async () => undefined,
  solve: async ({ item, parameters: { samples, temperature, reasoning, compare }, context }) => {
    const change = inOrder(reasoning === 'first' ? reasonFirst : unchanged, atTemperature(temperature))
    const form = reasoning === 'first' ? 'marked' : 'bare'
    const request = { item, asking: context, change, purpose: 'solve', form, comparison: compare } as const
    return voteOnSamples(await samplesInTurn(Array.from({ length: samples }, () => request)))
  },
})
