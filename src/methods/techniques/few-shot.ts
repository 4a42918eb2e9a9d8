/** Shows worked examples from items kept for fitting, then asks. */
import { z } from 'zod'
import {
  askOnce,
  type BlindItem,
  chooseExemplars,
  defineTechnique,
  type Exemplar,
  exemplarOf,
  nearestExemplars,
  showing,
} from '../../domain/index.ts'

const parameters = z
  .strictObject({
    examples: z.int().min(1).max(64).default(5).describe('how many'),
    choose: z
      .enum(['random', 'balanced', 'nearest', 'listed'])
      .default('random')
      .describe('by chance, one of every answer in turn, most like the question, or those listed'),
    ids: z.array(z.string().min(1)).min(1).optional().describe('the listed ones, in the order shown'),
  })
  .refine(({ choose, ids }) => (choose === 'listed') === (ids !== undefined), {
    path: ['ids'],
    message: 'list ids exactly where choose is "listed"',
  })

/** What fitting leaves behind: finds the examples of an item. */
export type ShownTo = (item: BlindItem) => readonly Exemplar[]

export const fewShot = defineTechnique({
  name: 'few-shot',
  title: 'Few-shot',
  version: 1,
  summary: 'Shows worked examples before the question; the examples come from items that are never reported.',
  parameters,
  references: [
    'Brown et al. 2020, arXiv 2005.14165',
    'Perez, Kiela and Cho 2021, True few-shot learning, arXiv 2105.11447',
  ],
  needs: [],
  plan: () => ({ callsPerCell: 1, callsOnce: 0 }),
  fit: async ({ examples, choose, ids }, { fit, random }): Promise<ShownTo> => {
    const pool = fit.map((item) => exemplarOf(item, undefined))
    if (choose === 'nearest') return nearestExemplars(pool, examples)
    const shown =
      choose === 'listed'
        ? chooseExemplars(pool, { by: 'listed', ids: ids ?? [] })
        : chooseExemplars(pool, { by: choose, count: examples, random: random.split('exemplars') })
    return () => shown
  },
  solve: ({ item, fitted, context }) => askOnce({ context, change: showing(fitted(item)) }),
})
