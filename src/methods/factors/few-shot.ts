/** Worked examples in the prompt: how many, which, and in which order. */
import { z } from 'zod'
import { defineFactor, type Exemplar } from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'
import { fail } from '../../stats/index.ts'

const parameters = z.strictObject({
  sizes: z.array(z.int().min(0)).min(1).default([0, 4]).describe('numbers of examples; the first is the reference'),
  sets: z.int().min(1).max(1000).default(1).describe('different draws of examples for each size'),
  orders: z.int().min(1).max(1000).default(1).describe('different orders of each draw'),
})

/**
 * Examples come from `exemplarPool`, which the runner fills with items kept for fitting; a reported item is never in it.
 * Smaller draws of a set are the beginning of larger ones, so that size alone differs.
 */
export const fewShot = defineFactor({
  name: 'few-shot',
  title: 'Examples in the prompt',
  version: 2,
  summary:
    'Number, draw and order of examples taken from the items kept for fitting; one draw serves all items and models.',
  kind: 'few-shot',
  preserves: 'by-construction',
  parameters,
  references: ['Lu et al. 2022, Fantastically ordered prompts and where to find them, ACL'],
  stage: 10,
  levels({ sizes, sets, orders }) {
    const levels = sizes.flatMap((size) =>
      // One example has one order, and none has one draw.
      numbered(size === 0 ? 1 : sets).flatMap((set) =>
        numbered(size < 2 ? 1 : orders).map((order) => (size === 0 ? '0' : `${size} set-${set} order-${order}`)),
      ),
    )
    return [...new Set(levels)]
  },
  apply({ state, item, level, sharedRandom }) {
    if (level === '0') return { ...state, exemplars: [] }
    const [, size = '', set = '', order = ''] = /^(\d+) set-(\d+) order-(\d+)$/.exec(level) ?? []
    const pool = state.exemplarPool.filter(({ itemId }) => itemId !== item.id)
    if (size === '') fail('unknown-few-shot', { level }, 'use a level this factor named')
    if (pool.length < Number(size))
      fail(
        'too-few-exemplars',
        { wanted: Number(size), items: pool.length },
        'keep more items for fitting, under roles',
      )
    return { ...state, exemplars: drawnExemplars({ pool, size: Number(size), set, order, random: sharedRandom }) }
  },
})

function drawnExemplars(wanted: {
  readonly pool: readonly Exemplar[]
  readonly size: number
  readonly set: string
  readonly order: string
  readonly random: Random
}): readonly Exemplar[] {
  const random = wanted.random.split('set').split(wanted.set)
  const pool = wanted.pool.toSorted((a, b) => (a.itemId < b.itemId ? -1 : a.itemId > b.itemId ? 1 : 0))
  const places = pool.map((_, index) => index)
  random.shuffle(places)
  const drawn = places.slice(0, wanted.size)
  if (wanted.order !== '1') random.split('order').split(wanted.order).shuffle(drawn)
  return drawn.flatMap((place) => pool[place] ?? [])
}

function numbered(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
