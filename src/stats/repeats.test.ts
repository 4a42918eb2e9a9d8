import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/reliability/reliability.json' with { type: 'json' }
import { gpqaScores } from './fixtures/gpqa-scores.ts'
import { flipRate, unanimousShare } from './flip-rate.ts'
import { noiseDecomposition } from './noise-decomposition.ts'
import type { Estimate, Outcome } from './result.ts'
import { scoreEnvelope } from './score-envelope.ts'

const asEstimate = (outcome: Outcome): Estimate => {
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}
const unit = { lower: 0, upper: 1 } as const
const independent = { clusters: undefined, level: 0.95 } as const

test('noiseDecomposition on GPQA Diamond: within 0.0863636 and 0.0792929, between 0.1335072 and 0.1578552', () => {
  expect(gpqaScores().map(noiseDecomposition)).toMatchObject([
    {
      withinVariance: expect.closeTo(0.0863636, 7),
      betweenVariance: expect.closeTo(0.1335072, 7),
      standardErrorNewItems: expect.closeTo(0.0275956, 7),
      items: 198,
      runs: 990,
    },
    {
      withinVariance: expect.closeTo(0.0792929, 7),
      betweenVariance: expect.closeTo(0.1578552, 7),
      standardErrorNewItems: expect.closeTo(0.02962, 7),
      mean: expect.closeTo(0.6171717, 7),
    },
  ])
})

test('unanimousShare on GPQA Diamond: 0.6515 and 0.6667 of the items have five identical scores', () => {
  const shares = gpqaScores().map((runs) => asEstimate(unanimousShare({ ...runs, ...independent })).value)
  expect(shares).toEqual([expect.closeTo(0.6515, 4), expect.closeTo(0.6667, 4)])
})

test('flipRate of 0/1 runs is twice the within-item variance, as 2c(K − c)/(K(K − 1)) is', () => {
  for (const runs of gpqaScores()) {
    const noise = noiseDecomposition(runs)
    if (noise.kind !== 'noise-decomposition') throw new Error('refused')
    expect(asEstimate(flipRate({ ...runs, ...independent })).value).toBeCloseTo(2 * noise.withinVariance, 12)
  }
})

test('flipRate of answer codes agrees with counting all ordered pairs of runs', () => {
  const { answers, perItem } = oracle.flips
  const values = answers.flat()
  const items = answers.flatMap((runs, item) => runs.map(() => item))
  const mean = perItem.reduce((sum, value) => sum + value, 0) / perItem.length
  expect(asEstimate(flipRate({ values, items, ...independent })).value).toBeCloseTo(mean, 12)
})

const runs = fc.array(fc.record({ value: fc.constantFrom(0, 1), item: fc.integer({ min: 0, max: 6 }) }), {
  minLength: 2,
  maxLength: 40,
})

test('noiseDecomposition adds up: Var(item means) = between + mean(s²/K), for any numbers of runs', () => {
  fc.assert(
    fc.property(runs, (rows) => {
      const noise = noiseDecomposition({ values: rows.map(({ value }) => value), items: rows.map(({ item }) => item) })
      fc.pre(noise.kind === 'noise-decomposition')
      const { items, betweenVariance, standardErrorNewItems, standardErrorSameItems, predictionShare } = noise
      expect(items * (standardErrorNewItems ** 2 - standardErrorSameItems ** 2)).toBeCloseTo(betweenVariance, 12)
      expect(predictionShare).toBeGreaterThanOrEqual(0)
      expect(predictionShare).toBeLessThanOrEqual(1)
    }),
  )
})

test('flip rates and envelopes do not depend on row order and stay in range; best ≥ mean ≥ worst', () => {
  fc.assert(
    fc.property(runs, (rows) => {
      const table = (list: typeof rows) => ({
        values: list.map(({ value }) => value),
        items: list.map(({ item }) => item),
        ...independent,
      })
      const flips = flipRate(table(rows))
      expect(flipRate(table(rows.toReversed()))).toEqual(flips)
      if (flips.kind !== 'estimate') return
      expect(
        flips.interval.lower >= 0 && flips.interval.upper <= 1 && flips.interval.upper > flips.interval.lower,
      ).toBe(true)
      const { best, mean, worst } = scoreEnvelope({ ...table(rows), range: unit })
      expect(asEstimate(best).value).toBeGreaterThanOrEqual(asEstimate(mean).value)
      expect(asEstimate(mean).value).toBeGreaterThanOrEqual(asEstimate(worst).value)
    }),
  )
})

test('no flips seen is not a flip rate of 0: 198 items give an upper bound of 0.0185', () => {
  const items = Int32Array.from({ length: 396 }, (_, row) => row >> 1)
  const { interval, method } = asEstimate(flipRate({ values: new Float64Array(396), items, ...independent }))
  expect(interval.upper).toBeCloseTo(1 - 0.025 ** (1 / 198), 12)
  expect(method).toBe('flip-rate-clopper-pearson')
})

test('items with one run are left out and counted; without repeats nothing is claimed', () => {
  const table = { values: [1, 0, 1, 0], items: [1, 1, 2, 3], ...independent }
  expect(asEstimate(flipRate(table))).toMatchObject({
    value: 1,
    n: 1,
    caveats: expect.arrayContaining([
      expect.objectContaining({ code: 'items-with-too-few-runs', values: { items: 2, needed: 2 } }),
    ]),
  })
  const single = { values: [1, 0], items: [1, 2], ...independent }
  for (const outcome of [
    flipRate(single),
    unanimousShare(single),
    scoreEnvelope({ ...single, range: unit }).best,
    noiseDecomposition(single),
  ]) {
    expect(outcome).toMatchObject({ because: { code: 'needs-repeated-runs' } })
  }
  expect(noiseDecomposition({ values: [1, 0], items: [1, 1] })).toMatchObject({ because: { code: 'too-few-values' } })
  expect(noiseDecomposition({ values: [1, 0, 1], items: [1, 1, 2] })).toMatchObject({
    repeatedItems: 1,
    withinVariance: 0.5,
    standardErrorSameItems: expect.closeTo(Math.sqrt((0.25 + 0.5) / 4), 12),
  })
})

test('clusters of items count once, and an item in two clusters is refused', () => {
  const table = { values: [1, 1, 0, 0, 1, 0, 1, 0], items: [1, 1, 2, 2, 3, 3, 4, 4], level: 0.95 }
  expect(asEstimate(flipRate({ ...table, clusters: [1, 1, 1, 1, 2, 2, 2, 2] }))).toMatchObject({ n: 2, value: 0.5 })
  expect(() => flipRate({ ...table, clusters: [1, 2, 1, 1, 2, 2, 2, 2] })).toThrow(/item in two clusters/)
})
