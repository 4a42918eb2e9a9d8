import { expect, test } from 'vitest'
import { formatInterval } from './format-interval.ts'

test('formatInterval(bounds, format) writes the unit once', () => {
  expect(formatInterval({ lower: 0.601, upper: 0.742 }, 'rate')).toBe('60.1 to 74.2 %')
  expect(formatInterval({ lower: -0.021, upper: 0.138 }, 'points')).toBe('−2.1 to +13.8 points')
  expect(formatInterval({ lower: 850, upper: 1500 }, 'milliseconds')).toBe('850 ms to 1.5 s')
  expect(formatInterval({ lower: 1, upper: 2 }, 'usd')).toBe('$1.00 to $2.00')
})

test('formatInterval(one-sided or unbounded) leaves out the side that says nothing', () => {
  expect(formatInterval({ lower: 0, upper: 7.4e-4, side: 'upper' }, 'rate')).toBe('at most 0.074 %')
  expect(formatInterval({ lower: 0.5407, upper: 1, side: 'lower' }, 'rate')).toBe('at least 54.1 %')
  expect(formatInterval({ lower: -Infinity, upper: 2 }, 'number')).toBe('at most 2')
  expect(formatInterval({ lower: -Infinity, upper: Infinity }, 'number')).toBe('unbounded')
  expect(formatInterval({ lower: Number.NaN, upper: 1 }, 'rate')).toBe('unknown')
})
