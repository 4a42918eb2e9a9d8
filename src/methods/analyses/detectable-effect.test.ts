import { expect, test } from 'vitest'
import { explain, type ObservationRow, type Observations } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import type { Estimate } from '../../stats/index.ts'
import { detectableEffectAnalysis } from './detectable-effect.ts'
import { gpqaDiamond } from './fixtures/gpqa-diamond.ts'
import { observe } from './fixtures/observe.ts'

function analyze(observations: Observations) {
  const parameters = detectableEffectAnalysis.parameters.parse({})
  const result = detectableEffectAnalysis.analyze({ observations, runs: [], parameters, random: openRandom(1) })
  for (const said of [...result.statements, ...result.problems]) explain(said)
  for (const { outcome } of result.evidence) if (outcome.kind === 'not-estimable') explain(outcome.because)
  return result
}

const codes = (result: ReturnType<typeof analyze>) => result.statements.map(({ code }) => code)

/** Two models on n items with the given chance of passing item i, `repeats` times each. */
function coins(
  n: number,
  repeats: number,
  rate: (model: 'a' | 'b', item: number) => number,
): Partial<ObservationRow>[] {
  const random = openRandom(`coins ${n} ${repeats}`)
  return (['a', 'b'] as const).flatMap((model) =>
    Array.from({ length: n * repeats }, (_, i) => ({
      model,
      item: `${Math.floor(i / repeats)}`,
      replicate: 1 + (i % repeats),
      score: random.uniform() < rate(model, Math.floor(i / repeats)) ? 1 : 0,
    })),
  )
}

test('detectable-effect of GPQA Diamond: 2.8016 × 0.0277885, of which repeats explain a part', () => {
  const result = analyze(gpqaDiamond())
  const effect = result.evidence[0]?.outcome as Estimate
  expect(effect.value).toBeCloseTo(2.801585 * 0.0277885, 6)
  const [row] = result.tables[0]!.rows
  // n·SE² = ω² + (0.0863636 + 0.0792929)/5.
  expect(Number(row?.responseVariance)).toBeCloseTo((0.0863636 + 0.0792929) / 5, 6)
  expect(Number(row?.itemVariance) + Number(row?.responseVariance)).toBeCloseTo(198 * 0.0277885 ** 2, 5)
  expect(codes(result)).toEqual(['detectable-difference', 'items-for-points', 'repeats-would-help'])
  expect(result.problems).toMatchObject([{ code: 'small-differences-undetectable', values: { items: 198 } }])
})

test('detectable-effect draws curves that fall with items and, with repeats, flatten at what items leave', () => {
  const [items, repeats] = analyze(gpqaDiamond()).figures
  if (items?.kind !== 'curves' || repeats?.kind !== 'curves') throw new Error('expected two curve figures')
  const ys = items.series[0]!.points.map(({ y }) => y)
  expect(ys).toEqual(ys.toSorted((a, b) => b - a))
  expect(items.series.map(({ label }) => label)).toEqual(['as run', 'one response per item', 'unlimited repeats'])
  const last = repeats.series[0]!.points.at(-1)!.y
  expect(last).toBeGreaterThan(0)
  expect(repeats.series[0]!.points[0]!.y).toBeGreaterThan(last)
})

test('detectable-effect plans 100 times the items for a tenth of the difference', () => {
  const [row] = analyze(observe(coins(100, 1, (model) => (model === 'a' ? 0.7 : 0.6)))).tables[0]!.rows
  const effect = Number(row?.effect)
  expect(Number(row?.one)).toBeCloseTo(100 * (effect / 0.01) ** 2, -1)
  expect(Number(row?.five)).toBeCloseTo(Number(row?.one) / 25, -1)
})

test('detectable-effect without repeats gives no curve over repeats and does not guess rerun noise', () => {
  const result = analyze(observe(coins(100, 1, () => 0.5)))
  expect(result.figures.length).toBe(1)
  expect(result.tables[0]?.rows[0]?.responseVariance).toBeNull()
})

test('detectable-effect counts clusters: the same answers in clusters of 5 detect less', () => {
  // Items of a cluster are passed by the same model, so that the differences of a cluster agree.
  const rows = coins(100, 1, (model, item) => ((Math.floor(item / 5) * 7) % 10 < 5 === (model === 'a') ? 1 : 0))
  const alone = analyze(observe(rows)).evidence[0]?.outcome as Estimate
  const clustered = analyze(observe(rows.map((row) => ({ ...row, cluster: `${Math.floor(Number(row.item) / 5)}` }))))
  expect((clustered.evidence[0]!.outcome as Estimate).value).toBeGreaterThan(1.8 * alone.value)
})

test('detectable-effect of one model is about a fixed value', () => {
  const result = analyze(observe(coins(50, 1, () => 0.5).filter(({ model }) => model === 'a')))
  expect(codes(result)[0]).toBe('detectable-from-value')
  expect(result.evidence[0]?.estimand).toContain('fixed value')
})

test('detectable-effect of scores without a range plans no points', () => {
  const rows = coins(40, 1, () => 0.5).map((row, i) => ({ ...row, score: 10 + ((i * 7) % 11) }))
  const result = analyze(observe(rows))
  expect(codes(result)).toEqual(['detectable-difference'])
  expect(result.tables[0]?.rows[0]?.five).toBeNull()
  expect(result.problems).toEqual([])
})

test('detectable-effect of equal scores, one item and nothing scored refuses with reasons', () => {
  const equal = analyze(observe(coins(20, 1, () => 1)))
  expect(equal.status).toBe('cannot-say')
  expect(equal.evidence[0]?.outcome).toMatchObject({ kind: 'not-estimable' })
  expect(analyze(observe([{ item: 'a', score: 1 }])).status).toBe('cannot-say')
  expect(analyze(observe([{ item: 'a', score: 'refusal' }])).status).toBe('cannot-say')
  expect(analyze(observe([])).status).toBe('cannot-say')
})

test('detectable-effect compares neighbours in rank, and does not depend on row order', () => {
  const rows = [
    ...coins(60, 2, (model) => (model === 'a' ? 0.9 : 0.3)),
    ...coins(60, 1, () => 0.6)
      .filter(({ model }) => model === 'b')
      .map((row) => ({ ...row, model: 'c' })),
  ]
  const result = analyze(observe(rows))
  expect(result.evidence.map(({ key }) => key)).toEqual(['t/s/a − c/detectable-effect', 't/s/b − c/detectable-effect'])
  expect(analyze(observe(rows.toReversed()))).toEqual(result)
})
