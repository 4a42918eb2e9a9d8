/** Vote over shuffled options, with the nearest self-written worked examples, reasoning first: four techniques in one. */
import { z } from 'zod'
import {
  askingAbout,
  atTemperature,
  type BlindItem,
  blindItem,
  defineTechnique,
  type Exemplar,
  exemplarOf,
  inOptionOrder,
  inOrder,
  isRight,
  movableOptions,
  nearestExemplars,
  optionOrders,
  reasonFirst,
  reasoningOf,
  samplesInTurn,
  showing,
  takeSample,
  voteOnSamples,
} from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const parameters = z.strictObject({
  examples: z.int().min(1).max(64).default(5).describe('nearest worked examples'),
  votes: z.int().min(1).max(120).default(5).describe('shuffled orders that vote'),
  temperature: z.number().min(0).max(2).default(0).describe('of the votes'),
})

/**
 * Fitting asks the model for reasoning on every fit item and keeps what led to the right answer: examples are the model's
 * own words. Labels of fit items are used, those of reported items never. Right answers with wrong reasoning stay in.
 */
export const medprompt = defineTechnique({
  name: 'medprompt',
  title: 'Medprompt',
  version: 1,
  summary: 'Nearest self-written worked examples, reasoning first, options shuffled, plurality vote.',
  parameters,
  references: [
    'Nori et al. 2023, Can generalist foundation models outcompete special-purpose tuning, arXiv 2311.16452',
  ],
  needs: [],
  plan: ({ votes }, { fitItems }) => ({ callsPerCell: votes, callsOnce: fitItems }),
  fit: async ({ examples }, context): Promise<(item: BlindItem) => readonly Exemplar[]> => {
    const kept: Exemplar[] = []
    for (const item of context.fit) {
      const blind = blindItem(item)
      const { outcome, answer, formKept } = await takeSample({
        item: blind,
        asking: askingAbout(blind, context),
        change: inOrder(reasonFirst, atTemperature(0)),
        purpose: 'fit',
        form: 'marked',
        comparison: 'text',
      })
      if (outcome.kind === 'none' || !formKept || !isRight({ item, answer, comparison: 'text' })) continue
      kept.push(exemplarOf(item, reasoningOf(outcome.response.text)))
    }
    if (kept.length < examples)
      fail(
        'too-few-examples-solved',
        { needed: examples, solved: kept.length, fit: context.fit.length },
        'raise roles.fit of the protocol, or show fewer examples',
      )
    return nearestExemplars(kept, examples)
  },
  solve: async ({ item, parameters: { votes, temperature }, fitted, context }) => {
    const options = movableOptions(item)
    const random = context.random.split('orders')
    const orders = options === 0 ? [[]] : optionOrders({ kind: 'random', options, count: votes, random })
    const base = inOrder(reasonFirst, showing(fitted(item)), atTemperature(temperature))
    return voteOnSamples(
      await samplesInTurn(
        orders.map((order) => ({
          item,
          asking: context,
          change: inOrder(inOptionOrder(order, item), base),
          purpose: 'solve',
          form: 'marked',
          comparison: 'text',
        })),
      ),
    )
  },
})
