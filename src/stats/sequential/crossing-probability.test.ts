import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { binomialUpperTail } from '../distributions/binomial.ts'
import { crossingProbability } from './crossing-probability.ts'
import { sprtExpectedTrials, sprtSteps } from './sprt.ts'

const never = Number.POSITIVE_INFINITY

test('crossingProbability of walks counted by hand', () => {
  // Heads first; both heads; at least two of three, where one look is at the end.
  expect(crossingProbability({ boundary: [1, 1, 1], rate: 0.5 })).toBe(0.875)
  expect(crossingProbability({ boundary: [never, 2, 3], rate: 0.5 })).toBe(0.25)
  expect(crossingProbability({ boundary: [never, never, 2], rate: 0.25 })).toBeCloseTo(10 / 64, 15)
  expect(crossingProbability({ boundary: [], rate: 0.5 })).toBe(0)
  expect(crossingProbability({ boundary: [0], rate: 0 })).toBe(1)
})

test('crossingProbability with one look is the binomial tail, to 1e-12', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.nat(400),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (n, k, rate) => {
        const boundary = Array.from({ length: n }, (_, t) => (t === n - 1 ? k : never))
        const tail = k > n ? 0 : binomialUpperTail({ k, n, p: rate })
        expect(crossingProbability({ boundary, rate })).toBeCloseTo(tail, 12)
      },
    ),
    { seed: 21, numRuns: 200 },
  )
})

test('crossingProbability grows with the rate and with a lower boundary', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      (boundary, rate) => {
        const base = crossingProbability({ boundary, rate })
        expect(crossingProbability({ boundary, rate: rate + 0.05 })).toBeGreaterThanOrEqual(base - 1e-12)
        expect(crossingProbability({ boundary: boundary.map((k) => k - 1), rate })).toBeGreaterThanOrEqual(base - 1e-12)
      },
    ),
    { seed: 22, numRuns: 200 },
  )
})

test('crossingProbability of the ratio test keeps its errors, and agrees with 20,000 simulated runs (seed 23)', () => {
  const plan = { nullRate: 0.7, alternativeRate: 0.8, falsePositiveRate: 0.05, falseNegativeRate: 0.05 }
  const { perSuccess, perFailure } = sprtSteps(plan)
  const boundary = Float64Array.from({ length: 400 }, (_, t) =>
    Math.ceil((Math.log(20) - (t + 1) * perFailure) / (perSuccess - perFailure) - 1e-12),
  )
  // Ville: at most α under the null, however often one looks.
  expect(crossingProbability({ boundary, rate: 0.7 })).toBeLessThanOrEqual(0.05)
  expect(sprtExpectedTrials(plan).underAlternative).toBeLessThan(400)
  const exact = crossingProbability({ boundary, rate: 0.8 })
  const random = openRandom(23)
  let crossed = 0
  for (let run = 0; run < 20_000; run++) {
    let successes = 0
    for (let t = 0; t < boundary.length; t++) {
      if (random.uniform() < 0.8) successes++
      if (successes < (boundary[t] ?? never)) continue
      crossed++
      break
    }
  }
  // Three standard errors.
  expect(Math.abs(crossed / 20_000 - exact)).toBeLessThan(3 * Math.sqrt((exact * (1 - exact)) / 20_000))
})

test('crossingProbability refuses a boundary that is no number and a rate outside 0–1', () => {
  expect(() => crossingProbability({ boundary: [Number.NaN], rate: 0.5 })).toThrow(/boundary not a number/)
  expect(() => crossingProbability({ boundary: [1], rate: 1.2 })).toThrow(/probability out of range/)
})
