import { expect, test } from 'vitest'
import { blindItem, startRender } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { optionOrder } from './option-order.ts'

function shown(options: readonly string[], given: Record<string, unknown>): readonly string[] {
  const item = blindItem({ id: 'q', input: '?', options, target: ['0'], attributes: {} })
  const parameters = optionOrder.parameters.parse(given)
  const state = startRender({ item, instruction: '', system: undefined, answerMode: 'letter', decoding: {} })
  return optionOrder.levels(parameters, openRandom(1)).map((level) => {
    const next = optionOrder.apply({
      state,
      item,
      level,
      parameters,
      random: openRandom(1).split(level),
      sharedRandom: openRandom('shared'),
    })
    expect(next.options.map(({ label }) => label).join('')).toBe('ABCDEF'.slice(0, options.length))
    return next.options.map(({ text }) => text).join('')
  })
}

test('option-order rotates, reverses and permutes, the given order first', () => {
  expect(shown(['w', 'x', 'y', 'z'], {})).toEqual(['wxyz', 'xyzw', 'yzwx', 'zwxy'])
  expect(shown(['w', 'x', 'y', 'z'], { orders: 'reversed' })).toEqual(['wxyz', 'zyxw'])
  const all = shown(['w', 'x', 'y', 'z'], { orders: 'all' })
  expect([all.length, new Set(all).size, all[0]]).toEqual([24, 24, 'wxyz'])
})

test('every rotation puts every option at every place once', () => {
  const orders = shown(['w', 'x', 'y', 'z'], {})
  for (const place of [0, 1, 2, 3]) expect(new Set(orders.map((order) => order[place])).size).toBe(4)
})

test('option-order keeps "all of the above" where it stands', () => {
  const orders = shown(['w', 'x', 'y', ' All of the above'], { orders: 'random', draws: 20 })
  for (const order of orders) expect(order.endsWith(' All of the above')).toBe(true)
  expect(new Set(orders).size).toBe(6)
})

test('option-order draws each permutation about equally often, 6 orders in 1,000 draws', () => {
  const counts = new Map<string, number>()
  for (const order of shown(['x', 'y', 'z'], { orders: 'random', draws: 1000 }).slice(1))
    counts.set(order, (counts.get(order) ?? 0) + 1)
  // Chi-squared with 5 degrees of freedom: 20.5 is exceeded once in a thousand seeds.
  const statistic = [...counts.values()].reduce((sum, count) => sum + (count - 1000 / 6) ** 2 / (1000 / 6), 0)
  expect(counts.size).toBe(6)
  expect(statistic).toBeLessThan(20.5)
})

test('option-order refuses to list the permutations of seven options', () => {
  const given = optionOrder.parameters.parse({ orders: 'all', options: 7 })
  expect(() => optionOrder.levels(given, openRandom(1))).toThrow('too many permutations')
})
