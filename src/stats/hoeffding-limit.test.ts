import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/hoeffding/limits.json' with { type: 'json' }
import { hoeffdingLowerLimit } from './hoeffding-limit.ts'

test('hoeffdingLowerLimit gives the 48 limits of 60-digit arithmetic', () => {
  expect(oracle.cases).toHaveLength(48)
  for (const { mean, n, errorRate, limit } of oracle.cases) {
    const found = hoeffdingLowerLimit({ mean: Number(mean), n, errorRate: Number(errorRate) })
    // KL loses digits where the limit is near the mean: 1e-10 relative.
    expect(Math.abs(found - limit)).toBeLessThanOrEqual(1e-10 * limit)
  }
})

test('hoeffdingLowerLimit lies below the mean and grows with mean, draws and error rate', () => {
  const given = fc.record({
    mean: fc.double({ min: 0.01, max: 1, noNaN: true }),
    n: fc.integer({ min: 1, max: 2000 }),
    errorRate: fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
  })
  fc.assert(
    fc.property(given, ({ mean, n, errorRate }) => {
      const limit = hoeffdingLowerLimit({ mean, n, errorRate })
      expect(limit).toBeGreaterThanOrEqual(0)
      expect(limit).toBeLessThan(mean)
      expect(hoeffdingLowerLimit({ mean, n: n + 1, errorRate })).toBeGreaterThanOrEqual(limit)
      expect(hoeffdingLowerLimit({ mean, n, errorRate: Math.min(0.9, errorRate * 2) })).toBeGreaterThanOrEqual(limit)
      expect(hoeffdingLowerLimit({ mean: (mean + 1) / 2, n, errorRate })).toBeGreaterThanOrEqual(limit)
    }),
    { seed: 3 },
  )
})

test('hoeffdingLowerLimit at a mean of 0 is 0, and refuses what is no mean and no number of draws', () => {
  expect(hoeffdingLowerLimit({ mean: 0, n: 10, errorRate: 0.05 })).toBe(0)
  expect(() => hoeffdingLowerLimit({ mean: 1.1, n: 10, errorRate: 0.05 })).toThrow(/score outside unit interval/)
  expect(() => hoeffdingLowerLimit({ mean: Number.NaN, n: 10, errorRate: 0.05 })).toThrow(/score outside unit interval/)
  expect(() => hoeffdingLowerLimit({ mean: 0.5, n: 0, errorRate: 0.05 })).toThrow(/too few values/)
  expect(() => hoeffdingLowerLimit({ mean: 0.5, n: 10, errorRate: 0 })).toThrow(/rate out of range/)
})
