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
  expect(result.ledgers?.map(({ method, claims }) => [method, claims.length])).toEqual([['holm', 1]])
  expect(on(counts(600, 1000)).tables).toHaveLength(1)
  expect(on(counts(600, 1000)).ledgers).toEqual([])
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

// Handbook G12: B(a, b + n + D)/B(a, b + n) for n = D = 30,000.
test('rate-bounds of 0 in 30,000: 30,000 more without an event are predicted at .5000 by a uniform prior, .7071 by Jeffreys', () => {
  const result = on(counts(0, 30_000), { uses: 30_000 })
  const [uniform, jeffreys] = ['uniform', 'jeffreys'].map((name) => estimateOf(result, `t/s/m/no-event-${name}`))
  expect(uniform?.value).toBeCloseTo(0.5, 4)
  expect(jeffreys?.value).toBeCloseTo(Math.SQRT1_2, 4)
  expect(uniform?.interval).toMatchObject({ kind: 'credible', side: 'two-sided' })
  // (1 − U)^D with U = 1 − .05^(1/30000) is .05 where D = n: what the bound alone can promise.
  const promise = estimateOf(result, 't/s/m/no-event')
  expect(promise.interval.lower).toBeCloseTo(0.05, 10)
  expect(promise).toMatchObject({ value: 1, interval: { upper: 1, side: 'lower' } })
})

// Handbook G12: the posterior of 19,207 clean trials reaches .95 below 1e-4 under Jeffreys’ prior, of 29,955 under a uniform one.
test('rate-bounds prints priors beside the bound: 19,207 clean items are .95 below 1e-4 for Jeffreys, .853 for a uniform prior', () => {
  const [, table] = on(counts(0, 19_207)).tables
  expect(table?.rows.map(({ prior }) => prior)).toEqual([
    'none: exact bound',
    'uniform: Beta(1, 1)',
    'Jeffreys: Beta(0.5, 0.5)',
    'centred on 0.0001: Beta(1, 10000)',
  ])
  const [bound, uniform, jeffreys, centred] = table?.rows ?? []
  expect(bound?.atMost).toBeCloseTo(1 - 0.05 ** (1 / 19_207), 12)
  expect(bound?.below2).toBe('')
  // 1 − (1 − 1e-4)^19208 and 1 − (1 − 1e-4)^29207: Beta(1, b) has a closed form.
  expect(uniform?.below2).toBeCloseTo(1 - (1 - 1e-4) ** 19_208, 10)
  expect(jeffreys?.below2).toBeGreaterThanOrEqual(0.95)
  expect(on(counts(0, 19_206)).tables[1]?.rows[2]?.below2).toBeLessThan(0.95)
  expect(centred?.below2).toBeCloseTo(1 - (1 - 1e-4) ** 29_207, 10)
})

test('rate-bounds says nothing of priors and promises where no score is rare, and much about the rarer score where one is', () => {
  expect(on(counts(30, 100)).tables).toHaveLength(1)
  const [, table] = on(counts(99, 100)).tables
  expect(table?.rows[0]).toMatchObject({ event: 0 })
  // 1 in 100: 1 − I⁻¹(.05; 99, 2), SciPy 1.17.1 scipy.stats.beta.ppf(.95, 2, 99)
  expect(table?.rows[0]?.atMost).toBeCloseTo(0.0465598, 6)
})

const turns = (each: readonly (readonly [score: number, turns: string])[], more: Row = {}): Row[] =>
  each.map(([score, length], i) => ({ item: `${i}`, score, attributes: { turns: length }, ...more }))

// Garwood, handbook G1: upper limits 2.9957 and 7.7537 for 0 and 3 events, one-sided 95 %.
test('rate-bounds with exposure=turns: 3 events in 120 turns are at most 7.7537/120 per turn, none at most 2.9957/120', () => {
  const long = turns(Array.from({ length: 12 }, (_, i) => [[1, 2][i] ?? 0, '10']))
  const result = on(long, { exposure: 'turns' })
  expect(estimateOf(result, 't/s/m/per-turns-at-most').interval.upper).toBeCloseTo(7.7537 / 120, 6)
  // χ²⁻¹(.05; 6)/2 = .81769
  expect(estimateOf(result, 't/s/m/per-turns-at-least').interval.lower).toBeCloseTo(0.81769 / 120, 6)
  expect(codesOf(result)).toEqual(['rate-per-exposure'])
  const none = on(turns(Array.from({ length: 12 }, () => [0, '10'])), { exposure: 'turns' })
  expect(estimateOf(none, 't/s/m/per-turns-at-most').interval.upper).toBeCloseTo(2.9957 / 120, 6)
})

test('rate-bounds refuses a rate per exposure where exposures lack, are not positive, or items repeat; scores must be counts', () => {
  const why = (rows: readonly Row[]) => {
    const outcome = on(rows, { exposure: 'turns' }).evidence.find(
      ({ key }) => key === 't/s/m/per-turns-at-most',
    )?.outcome
    return outcome?.kind === 'not-estimable' ? outcome.because.code : outcome?.kind
  }
  expect(
    why(
      turns([
        [1, '4'],
        [0, '0'],
      ]),
    ),
  ).toBe('exposure-unknown')
  expect(
    why(
      turns([
        [1, '4'],
        [0, 'long'],
      ]),
    ),
  ).toBe('exposure-unknown')
  expect(why(counts(1, 5))).toBe('exposure-unknown')
  expect(
    why(
      turns(
        [
          [1, '4'],
          [0, '6'],
        ],
        { item: 'same' },
      ),
    ),
  ).toBe('exposure-not-independent')
  expect(
    why(
      turns(
        [
          [1, '4'],
          [0, '6'],
        ],
        { cluster: 'same' },
      ),
    ),
  ).toBe('exposure-not-independent')
  expect(
    codesOf(
      on(
        turns([
          [0.5, '4'],
          [1.5, '6'],
        ]),
        { exposure: 'turns' },
      ),
    ),
  ).toEqual(['needs-yes-no-scores'])
})
