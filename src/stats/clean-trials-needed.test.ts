import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanTrialsNeeded } from './clean-trials-needed.ts'
import { binomialCdf } from './distributions/binomial.ts'

// SciPy 1.17: smallest n with binom.cdf(allowed, n, rate) <= 1 - level, by bisection.
test.each([
  [1e-2, 0.95, [299, 473, 628, 773]],
  [1e-3, 0.95, [2995, 4742, 6294, 7752]],
  [1e-4, 0.95, [29_956, 47_437, 62_956, 77_535]],
  [1e-4, 0.99, [46_050, 66_381, 84_057, 100_448]],
  [1e-4, 0.999, [69_075, 92_331, 112_285, 130_618]],
])('cleanTrialsNeeded for rate %f at %f with 0 to 3 allowed events', (rate, level, expected) => {
  expect(expected.map((_, allowed) => cleanTrialsNeeded({ rate, level, allowed }))).toEqual(expected)
})

test('cleanTrialsNeeded for 1e-4 at 1 − 1e-5 is 115,124', () => {
  expect(cleanTrialsNeeded({ rate: 1e-4, level: 1 - 1e-5, allowed: 0 })).toBe(115_124)
})

test('cleanTrialsNeeded is the smallest such number', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.9, noNaN: true }),
      fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      fc.integer({ min: 0, max: 8 }),
      (rate, level, allowed) => {
        const n = cleanTrialsNeeded({ rate, level, allowed })
        expect(binomialCdf({ k: allowed, n, p: rate })).toBeLessThanOrEqual((1 - level) * (1 + 1e-9))
        expect(n === allowed + 1 || binomialCdf({ k: allowed, n: n - 1, p: rate }) > (1 - level) * (1 - 1e-9)).toBe(
          true,
        )
      },
    ),
    { seed: 5, numRuns: 200 },
  )
})

test('cleanTrialsNeeded throws for a rate of 0 and for half an event', () => {
  expect(() => cleanTrialsNeeded({ rate: 0, level: 0.95, allowed: 0 })).toThrow('rate out of range')
  expect(() => cleanTrialsNeeded({ rate: 0.1, level: 0.95, allowed: 0.5 })).toThrow('not a count')
})
