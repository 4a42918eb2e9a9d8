import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clopperPearson } from './clopper-pearson.ts'
import { type MissingBounds, type MissingCounts, missingBounds } from './missing-bounds.ts'
import type { NotEstimable } from './result.ts'
import { comparisonTippingPoint, type TippingPoint, thresholdTippingPoint, tippingPoint } from './tipping-point.ts'

interface Row extends MissingCounts {
  readonly level: number
  readonly region: readonly [number, number]
  readonly parameter: readonly [number, number]
}

// SciPy 1.17.1: oracles/missing/missing.py.
const { rows } = JSON.parse(readFileSync(new URL('../../oracles/missing/missing.json', import.meta.url), 'utf8')) as {
  rows: Row[]
}

function bounds(outcome: MissingBounds | NotEstimable): MissingBounds {
  if (outcome.kind !== 'missing-bounds') throw new Error('expected bounds')
  return outcome
}

function count(outcome: TippingPoint | NotEstimable): number | 'robust' {
  if (outcome.kind === 'not-estimable') throw new Error('expected a tipping point')
  return outcome.kind === 'tips' ? outcome.count : 'robust'
}

test('missingBounds agrees with SciPy for the region and the parameter', () => {
  expect(rows.length).toBe(16)
  for (const row of rows) {
    for (const target of ['region', 'parameter'] as const) {
      const { interval } = bounds(missingBounds({ ...row, target }))
      const where = JSON.stringify(row)
      // SciPy's own beta quantile and root finder are good to about 1e-11.
      expect(Math.abs(interval.lower - row[target][0]), where).toBeLessThan(1e-11)
      expect(Math.abs(interval.upper - row[target][1]), where).toBeLessThan(1e-11)
    }
  }
})

test('missingBounds without missing scores is clopperPearson, for the region and for the parameter', () => {
  const exact = clopperPearson({ successes: 12, trials: 30, level: 0.95, side: 'two-sided' })
  if (exact.kind !== 'estimate') throw new Error('expected an estimate')
  for (const target of ['region', 'parameter'] as const) {
    const { interval } = bounds(missingBounds({ successes: 12, failures: 18, missing: 0, level: 0.95, target }))
    expect(interval).toEqual(exact.interval)
  }
})

test('missingBounds for the parameter nears the one-sided clopperPearson limits when the gap is wide', () => {
  const { interval } = bounds(
    missingBounds({ successes: 300, failures: 300, missing: 400, level: 0.95, target: 'parameter' }),
  )
  const lower = clopperPearson({ successes: 300, trials: 1000, level: 0.95, side: 'lower' })
  if (lower.kind !== 'estimate') throw new Error('expected an estimate')
  expect(interval.lower).toBeCloseTo(lower.interval.lower, 12)
})

const cell = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 500 }))
const counts = fc
  .record({ successes: cell, failures: cell, missing: cell })
  .filter(({ successes, failures, missing }) => successes + failures + missing > 0)

test('missingBounds holds both extremes; the parameter interval is not wider; one more missing never narrows, seed 61', () => {
  fc.assert(
    fc.property(counts, (counts) => {
      const region = bounds(missingBounds({ ...counts, level: 0.95, target: 'region' }))
      const parameter = bounds(missingBounds({ ...counts, level: 0.95, target: 'parameter' }))
      expect(parameter.interval.lower).toBeGreaterThanOrEqual(region.interval.lower)
      expect(parameter.interval.upper).toBeLessThanOrEqual(region.interval.upper)
      for (const { interval, worst, best } of [region, parameter]) {
        expect(interval.lower).toBeGreaterThanOrEqual(0)
        expect(interval.upper).toBeLessThanOrEqual(1)
        expect(interval.upper).toBeGreaterThan(interval.lower)
        expect(interval.lower).toBeLessThanOrEqual(worst * (1 + 1e-12))
        expect(interval.upper).toBeGreaterThanOrEqual(best * (1 - 1e-12))
      }
      if (counts.failures > 0) {
        const lost = { ...counts, failures: counts.failures - 1, missing: counts.missing + 1 }
        const wider = bounds(missingBounds({ ...lost, level: 0.95, target: 'region' })).interval
        expect(wider.lower).toBeCloseTo(region.interval.lower, 12)
        expect(wider.upper).toBeGreaterThan(region.interval.upper - 1e-15)
      }
    }),
    { seed: 61, numRuns: 300 },
  )
})

test('missingBounds: all missing gives 0 to 1; nothing planned cannot be bounded', () => {
  const all = bounds(missingBounds({ successes: 0, failures: 0, missing: 8, level: 0.95, target: 'region' }))
  expect([all.worst, all.best, all.interval.lower, all.interval.upper]).toEqual([0, 1, 0, 1])
  expect(all.completeCase.kind).toBe('not-estimable')
  const none = { successes: 0, failures: 0, missing: 0 }
  expect(missingBounds({ ...none, level: 0.95, target: 'region' }).kind).toBe('not-estimable')
  expect(() => missingBounds({ ...none, missing: -1, level: 0.95, target: 'region' })).toThrow('counts not valid')
})

test('tippingPoint finds the first count that turns a conclusion, for every one, seed 62', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 6000 }), (missing, turn) => {
      const result = tippingPoint({ missing, holds: (against) => against < turn })
      expect(result).toEqual(
        turn > missing ? { kind: 'robust', missing } : { kind: 'tips', count: turn, missing, share: turn / missing },
      )
    }),
    { seed: 62, numRuns: 200 },
  )
  expect(() => tippingPoint({ missing: 3, holds: () => false })).toThrow('does not hold')
})

test('thresholdTippingPoint equals a plain search from both sides of the threshold, seed 63', () => {
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), ({ successes, failures, missing }, threshold) => {
      fc.pre(successes + failures > 0)
      const n = successes + failures + missing
      const rate = successes / (successes + failures)
      const above = rate >= threshold
      const after = (j: number) => (successes + (missing - j) * rate + (above ? 0 : j)) / n
      // Thresholds that a count meets exactly are tested below; here rounding must not decide.
      fc.pre([...Array(missing + 1).keys()].every((j) => Math.abs(after(j) - threshold) > 1e-9))
      let expected: number | 'robust' = 'robust'
      for (let j = missing; j >= 1; j--) if (after(j) >= threshold !== above) expected = j
      expect(count(thresholdTippingPoint({ successes, failures, missing, threshold }))).toBe(expected)
    }),
    { seed: 63, numRuns: 200 },
  )
})

test('thresholdTippingPoint: 80 of 90 with 10 missing falls below 0.85 with 5 failures and never below 0.75', () => {
  const scored = { successes: 80, failures: 10, missing: 10 }
  expect(count(thresholdTippingPoint({ ...scored, threshold: 0.85 }))).toBe(5)
  expect(count(thresholdTippingPoint({ ...scored, threshold: 0.75 }))).toBe('robust')
  // At worst exactly 0.8: the rate is still at least 0.8.
  expect(count(thresholdTippingPoint({ ...scored, threshold: 0.8 }))).toBe('robust')
  // From below: 0.889 reaches 0.9 with all 10 succeeding.
  expect(count(thresholdTippingPoint({ ...scored, threshold: 0.9 }))).toBe(10)
  expect(thresholdTippingPoint({ successes: 0, failures: 0, missing: 4, threshold: 0.5 }).kind).toBe('not-estimable')
})

test('comparisonTippingPoint needs no more missing than any other way to turn the lead, seed 64', () => {
  const small = fc.integer({ min: 0, max: 12 })
  const system = fc.record({ successes: small, failures: small, missing: small })
  fc.assert(
    fc.property(system, system, (a, b) => {
      fc.pre(a.successes + a.failures > 0 && b.successes + b.failures > 0)
      const rate = (s: MissingCounts) => s.successes / (s.successes + s.failures)
      fc.pre(Math.abs(rate(a) - rate(b)) > 1e-9)
      const [lead, other] = rate(a) > rate(b) ? [a, b] : [b, a]
      const size = (s: MissingCounts) => s.successes + s.failures + s.missing
      let expected: number | 'robust' = 'robust'
      for (let i = 0; i <= lead.missing; i++) {
        for (let j = 0; j <= other.missing; j++) {
          const difference =
            rate(lead) - (i * rate(lead)) / size(lead) - rate(other) - (j * (1 - rate(other))) / size(other)
          if (difference <= 1e-12 && (expected === 'robust' || i + j < expected)) expected = i + j
        }
      }
      expect(count(comparisonTippingPoint({ a, b }))).toBe(expected)
      expect(count(comparisonTippingPoint({ a: b, b: a }))).toBe(expected)
    }),
    { seed: 64, numRuns: 300 },
  )
})

test('comparisonTippingPoint refuses a tie and a system without scores', () => {
  const a = { successes: 5, failures: 5, missing: 3 }
  expect(comparisonTippingPoint({ a, b: { successes: 1, failures: 1, missing: 0 } }).kind).toBe('not-estimable')
  expect(comparisonTippingPoint({ a, b: { successes: 0, failures: 0, missing: 9 } }).kind).toBe('not-estimable')
})
