import fc from 'fast-check'
import { expect, test } from 'vitest'
import { convolutionPower } from './convolution-power.ts'
import { countSorted } from './count-sorted.ts'
import { binomialCdf, binomialPmf } from './distributions/binomial.ts'
import { sumShares } from './sum-shares.ts'

function normalized(weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Float64Array.from(weights, (weight) => weight / total)
}

test('sumShares agrees with convolutionPower up to the rounding of a transform, for few draws and many (seed 31)', () => {
  const weights = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 })), { minLength: 0, maxLength: 30 })
  fc.assert(
    fc.property(weights, fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 3_000 })), (inner, n) => {
      const probabilities = normalized([1, ...inner, 2])
      const shares = sumShares(probabilities, n)
      const expected = convolutionPower(probabilities, n)
      expect([shares.from, shares.to]).toEqual([expected.from, expected.from + expected.probabilities.length - 1])
      let sum = 0
      let worst = 0
      for (const [at, probability] of expected.probabilities.entries()) {
        sum += probability
        worst = Math.max(worst, Math.abs(shares.at(expected.from + at) - probability))
        worst = Math.max(worst, Math.abs(shares.upTo(expected.from + at) - sum))
      }
      // The argument of φⁿ is off by n roundings.
      expect(worst).toBeLessThan(1e-14 + 3e-16 * n)
      expect(shares.upTo(expected.from - 1)).toBe(0)
    }),
    { seed: 31, numRuns: 60 },
  )
})

test('sumShares of two marks is the binomial, marks far apart and a rare third between them included', () => {
  const n = 1_000
  const shares = sumShares(Float64Array.of(0.3, 0, 0, 0.7), n)
  for (const k of [640, 690, 700, 710, 760]) {
    expect(shares.at(3 * k)).toBeCloseTo(binomialPmf({ k, n, p: 0.7 }), 14)
    expect(shares.upTo(3 * k)).toBeCloseTo(binomialCdf({ k, n, p: 0.7 }), 13)
    expect(shares.at(3 * k + 1)).toBeCloseTo(0, 14)
  }
  const rare = Float64Array.of(0.3, 1e-5, 0, 0.69999)
  const expected = convolutionPower(rare, n)
  const found = sumShares(rare, n)
  for (const [at, probability] of expected.probabilities.entries())
    expect(Math.abs(found.at(expected.from + at) - probability)).toBeLessThan(1e-13)
})

test('countSorted counts as a map does, and gives up beyond its limit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (values) => {
      const counts = new Map<number, number>()
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
      const found = countSorted(Float64Array.from(values).sort(), 10)
      expect(new Map(Array.from(found?.values ?? [], (value, at) => [value, found?.counts[at]]))).toEqual(counts)
      if (counts.size > 1) expect(countSorted(Float64Array.from(values).sort(), counts.size - 1)).toBeUndefined()
    }),
  )
})
