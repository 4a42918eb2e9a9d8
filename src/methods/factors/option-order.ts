/** The order in which options are shown. Labels keep their places, so the right answer moves between labels. */
import { z } from 'zod'
import { defineFactor, reorderOptions, speaksOfPlace, withNote } from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'
import { fail } from '../../stats/index.ts'

const parameters = z.strictObject({
  orders: z
    .enum(['reversed', 'cyclic', 'all', 'random'])
    .default('cyclic')
    .describe('reversed; every rotation; every permutation; or permutations drawn for each item'),
  options: z.int().min(2).max(26).default(4).describe('most options an item has, for rotations and permutations'),
  draws: z.int().min(1).max(1000).default(4).describe('number of random orders'),
})

/** All permutations of more options than this are more settings than anyone runs. */
const mostPermuted = 6

export const optionOrder = defineFactor({
  name: 'option-order',
  title: 'Order of options',
  version: 1,
  summary: 'Rotations, reversal, all or random permutations of the options; options that speak of places stay.',
  kind: 'order',
  preserves: 'by-construction',
  varies: 'shown-options',
  parameters,
  references: ['Zheng et al. 2024, Large language models are not robust multiple choice selectors, arXiv 2309.03882'],
  stage: 20,
  levels({ orders, options, draws }) {
    switch (orders) {
      case 'reversed':
        return ['as-given', 'reversed']
      case 'cyclic':
        return ['as-given', ...Array.from({ length: options - 1 }, (_, shift) => `rotated-${shift + 1}`)]
      case 'random':
        return ['as-given', ...Array.from({ length: draws }, (_, draw) => `random-${draw + 1}`)]
      case 'all':
        if (options > mostPermuted)
          fail('too-many-permutations', { options, most: mostPermuted }, 'draw random orders, or use rotations')
        return permutations(options).map((order, index) => (index === 0 ? 'as-given' : `order-${order.join('')}`))
      default:
        return orders satisfies never
    }
  },
  apply({ state, level, random }) {
    if (level === 'as-given') return state
    const movable = state.options.flatMap(({ text }, index) => (speaksOfPlace(text) ? [] : [index]))
    const within = orderOf({ level, count: movable.length, random })
    const order = state.options.map((_, index) => index)
    for (const [place, target] of movable.entries()) order[target] = movable[within[place] ?? place] ?? target
    const isUnchanged = order.every((from, index) => from === index)
    const next = reorderOptions(state, order)
    const noted =
      movable.length < state.options.length ? withNote(next, 'option-order: options that speak of places stayed') : next
    return isUnchanged ? withNote(noted, 'option-order: unchanged') : noted
  },
})

interface OrderWanted {
  readonly level: string
  readonly count: number
  readonly random: Random
}

/** The order among the options that may move; an item with fewer options gets the part of the order that fits. */
function orderOf({ level, count, random }: OrderWanted): readonly number[] {
  const places = Array.from({ length: count }, (_, index) => index)
  if (level === 'reversed') return places.toReversed()
  const [kind = '', detail = ''] = level.split('-')
  if (kind === 'rotated') return places.map((index) => (index + Number(detail)) % Math.max(count, 1))
  if (kind === 'order') return [...detail].map(Number).filter((index) => index < count)
  if (kind === 'random') {
    random.shuffle(places)
    return places
  }
  return fail('unknown-order', { level }, 'use an order this factor named')
}

/** All orders of 0 … count − 1, the identity first. */
function permutations(count: number): readonly (readonly number[])[] {
  const extend = (rest: readonly number[]): readonly (readonly number[])[] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((first) => extend(rest.filter((each) => each !== first)).map((order) => [first, ...order]))
  return extend(Array.from({ length: count }, (_, index) => index))
}
