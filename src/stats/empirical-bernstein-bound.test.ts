import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/closed-forms/closed-forms.json' with { type: 'json' }
import { openRandom } from '../random/index.ts'
import { empiricalBernsteinBound } from './empirical-bernstein-bound.ts'
import { oneSidedDistributionBand } from './guarantees/one-sided-distribution-band.ts'
import { distributionBand } from './guarantees/order-statistic-bound.ts'
import type { Outcome } from './result.ts'

const unit = { lower: 0, upper: 1 }
const { values, mean, twoSided, lower, upper } = oracle.empiricalBernstein

function ends(outcome: Outcome): readonly [number, number] {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return [outcome.interval.lower, outcome.interval.upper]
}

test('empiricalBernsteinBound agrees with the formula in Python, on both sides and on either', () => {
  const bound = (side: 'two-sided' | 'lower' | 'upper') =>
    empiricalBernsteinBound({ values, range: unit, level: 0.95, side })
  expect(bound('two-sided')).toMatchObject({ value: expect.closeTo(mean, 14), n: 40 })
  for (const [k, end] of ends(bound('two-sided')).entries()) expect(end).toBeCloseTo(twoSided[k] ?? Number.NaN, 12)
  expect(ends(bound('lower'))).toEqual([expect.closeTo(lower, 12), 1])
  expect(ends(bound('upper'))).toEqual([0, expect.closeTo(upper, 12)])
})

test('empiricalBernsteinBound contains the mean, lies in the range, follows its scale and mirrors', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 400 }), (scores) => {
      const [low, high] = ends(empiricalBernsteinBound({ values: scores, range: unit, level: 0.9, side: 'two-sided' }))
      const average = scores.reduce((sum, score) => sum + score, 0) / scores.length
      expect(low).toBeLessThanOrEqual(average + 1e-12)
      expect(high).toBeGreaterThanOrEqual(average - 1e-12)
      expect(high).toBeGreaterThan(low)
      const turned = scores.map((score) => 5 - 4 * score)
      const options = { range: { lower: 1, upper: 5 }, level: 0.9, side: 'two-sided' } as const
      const [turnedLow, turnedHigh] = ends(empiricalBernsteinBound({ ...options, values: turned }))
      expect(turnedLow).toBeCloseTo(5 - 4 * high, 9)
      expect(turnedHigh).toBeCloseTo(5 - 4 * low, 9)
    }),
    { seed: 12, numRuns: 150 },
  )
})

test('empiricalBernsteinBound holds in at least 95 % of 500 samples of 500 scores that are 1 once in 50 (seed 9)', () => {
  const random = openRandom(9)
  let held = 0
  for (let run = 0; run < 500; run++) {
    const scores = Float64Array.from({ length: 500 }, () => (random.uniform() < 0.02 ? 1 : 0))
    const [low, high] = ends(empiricalBernsteinBound({ values: scores, range: unit, level: 0.95, side: 'two-sided' }))
    if (low <= 0.02 && 0.02 <= high) held++
  }
  expect(held / 500).toBeGreaterThan(0.95)
})

test('empiricalBernsteinBound keeps a width where nothing varies and refuses one score and scores off the range', () => {
  const options = { range: unit, level: 0.95, side: 'two-sided' } as const
  const [low, high] = ends(empiricalBernsteinBound({ ...options, values: new Float64Array(1000) }))
  expect(low).toBe(0)
  expect(high).toBeCloseTo((7 * Math.log(80)) / (3 * 999), 12)
  expect(empiricalBernsteinBound({ ...options, values: [1] })).toMatchObject({ because: { code: 'too-few-values' } })
  expect(empiricalBernsteinBound({ ...options, values: [] }).kind).toBe('not-estimable')
  expect(() => empiricalBernsteinBound({ ...options, values: [0, 2] })).toThrow(/outside range/)
  expect(() => empiricalBernsteinBound({ ...options, values: [0, Number.NaN] })).toThrow(/outside range/)
  expect(() => empiricalBernsteinBound({ ...options, values: [0, 1], level: 1 })).toThrow(/level/)
})

test('oneSidedDistributionBand is .12239 at 100 draws, inside distributionBand’s .13581, and refuses levels below ½', () => {
  expect(oneSidedDistributionBand({ draws: 100, level: 0.95 })).toBeCloseTo(0.12239, 5)
  expect(distributionBand({ draws: 100, level: 0.95 })).toBeCloseTo(0.13581, 5)
  expect(oneSidedDistributionBand({ draws: 100, level: 0.975 })).toBeCloseTo(0.13581, 5)
  expect(oneSidedDistributionBand({ draws: 1, level: 0.99 })).toBe(1)
  expect(() => oneSidedDistributionBand({ draws: 100, level: 0.4 })).toThrow(/below half/)
  expect(() => oneSidedDistributionBand({ draws: 0, level: 0.95 })).toThrow(/draws/)
  expect(() => oneSidedDistributionBand({ draws: 2.5, level: 0.95 })).toThrow(/draws/)
})

test('oneSidedDistributionBand is left on its side by at most 5 % of 2,000 uniform samples of 30 (seed 13)', () => {
  const random = openRandom(13)
  const band = oneSidedDistributionBand({ draws: 30, level: 0.95 })
  let left = 0
  for (let run = 0; run < 2000; run++) {
    const sorted = Float64Array.from({ length: 30 }, () => random.uniform()).sort()
    if (sorted.some((x, k) => (k + 1) / 30 - x > band)) left++
  }
  expect(left / 2000).toBeLessThan(0.05)
  expect(left / 2000).toBeGreaterThan(0.02)
})
