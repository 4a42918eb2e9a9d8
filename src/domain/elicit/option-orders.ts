/** Orders in which a technique shows the options of an item. */
import type { Random } from '../../random/index.ts'
import { fail } from '../../stats/index.ts'

export type OrderKind = 'random' | 'cyclic' | 'all'

export interface OrderRequest {
  readonly kind: OrderKind
  readonly options: number
  /** How many, for random orders. */
  readonly count: number
  readonly random: Random
}

/** The most options whose orders are all tried: 5! = 120 calls an item. */
const mostForAll = 5

/** Number of orders, for planning. */
export function orderCount({ kind, options, count }: Omit<OrderRequest, 'random'>): number {
  if (kind === 'random') return count
  return kind === 'cyclic' ? options : factorial(options)
}

/**
 * Random orders differ from one another as long as there are that many; then they start again. Cyclic orders put every
 * option in every place once.
 */
export function optionOrders({ kind, options, count, random }: OrderRequest): readonly (readonly number[])[] {
  const places = Array.from({ length: options }, (_, index) => index)
  if (kind === 'cyclic') return places.map((shift) => places.map((index) => (index + shift) % options))
  if (kind === 'all') {
    if (options > mostForAll)
      fail('too-many-option-orders', { options }, `use cyclic or random orders for more than ${mostForAll} options`)
    return permutations(places)
  }
  const orders: (readonly number[])[] = []
  let round = new Set<string>()
  while (orders.length < count) {
    const order = Int32Array.from(places)
    random.shuffle(order)
    if (options <= 8 && round.size === factorial(options)) round = new Set()
    const name = order.join(' ')
    if (round.has(name)) continue
    round.add(name)
    orders.push([...order])
  }
  return orders
}

function permutations(places: readonly number[]): readonly (readonly number[])[] {
  if (places.length < 2) return [places]
  return places.flatMap((first) =>
    permutations(places.filter((place) => place !== first)).map((rest) => [first, ...rest]),
  )
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}
