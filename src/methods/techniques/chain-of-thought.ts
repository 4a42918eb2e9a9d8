/** Has the model reason before it answers, with or without worked examples that reason. */
import { z } from 'zod'
import {
  type Attempt,
  type BlindItem,
  chooseExemplars,
  defineTechnique,
  type Exemplar,
  exemplarOf,
  extractAnswer,
  finalAnswer,
  inOrder,
  nearestExemplars,
  reasonFirst,
  showing,
  takeSample,
} from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const parameters = z.strictObject({
  answer: z
    .enum(['last-line', 'second-call'])
    .default('last-line')
    .describe('marked on the last line of the reasoning, or asked for in a second call'),
  examples: z.int().min(0).max(64).default(0).describe('worked examples with reasoning, from fit items'),
  choose: z.enum(['random', 'balanced', 'nearest']).default('random').describe('how the examples are chosen'),
  reasoningFrom: z.string().min(1).default('reasoning').describe('attribute of fit items that holds their reasoning'),
})

export const chainOfThought = defineTechnique({
  name: 'chain-of-thought',
  title: 'Chain of thought',
  version: 1,
  summary: 'Asks for reasoning step by step, and for the answer alone at the end.',
  parameters,
  references: ['Wei et al. 2022, arXiv 2201.11903', 'Kojima et al. 2022, arXiv 2205.11916'],
  needs: [],
  plan: ({ answer }) => ({ callsPerCell: answer === 'second-call' ? 2 : 1, callsOnce: 0 }),
  fit: async (
    { examples, choose, reasoningFrom },
    { fit, random },
  ): Promise<(item: BlindItem) => readonly Exemplar[]> => {
    if (examples === 0) return () => []
    const pool = fit.flatMap((item) => {
      const reasoning = item.attributes[reasoningFrom]
      return reasoning === undefined ? [] : [exemplarOf(item, reasoning)]
    })
    if (pool.length === 0 && fit.length > 0)
      fail(
        'no-reasoning-in-fit-items',
        { attribute: reasoningFrom },
        'give fit items this attribute, or show no examples',
      )
    if (choose === 'nearest') return nearestExemplars(pool, examples)
    const shown = chooseExemplars(pool, { by: choose, count: examples, random: random.split('exemplars') })
    return () => shown
  },
  solve: async ({ item, parameters: { answer }, fitted, context }): Promise<Attempt> => {
    const change = inOrder(reasonFirst, showing(fitted(item)))
    if (answer === 'second-call') return extractAnswer({ context, change })
    const sample = await takeSample({
      item,
      asking: context,
      change,
      purpose: 'solve',
      form: 'marked',
      comparison: 'text',
    })
    const { outcome, candidate, exemplarIds, formKept } = sample
    if (outcome.kind === 'none') return { state: outcome.state, reason: outcome.reason, candidates: [], exemplarIds }
    const { text } = finalAnswer(outcome.response.text)
    return { state: 'answered', text, formKept, candidates: [candidate], exemplarIds }
  },
})
