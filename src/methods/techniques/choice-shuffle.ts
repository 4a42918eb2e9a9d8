/** Asks with the options in several orders and takes the content that was chosen most often. */
import { z } from 'zod'
import {
  defineTechnique,
  inOptionOrder,
  inOrder,
  movableOptions,
  optionOrders,
  orderCount,
  reasonFirst,
  samplesInTurn,
  unchanged,
  voteOnSamples,
} from '../../domain/index.ts'

const parameters = z.strictObject({
  orders: z
    .enum(['random', 'cyclic', 'all'])
    .default('cyclic')
    .describe('random ones, each option once in every place, or all orders'),
  count: z.int().min(2).max(120).default(5).describe('how many, for random orders'),
  reasoning: z.enum(['first', 'none']).default('none').describe('whether replies reason before they answer'),
})

/** Options that speak of places ("none of the above") stay in theirs; items that have one need fewer calls than planned. */
export const choiceShuffle = defineTechnique({
  name: 'choice-shuffle',
  title: 'Choice-shuffle ensemble',
  version: 1,
  summary: 'Shows the options in several orders and votes over what was chosen, so that places and labels cancel out.',
  parameters,
  references: ['Zheng et al. 2024, arXiv 2309.03882', 'Nori et al. 2023, arXiv 2311.16452'],
  needs: [],
  plan: ({ orders, count }, { options }) => ({
    callsPerCell: orderCount({ kind: orders, options, count }),
    callsOnce: 0,
  }),
  fit: async () => undefined,
  solve: async ({ item, parameters: { orders, count, reasoning }, context }) => {
    const options = movableOptions(item)
    const base = reasoning === 'first' ? reasonFirst : unchanged
    const form = reasoning === 'first' ? 'marked' : 'bare'
    const random = context.random.split('orders')
    // Items without options still get one order, so that the change can say what is wrong.
    const shown = options === 0 ? [[]] : optionOrders({ kind: orders, options, count, random })
    return voteOnSamples(
      await samplesInTurn(
        shown.map((order) => ({
          item,
          asking: context,
          change: inOrder(inOptionOrder(order, item), base),
          purpose: 'solve',
          form,
          comparison: 'text',
        })),
      ),
    )
  },
})
