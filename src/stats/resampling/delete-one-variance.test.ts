import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deleteOneVariance } from './delete-one-variance.ts'

function withoutEach(values: readonly number[]): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0)
  return Float64Array.from(values, (value) => (total - value) / (values.length - 1))
}

test('deleteOneVariance of a mean is s²/n, with at most n − 1 degrees of freedom and inflation n/(n − 1)', () => {
  // R 4.2.2 var(c(3, 1, 4, 1, 5)) / 5 = 0.64.
  const { variance, degreesOfFreedom, inflation } = deleteOneVariance([withoutEach([3, 1, 4, 1, 5])])
  expect(variance).toBeCloseTo(0.64, 12)
  expect(degreesOfFreedom).toBe(4)
  expect(inflation).toBeCloseTo(5 / 4, 12)
})

test('deleteOneVariance: one unit that carries everything leaves few degrees of freedom', () => {
  const values = Array.from({ length: 50 }, (_, at) => (at === 0 ? 100 : (at % 2) / 10))
  expect(deleteOneVariance([withoutEach(values)]).degreesOfFreedom).toBeLessThan(2.2)
})

test('deleteOneVariance: strata add up, scale squares, underflow and constants stay finite, seed 1', () => {
  const stratum = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(stratum, stratum, (first, second) => {
      const [a, b] = [withoutEach(first), withoutEach(second)]
      const both = deleteOneVariance([a, b])
      expect(both.variance).toBeCloseTo(deleteOneVariance([a]).variance + deleteOneVariance([b]).variance, 9)
      const doubled = deleteOneVariance([a.map((value) => 2 * value), b.map((value) => 2 * value)])
      expect(doubled.variance).toBeCloseTo(4 * both.variance, 8)
      for (const scale of [1, 1e-160, 0]) {
        const { variance, degreesOfFreedom, inflation } = deleteOneVariance([a.map((value) => scale * value)])
        expect(variance).toBeGreaterThanOrEqual(0)
        expect(degreesOfFreedom).toBeGreaterThanOrEqual(1)
        expect(degreesOfFreedom).toBeLessThanOrEqual(first.length - 1 + 1e-9)
        expect(inflation).toBeCloseTo(first.length / (first.length - 1), 9)
      }
    }),
    { seed: 1, numRuns: 60 },
  )
})
