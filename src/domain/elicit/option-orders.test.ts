import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { optionOrders, orderCount } from './option-orders.ts'

const random = (): ReturnType<typeof openRandom> => openRandom('orders')

test('optionOrders: cyclic ones put every option in every place once', () => {
  const orders = optionOrders({ kind: 'cyclic', options: 4, count: 9, random: random() })
  expect(orders).toEqual([
    [0, 1, 2, 3],
    [1, 2, 3, 0],
    [2, 3, 0, 1],
    [3, 0, 1, 2],
  ])
})

test('optionOrders: all n! are different, and more than five options are refused', () => {
  const orders = optionOrders({ kind: 'all', options: 4, count: 1, random: random() })
  expect(new Set(orders.map((order) => order.join())).size).toBe(24)
  expect(() => optionOrders({ kind: 'all', options: 6, count: 1, random: random() })).toThrow('too many option orders')
})

test('optionOrders: random ones differ while they can, come evenly after that, and are the same for the same stream', () => {
  const five = optionOrders({ kind: 'random', options: 4, count: 5, random: random() })
  expect(new Set(five.map((order) => order.join())).size).toBe(5)
  expect(optionOrders({ kind: 'random', options: 4, count: 5, random: random() })).toEqual(five)
  const pairs = optionOrders({ kind: 'random', options: 2, count: 6, random: random() }).map((order) => order.join())
  expect(pairs.filter((order) => order === '0,1')).toHaveLength(3)
})

test('orderCount says how many orders there will be', () => {
  for (const kind of ['random', 'cyclic', 'all'] as const)
    expect(optionOrders({ kind, options: 3, count: 7, random: random() })).toHaveLength(
      orderCount({ kind, options: 3, count: 7 }),
    )
})
