import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Estimate, Outcome } from '../result.ts'
import { predictionPowered } from './prediction-powered.ts'
import { roganGladen } from './rogan-gladen.ts'

function estimated(outcome: Outcome): Estimate {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

const score = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
const labelled = fc.array(fc.tuple(score, score), { minLength: 5, maxLength: 30 })
const unlabelled = fc.array(score, { minLength: 5, maxLength: 60 })
const wide = { lower: -100, upper: 100 } as const

function powered(
  pairs: readonly (readonly [number, number])[],
  rest: readonly number[],
  tuning: number | 'tuned' = 'tuned',
) {
  const outcome = predictionPowered({
    truth: pairs.map(([truth]) => truth),
    judge: pairs.map(([, judge]) => judge),
    unlabelled: rest,
    tuning,
    level: 0.95,
    reference: 'student-t',
    range: wide,
  })
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return { ...outcome, estimate: estimated(outcome.estimate) }
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)

test('predictionPowered at λ = 0 is the mean of the labels; tuning never has more variance than either, seed 1', () => {
  fc.assert(
    fc.property(labelled, unlabelled, (pairs, rest) => {
      fc.pre(
        spread(pairs.map(([truth]) => truth)) > 0.05 &&
          spread(rest) > 0.05 &&
          spread(pairs.map(([, judge]) => judge)) > 0.05,
      )
      const labels = powered(pairs, rest, 0)
      const mean = pairs.reduce((sum, [truth]) => sum + truth, 0) / pairs.length
      expect(labels.estimate.value).toBeCloseTo(mean, 12)
      const tuned = powered(pairs, rest)
      expect(tuned.tuning).toBeGreaterThanOrEqual(0)
      expect(tuned.tuning).toBeLessThanOrEqual(1)
      for (const fixed of [labels, powered(pairs, rest, 1)]) {
        expect(tuned.estimate.standardError).toBeLessThanOrEqual((fixed.estimate.standardError ?? 0) * (1 + 1e-9))
      }
    }),
    { seed: 1, numRuns: 150 },
  )
})

test('predictionPowered shifts with the truth, ignores a shift of the judge, and does not depend on order, seed 2', () => {
  fc.assert(
    fc.property(labelled, unlabelled, fc.double({ min: -2, max: 2, noNaN: true }), (pairs, rest, shift) => {
      fc.pre(
        spread(pairs.map(([truth]) => truth)) > 0.05 &&
          spread(rest) > 0.05 &&
          spread(pairs.map(([, judge]) => judge)) > 0.05,
      )
      const plain = powered(pairs, rest)
      const moved = powered(
        pairs.map(([truth, judge]) => [truth + shift, judge] as const),
        rest,
      )
      expect(moved.estimate.value).toBeCloseTo(plain.estimate.value + shift, 9)
      const other = powered(
        pairs.map(([truth, judge]) => [truth, judge + shift] as const),
        rest.map((value) => value + shift),
      )
      expect(other.estimate.value).toBeCloseTo(plain.estimate.value, 8)
      expect(other.estimate.standardError).toBeCloseTo(plain.estimate.standardError ?? 0, 8)
      const reversed = powered(pairs.toReversed(), rest.toReversed())
      expect(reversed.estimate.value).toBeCloseTo(plain.estimate.value, 12)
    }),
    { seed: 2, numRuns: 150 },
  )
})

test('roganGladen with a perfect judge is the flagged rate, and swapping the labels mirrors it, seed 3', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      share,
      fc.integer({ min: 10, max: 400 }),
      fc.integer({ min: 36, max: 50 }),
      fc.integer({ min: 36, max: 50 }),
      fc.constantFrom('fieller' as const, 'lang-reiczigel' as const),
      (flag, n, se, sp, interval) => {
        const flagged = { count: Math.round(flag * n), of: n }
        const perfect = { count: 500, of: 500 }
        const options = { level: 0.95, interval } as const
        const exact = estimated(roganGladen({ flagged, sensitivity: perfect, specificity: perfect, ...options }))
        expect(exact.value).toBeCloseTo(flagged.count / n, 12)
        const outcome = roganGladen({
          flagged,
          sensitivity: { count: se, of: 50 },
          specificity: { count: sp, of: 50 },
          ...options,
        })
        const swapped = roganGladen({
          flagged: { count: n - flagged.count, of: n },
          sensitivity: { count: sp, of: 50 },
          specificity: { count: se, of: 50 },
          ...options,
        })
        expect(swapped.kind).toBe(outcome.kind)
        if (outcome.kind === 'not-estimable' || swapped.kind === 'not-estimable') return
        expect(swapped.value).toBeCloseTo(1 - outcome.value, 10)
        expect(swapped.interval.lower).toBeCloseTo(1 - outcome.interval.upper, 10)
        expect(outcome.interval.lower).toBeGreaterThanOrEqual(0)
        expect(outcome.interval.upper).toBeLessThanOrEqual(1)
      },
    ),
    { seed: 3, numRuns: 200 },
  )
})
