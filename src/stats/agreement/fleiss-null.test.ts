import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/closed-forms/closed-forms.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { fleissKappa } from './chance-corrected.ts'
import { type FleissNullTest, fleissNullTest } from './fleiss-null.ts'
import type { Ratings } from './ratings.ts'

function ratings(rows: readonly (readonly number[])[]): Ratings {
  return { units: rows.length, raters: rows[0]?.length ?? 0, values: Float64Array.from(rows.flat()) }
}

function answered(outcome: ReturnType<typeof fleissNullTest>): FleissNullTest & { z: number; p: number } {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  if (outcome.test.kind === 'not-estimable') throw new Error(outcome.test.because.code)
  return { ...outcome, z: outcome.test.statistic, p: outcome.test.pValue }
}

const classic = ratings(
  oracle.fleissNull.counts.map((unit) => unit.flatMap((count, k) => new Array<number>(count).fill(k))),
)

test('fleissNullTest of the classic 10 × 14 × 5: κ .209931, null error .016965, z 12.374', () => {
  const { kappa, nullStandardError, z } = answered(fleissNullTest(classic))
  const [value, error, statistic] = oracle.fleissNull.published
  expect(kappa).toBeCloseTo(value ?? Number.NaN, 6)
  expect(kappa).toBeCloseTo(oracle.fleissNull.kappa, 12)
  expect(nullStandardError).toBeCloseTo(error ?? Number.NaN, 6)
  expect(z).toBeCloseTo(statistic ?? Number.NaN, 3)
  // NumPy draws random ratings of ten units; the formula is for many units.
  expect(Math.abs(nullStandardError / oracle.fleissNull.simulated - 1)).toBeLessThan(0.05)
})

test('fleissNullTest has the kappa of fleissKappa and forgets the order of units, raters and categories', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }), {
        minLength: 3,
        maxLength: 12,
      }),
      (rows) => {
        const outcome = fleissNullTest(ratings(rows))
        const other = fleissNullTest(ratings(rows.toReversed().map((row) => row.toReversed().map((k) => 7 - 3 * k))))
        expect(other.kind).toBe(outcome.kind)
        if (outcome.kind === 'not-estimable' || other.kind === 'not-estimable') return
        const kappa = fleissKappa({ ratings: ratings(rows), weights: 'identity', level: 0.95, scale: [0, 1, 2] })
        if (kappa.kind === 'estimate') expect(outcome.kappa).toBeCloseTo(kappa.value, 10)
        expect(other.kappa).toBeCloseTo(outcome.kappa, 10)
        expect(other.nullStandardError).toBeCloseTo(outcome.nullStandardError, 10)
        expect(outcome.nullStandardError).toBeGreaterThan(0)
      },
    ),
    { seed: 14, numRuns: 150 },
  )
})

test('fleissNullTest rejects 5 % of random ratings of 60 units by 3 raters in skewed categories (seed 6, 2,000 runs)', () => {
  const random = openRandom(6)
  let rejected = 0
  for (let run = 0; run < 2000; run++) {
    const rows = Array.from({ length: 60 }, () =>
      Array.from({ length: 3 }, () => {
        const u = random.uniform()
        return u < 0.6 ? 0 : u < 0.9 ? 1 : 2
      }),
    )
    if (answered(fleissNullTest(ratings(rows))).p <= 0.05) rejected++
  }
  expect(Math.abs(rejected / 2000 - 0.05)).toBeLessThan(0.02) // 4 standard errors
})

test('fleissNullTest refuses single ratings, unequal numbers of ratings, one category and one unit', () => {
  const code = (rows: readonly (readonly number[])[]) => {
    const outcome = fleissNullTest(ratings(rows))
    return outcome.kind === 'not-estimable' ? outcome.because.code : outcome.kind
  }
  const none = Number.NaN
  expect(code([])).toBe('too-few-rated-twice')
  expect(code([[1, 2]])).toBe('too-few-rated-twice')
  expect(code([[1], [2]])).toBe('too-few-rated-twice')
  expect(
    code([
      [none, none],
      [1, 2],
    ]),
  ).toBe('too-few-rated-twice')
  expect(
    code([
      [1, 2],
      [1, none],
    ]),
  ).toBe('ratings-per-unit-differ')
  expect(
    code([
      [1, 1],
      [1, 1],
    ]),
  ).toBe('one-category-only')
  expect(
    code([
      [1, 1],
      [2, 2],
      [none, none],
    ]),
  ).toBe('fleiss-null-test')
})
