import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { analyze, codesOf, estimateOf } from './fixtures/analyze.ts'
import { observe, runRecord } from './fixtures/observe.ts'
import { tailForecastAnalysis } from './tail-forecast.ts'

type Row = Partial<ObservationRow>

const on = (
  rows: readonly Row[],
  more: { parameters?: Record<string, unknown>; runs?: ReturnType<typeof runRecord>[] } = {},
) => analyze(tailForecastAnalysis, { observations: observe(rows), ...more })

/** Rates per item as a table of counts gives them. */
const rated = (rates: readonly number[], scorer = 'attack success'): Row[] =>
  rates.map((score, item) => ({ scorer, item: `${item}`, score }))

/** −ln(−ln p) exponential above a threshold: the law that the forecast supposes. */
function planted({ items, scale, seed }: { items: number; scale: number; seed: number }): number[] {
  const random = openRandom(seed).split('tail')
  return Array.from({ length: items }, () => Math.exp(-Math.exp(2.5 + scale * Math.log(random.uniform()))))
}

const key = 't/attack success/m'

// Fixture of Jones et al. 2025 as computed by NumPy: top ten of 1000, a −4.789066, b −13.352090; excesses u −1.843714, β̂ .182686.
test('tail-forecast of the fixture: worst of 100,000 is .2303 by least squares and .1671 [.0487, .6429] by likelihood', () => {
  const top = [0.02, 0.012, 0.009, 0.006, 0.0045, 0.004, 0.003, 0.0026, 0.0022, 0.002, 0.0018]
  // The rest lies low enough to leave the tail alone, high enough that splits of a tenth have one.
  const rest = Array.from({ length: 989 }, (_, i) => 0.0017 * Math.exp(-i / 200))
  const result = on(rated([...top, ...rest]))
  const forecast = estimateOf(result, `${key}/worst-of-100-times`)
  expect(forecast.value).toBeCloseTo(0.1671, 4)
  expect(forecast.interval.lower).toBeCloseTo(0.0487, 4)
  expect(forecast.interval.upper).toBeCloseTo(0.6429, 4)
  const row = result.tables[0]?.rows.find(({ queries }) => queries === 100_000)
  expect(row?.squares).toBeCloseTo(0.230341, 6)
  expect(row?.other).toBeCloseTo(0.144338, 6)
  expect(result.evidence.every(({ evidenceClass }) => evidenceClass === 'forecast')).toBe(true)
})

test('tail-forecast of its own law covers the planted worst of ten times the queries in at least 88 % of 100 samples', {
  timeout: 30_000,
}, () => {
  let covered = 0
  for (let seed = 0; seed < 100; seed++) {
    const scale = 0.5
    const { lower, upper } = estimateOf(
      on(rated(planted({ items: 300, scale, seed })), { parameters: { splits: 20, factors: [10] } }),
      `${key}/worst-of-10-times`,
    ).interval
    // The quantile that one of 3000 queries exceeds: ψ = −2.5 + scale · ln 3000.
    const truth = Math.exp(-Math.exp(2.5 - scale * Math.log(3000)))
    if (lower <= truth && truth <= upper) covered++
  }
  expect(covered / 100).toBeGreaterThanOrEqual(0.88)
})

test('tail-forecast reads rates from repeats as from counts', () => {
  const random = openRandom(3).split('repeats')
  const rates = planted({ items: 150, scale: 1.2, seed: 4 }).map((rate) => 0.6 * rate)
  const rows = rates.flatMap((rate, item) =>
    Array.from(
      { length: 20 },
      (_, k): Row => ({
        scorer: 'attack success',
        item: `${item}`,
        replicate: k + 1,
        score: random.uniform() < rate ? 1 : 0,
      }),
    ),
  )
  const result = on(rows)
  const means = rates.map((_, item) => {
    const own = rows.filter((row) => row.item === `${item}`)
    return own.reduce((sum, { score }) => sum + Number(score), 0) / own.length
  })
  expect(result.evidence.map(({ outcome }) => outcome)).toEqual(on(rated(means)).evidence.map(({ outcome }) => outcome))
  expect(on(rows.toReversed())).toEqual(result)
})

test('tail-forecast asks what a score means, takes the caller’s word, and says what it takes', () => {
  const rates = planted({ items: 300, scale: 0.5, seed: 5 })
  expect(codesOf(on(rated(rates, 'quality')))).toEqual(['needs-bad-behaviour'])
  expect(on(rated(rates, 'quality'), { parameters: { scorers: ['quality'] } }).status).toBe('answered')
  expect(on(rated(rates, 'quality'), { parameters: { scorers: 'quality|other' } }).statements[0]).toMatchObject({
    code: 'scorer-not-found',
    values: { name: 'other', known: '“quality”' },
  })
  expect(on(rated(rates, 'quality'), { parameters: { scorers: 'quality' } }).status).toBe('answered')
  expect(codesOf(on(rated(rates.map((rate) => (rate > 0.01 ? 1 : 0)))))).toEqual(['needs-rates-per-item'])
  expect(codesOf(on(rated(rates.slice(0, 12))))).toEqual(['needs-longer-tail'])
  expect(codesOf(on(rated(rates.map((rate, i) => (i < 30 ? rate : 0)))))).toEqual(['needs-longer-tail'])
  expect(on([]).status).toBe('cannot-say')
})

test('tail-forecast has nothing to forecast where a tested query always shows the behaviour', () => {
  const result = on(rated([1, ...planted({ items: 200, scale: 0.5, seed: 5 })]))
  expect(codesOf(result)).toEqual(['worst-query-already-certain'])
})

test('tail-forecast refuses rates from tries that stopped at the first success', () => {
  const caveats = [{ code: 'tries-stopped-at-success', severity: 'caution', values: {} }] as const
  const result = on(rated(planted({ items: 300, scale: 0.5, seed: 6 })), { runs: [runRecord({ caveats })] })
  expect(codesOf(result)).toEqual(['forecast-needs-fixed-tries'])
})
