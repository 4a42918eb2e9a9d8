import { expect, test } from 'vitest'
import { chooseThreshold } from './routing-threshold.ts'

const item = (consensus: number, voteRight: boolean, directRight: boolean) => ({ consensus, voteRight, directRight })

test('chooseThreshold trusts the vote above the share from which it is the better one', () => {
  const items = [item(1, true, false), item(0.75, true, false), item(0.5, false, true), item(0.25, false, true)]
  expect(chooseThreshold(items, 4)).toEqual({ threshold: 0.75, right: 4, items: 4 })
})

test('chooseThreshold always votes where that is best, never where it is worst, and keeps the vote in a tie', () => {
  expect(chooseThreshold([item(0.5, true, false), item(0, true, false)], 4).threshold).toBe(0)
  expect(chooseThreshold([item(1, false, true)], 4).threshold).toBe(1.25)
  expect(chooseThreshold([item(0.5, true, true)], 4).threshold).toBe(0)
})

test('chooseThreshold is never worse than always or never voting on the items it was chosen on', () => {
  const items = Array.from({ length: 40 }, (_, index) => item((index % 9) / 8, index % 3 === 0, index % 4 === 0))
  const { right } = chooseThreshold(items, 8)
  expect(right).toBeGreaterThanOrEqual(items.filter(({ voteRight }) => voteRight).length)
  expect(right).toBeGreaterThanOrEqual(items.filter(({ directRight }) => directRight).length)
})
