import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearTicks, logTicks, tickLabel } from './ticks.ts'

test('linearTicks(range) are round numbers without binary dust', () => {
  expect(linearTicks({ lower: 0, upper: 1, count: 6 })).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(linearTicks({ lower: 0.28, upper: 0.41, count: 4 })).toEqual([0.3, 0.35, 0.4])
  expect(linearTicks({ lower: -0.12, upper: 0.17, count: 4 })).toEqual([-0.1, 0, 0.1])
  expect(linearTicks({ lower: 0, upper: 5000, count: 6 })).toEqual([0, 1000, 2000, 3000, 4000, 5000])
})

test('linearTicks(range) stay inside the range and within the count', () => {
  const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(
      bound,
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (lower, size, count) => {
        const upper = lower + size
        fc.pre(upper > lower)
        const ticks = linearTicks({ lower, upper, count })
        expect(ticks.length).toBeLessThanOrEqual(Math.max(count, 2))
        const slack = size * 1e-6
        for (const tick of ticks) expect(tick >= lower - slack && tick <= upper + slack).toBe(true)
      },
    ),
    { seed: 2, numRuns: 500 },
  )
})

test('logTicks(range) use 1, 2, 5 where there is room and powers of ten where there is not', () => {
  expect(logTicks({ lower: 20, upper: 5000, count: 9 })).toEqual([20, 50, 100, 200, 500, 1000, 2000, 5000])
  expect(logTicks({ lower: 1, upper: 1e9, count: 5 })).toEqual([1, 1e2, 1e4, 1e6, 1e8])
})

test('tickLabel(value, format) is short and leaves the unit of points to the axis', () => {
  expect([0.6, 0.65, 0, 1].map((value) => tickLabel(value, 'rate'))).toEqual(['60 %', '65 %', '0 %', '100 %'])
  expect([-0.1, 0.05].map((value) => tickLabel(value, 'points'))).toEqual(['−10', '+5'])
  expect(tickLabel(5000, 'number')).toBe('5,000')
})
