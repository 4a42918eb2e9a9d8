import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { analyze, codesOf, estimateOf, testOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'
import { rateBounds } from './rate-bounds.ts'

type Row = Partial<ObservationRow>

const counts = (ones: number, items: number): Row[] =>
  Array.from({ length: items }, (_, i) => ({ item: `${i}`, score: i < ones ? 1 : 0 }))

const on = (rows: readonly Row[], parameters = {}) => analyze(rateBounds, { observations: observe(rows), parameters })

// SciPy 1.17.1 scipy.stats.beta.ppf, and 1 − .05^(1/100).
test('rate-bounds of 0 in 100: at most .0295130 at 95 %, .0450074 at 99 %, at least 0', () => {
  const result = on(counts(0, 100))
  expect(estimateOf(result, 't/s/m/at-most').interval.upper).toBeCloseTo(0.02951304961, 10)
  expect(estimateOf(result, 't/s/m/at-least').interval.lower).toBe(0)
  expect(estimateOf(on(counts(0, 100), { level: 0.99 }), 't/s/m/at-most').interval.upper).toBeCloseTo(0.04500741398, 10)
  expect(codesOf(result)).toEqual(['rate-bounds-exact'])
})

test('rate-bounds of 600 in 1000 against .5: exact p 1.3642320780329735e-10, and no test where no threshold was fixed', () => {
  const result = on(counts(600, 1000), { thresholds: [0.5] })
  const { pValue } = testOf(result, 't/s/m/above-0.5')
  expect(pValue / 1.3642320780329735e-10).toBeCloseTo(1, 10)
  expect(result.tables[1]?.rows[0]).toMatchObject({ threshold: 0.5, successes: 600, units: 1000 })
  expect(on(counts(600, 1000)).tables).toHaveLength(1)
})

test('rate-bounds with a judge that found 190 of 200 known events: 0 in 29,956 bounds the true rate by 1.353e-4', () => {
  const result = on(counts(0, 29_956), { judgeFound: 190, judgeKnown: 200 })
  expect(estimateOf(result, 't/s/m/judged').interval.upper).toBeCloseTo(1.353e-4, 7)
})

test('rate-bounds gives the belief under both priors beside the bounds, as model-based', () => {
  // SciPy 1.17.1 scipy.stats.beta.ppf([.025, .975], 5.5, 95.5) at level .95.
  const { interval } = estimateOf(on(counts(5, 100)), 't/s/m/posterior-jeffreys')
  expect(interval.lower).toBeCloseTo(0.0193318, 6)
  expect(interval.upper).toBeCloseTo(0.1061001, 6)
})

test('rate-bounds counts clusters and items with repeats, never responses', () => {
  const clean = (shape: (i: number) => Row): Row[] => Array.from({ length: 200 }, (_, i) => ({ score: 0, ...shape(i) }))
  const clustered = on(clean((i) => ({ item: `${i}`, cluster: `${i % 20}` })))
  // 1 − .05^(1/20)
  expect(estimateOf(clustered, 't/s/m/any-event')).toMatchObject({ n: 20 })
  expect(estimateOf(clustered, 't/s/m/any-event').interval.upper).toBeCloseTo(0.1391083, 6)
  expect(codesOf(clustered)).toEqual(['rate-bounds-clusters'])
  const repeated = on(clean((i) => ({ item: `${i % 50}`, replicate: 1 + Math.floor(i / 50) })))
  expect(estimateOf(repeated, 't/s/m/any-event')).toMatchObject({ n: 50 })
  expect(codesOf(repeated)).toEqual(['rate-bounds-repeats'])
})

test('rate-bounds leaves unscored responses out and says nothing of graded scores or of nothing', () => {
  const holes = on([...counts(3, 30), { item: 'x', score: 'refusal' }, { item: 'y', score: 'provider-error' }])
  expect(estimateOf(holes, 't/s/m/at-most').n).toBe(30)
  expect(codesOf(on([]))).toEqual(['no-observations'])
  expect(codesOf(on([{ item: 'a', score: 0.5 }]))).toEqual(['needs-yes-no-scores'])
  expect(on([{ item: 'x', score: 'refusal' }]).status).toBe('cannot-say')
  expect(estimateOf(on([{ item: 'a', score: 1 }]), 't/s/m/at-least').interval.lower).toBeCloseTo(0.05, 12)
})

test('rate-bounds: the order of rows and another model move no number of this one (seed 1)', () => {
  const rows = Array.from({ length: 90 }, (_, i): Row => ({ item: `${i}`, cluster: `${i % 30}`, score: i % 7 ? 1 : 0 }))
  const alone = on(rows)
  expect(on(rows.toReversed())).toEqual(alone)
  const both = on([...rows, ...rows.map((row) => ({ ...row, model: 'a' }))])
  expect(both.evidence.filter(({ subject }) => subject.model === 'm')).toEqual(alone.evidence)
})
