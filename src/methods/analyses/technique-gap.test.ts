import { expect, test } from 'vitest'
import { explain, type ObservationRow, type Observations } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import type { Estimate, HypothesisTest } from '../../stats/index.ts'
import { observe } from './fixtures/observe.ts'
import { techniqueGap } from './technique-gap.ts'

function analyze(observations: Observations, given: Record<string, string | number> = {}) {
  const parameters = techniqueGap.parameters.parse(given)
  const result = techniqueGap.analyze({ observations, runs: [], parameters, random: openRandom(1) })
  for (const said of [...result.statements, ...result.problems]) explain(said)
  for (const { outcome } of result.evidence) if (outcome.kind === 'not-estimable') explain(outcome.because)
  return result
}

type Result = ReturnType<typeof analyze>
const find = (result: Result, end: string) => result.evidence.find(({ key }) => key.endsWith(end))?.outcome
const estimate = (result: Result, end: string) => find(result, end) as Estimate
const testOf = (result: Result, end: string) => find(result, end) as HypothesisTest
const codes = (result: Result) => result.statements.map(({ code }) => code)

/** Each technique with its own chance of passing an item, on the same n items. */
function techniques(
  n: number,
  { seed, rates }: { seed: string; rates: Readonly<Record<string, number>> },
  more: Partial<ObservationRow> = {},
) {
  const random = openRandom(seed)
  return Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Object.entries(rates).map(
      ([technique, rate]): Partial<ObservationRow> => ({
        item: `${i}`,
        technique,
        score: random.uniform() < rate ? 1 : 0,
        ...more,
      }),
    ),
  )
}

test('technique-gap is paired: 25 items only with steps, 12 only direct, of 100', () => {
  const rows = Array.from({ length: 100 }, (_, i) => i).flatMap((i) => [
    { item: `${i}`, technique: 'direct', score: i >= 25 && i < 70 ? 1 : 0 },
    { item: `${i}`, technique: 'steps', score: i < 25 || (i >= 37 && i < 70) ? 1 : 0 },
  ])
  const result = analyze(observe(rows))
  expect(estimate(result, 'steps − direct/gap').value).toBeCloseTo(0.13, 12)
  // SciPy 1.17.1 binomtest(12, 37).pvalue
  expect(testOf(result, 'steps − direct/test').pValue).toBeCloseTo(0.0470310274, 9)
  expect(codes(result)).toEqual(['technique-changes-score', 'gap-is-no-upper-bound'])
})

test('technique-gap compares with the plainest technique, or with the one that is named', () => {
  const rows = techniques(50, { seed: 'names', rates: { cot: 0.8, 'zero-shot': 0.5, few: 0.6 } })
  expect(analyze(observe(rows)).tables[0]?.rows.map(({ baseline }) => baseline)).toEqual(['zero-shot', 'zero-shot'])
  expect(analyze(observe(rows), { baseline: 'few' }).tables[0]?.rows.map(({ technique }) => technique)).toEqual([
    'cot',
    'zero-shot',
  ])
})

test('technique-gap treats rows without a technique as the plain one', () => {
  const rows = techniques(30, { seed: 'plain', rates: { cot: 0.9, plain: 0.2 } }).map((row) =>
    row.technique === 'plain' ? { ...row, technique: undefined } : row,
  )
  expect(analyze(observe(rows)).tables[0]?.rows[0]).toMatchObject({ technique: 'cot', baseline: 'no technique named' })
})

test('technique-gap corrects for all techniques of a model (Holm)', () => {
  const result = analyze(observe(techniques(200, { seed: 'holm', rates: { direct: 0.5, a: 0.5, b: 0.5, c: 0.75 } })))
  expect(testOf(result, 'c − direct/holm').pValue).toBeCloseTo(
    Math.min(1, 3 * testOf(result, 'c − direct/test').pValue),
    12,
  )
  expect(result.evidence.find(({ key }) => key.endsWith('c − direct/holm'))?.label).toContain('3 techniques')
})

test('technique-gap does not take the best of five equal techniques at face value, seeds 0–59', () => {
  let [naive, corrected, excludesZero] = [0, 0, 0]
  for (let seed = 0; seed < 60; seed++) {
    const rates = { direct: 0.5, a: 0.5, b: 0.5, c: 0.5, d: 0.5 }
    const result = analyze(observe(techniques(100, { seed: `equal ${seed}`, rates })), { draws: 200 })
    const best = estimate(result, '/best-technique')
    naive +=
      Math.max(0, ...['a', 'b', 'c', 'd'].map((technique) => estimate(result, `${technique} − direct/gap`).value)) / 60
    corrected += best.value / 60
    if (best.interval.lower > 0) excludesZero++
  }
  expect(naive).toBeGreaterThan(0.04)
  expect(Math.abs(corrected)).toBeLessThan(0.02)
  expect(excludesZero).toBeLessThanOrEqual(3)
})

test('technique-gap keeps a gain that is real after correction', () => {
  const result = analyze(observe(techniques(300, { seed: 'real', rates: { direct: 0.4, steps: 0.8, few: 0.5 } })))
  const best = estimate(result, '/best-technique')
  expect(best.value).toBeGreaterThan(0.3)
  expect(best.interval.lower).toBeGreaterThan(0.2)
  const evidence = result.evidence.find(({ key }) => key.endsWith('/best-technique'))
  expect(evidence).toMatchObject({
    evidenceClass: 'lower-bound-only',
    seedPath: expect.stringContaining('best of techniques'),
  })
})

test('technique-gap prices a point in tokens where all tokens are known, and is silent where one is not', () => {
  const rows = techniques(100, { seed: 'tokens', rates: { direct: 0.3, steps: 0.9 } }).map((row) => ({
    ...row,
    inputTokens: 100,
    outputTokens: row.technique === 'steps' ? 500 : 20,
  }))
  const known = analyze(observe(rows)).tables[0]!.rows[0]!
  const gain = Number.parseFloat(String(known.gap).replace('+', ''))
  expect(known).toMatchObject({ tokens: 600, baselineTokens: 120 })
  expect(Number(known.perPoint)).toBeCloseTo(480 / gain, 0)
  const unknown = analyze(observe(rows.map((row, i) => (i === 0 ? { ...row, outputTokens: undefined } : row))))
  expect(unknown.tables[0]?.rows[0]).toMatchObject({ perPoint: null })
})

test('technique-gap with one technique cannot say, and says exactly what it takes', () => {
  const result = analyze(observe(techniques(20, { seed: 'one', rates: { direct: 0.5 } })))
  expect(result.status).toBe('cannot-say')
  expect(explain(result.statements[0]!).text).toContain('direct')
  expect(explain(result.statements[0]!).fix).toContain('at least twice')
})

test('technique-gap of techniques on different items compares nothing', () => {
  const rows = techniques(20, { seed: 'apart', rates: { direct: 0.5, steps: 0.5 } }).map((row) => ({
    ...row,
    item: `${row.technique} ${row.item}`,
  }))
  expect(analyze(observe(rows)).status).toBe('cannot-say')
})

test('technique-gap: ties, missing scores and clusters', () => {
  const ties = analyze(observe(techniques(20, { seed: 'ties', rates: { direct: 1, steps: 1 } })))
  expect(testOf(ties, 'steps − direct/test').pValue).toBe(1)
  expect(codes(ties)).toContain('technique-gap-open')
  const missing = techniques(20, { seed: 'missing', rates: { direct: 0.5, steps: 0.5 } }).map((row) =>
    row.technique === 'steps' ? { ...row, score: 'limit' as const } : row,
  )
  expect(analyze(observe(missing)).status).toBe('cannot-say')
  const clustered = techniques(60, { seed: 'clusters', rates: { direct: 0.5, steps: 0.7 } }).map((row) => ({
    ...row,
    cluster: `${Number(row.item) % 12}`,
  }))
  expect(estimate(analyze(observe(clustered)), 'steps − direct/gap').n).toBe(12)
})

test('technique-gap does not depend on row order, and another model moves no number', () => {
  const rows = techniques(40, { seed: 'order', rates: { direct: 0.5, a: 0.6, b: 0.7 } }, { model: 'm' })
  const result = analyze(observe(rows))
  expect(analyze(observe(rows.toReversed()))).toEqual(result)
  const both = analyze(observe([...rows, ...rows.map((row) => ({ ...row, model: 'l', score: 1 }))]))
  expect(both.evidence.filter(({ subject }) => subject.model === 'm')).toEqual(result.evidence)
})
