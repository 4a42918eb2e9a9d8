import { expect, test } from 'vitest'
import { explain, type ObservationRow, type Observations } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import type { Estimate } from '../../stats/index.ts'
import { gpqaDiamond } from './fixtures/gpqa-diamond.ts'
import { observe } from './fixtures/observe.ts'
import { rerunPrediction } from './rerun-prediction.ts'

function analyze(observations: Observations) {
  const parameters = rerunPrediction.parameters.parse({})
  const result = rerunPrediction.analyze({ observations, runs: [], parameters, random: openRandom(1) })
  for (const said of [...result.statements, ...result.problems]) explain(said)
  for (const { outcome } of result.evidence) if (outcome.kind === 'not-estimable') explain(outcome.because)
  return result
}

type Result = ReturnType<typeof analyze>
const estimate = (result: Result, end: string) =>
  result.evidence.find(({ key }) => key.endsWith(end))?.outcome as Estimate
const codes = (result: Result) => result.statements.map(({ code }) => code)

test('rerun-prediction of GPQA Diamond: ± t·√2·SE on new items, only rerun noise on the same', () => {
  const result = analyze(gpqaDiamond())
  const fresh = estimate(result, 'gpt-5-nano-2025-08-07/rerun-new-items')
  const same = estimate(result, 'gpt-5-nano-2025-08-07/rerun-same-items')
  expect(fresh.interval).toMatchObject({ kind: 'prediction', level: 0.95 })
  expect(fresh.standardError).toBeCloseTo(Math.SQRT2 * 0.0275956, 6)
  expect(same.standardError).toBeCloseTo(Math.SQRT2 * Math.sqrt(0.0863636 / 990), 6)
  expect(same.interval.upper).toBeLessThan(fresh.interval.upper)
  expect(result.evidence.every(({ evidenceClass }) => evidenceClass === 'model-based')).toBe(true)
})

test('rerun-prediction of GPQA Diamond: the decided pair at p = 0.036 is significant again about half the time', () => {
  const result = analyze(gpqaDiamond())
  const pair = result.statements.find(({ code }) => code === 'direction-agrees')
  // z = 2.0946: Φ(z/√2) = 0.931 and Φ((z − 1.96)/√2) = 0.538 by SciPy 1.17.1 norm.cdf.
  expect(pair?.values.agrees).toBeCloseTo(0.931, 3)
  expect(pair?.values.again).toBeCloseTo(0.538, 3)
})

function items(n: number, score: (item: number) => NonNullable<ObservationRow['score']>): Partial<ObservationRow>[] {
  return Array.from({ length: n }, (_, i) => ({ item: `${i}`, score: score(i) }))
}

test('rerun-prediction of independent 0/1 items is the exact binomial prediction: 0 of 100 gives at most 5 of 100', () => {
  const result = analyze(observe(items(100, () => 0)))
  expect(estimate(result, 'rerun-new-items')).toMatchObject({
    method: 'binomial-prediction',
    interval: { lower: 0, upper: 0.05 },
  })
  expect(codes(result)).toEqual(['rerun-new-items', 'rerun-assumes-nothing-changed'])
  expect(result.status).toBe('partly')
})

test('rerun-prediction holds the rerun on the same 60 items in 92–98 % of 1,000 reruns with 3 repeats', () => {
  const random = openRandom('same items')
  const rates = Array.from({ length: 60 }, () => random.uniform())
  const run = () =>
    rates.flatMap((rate, item) =>
      [1, 2, 3].map((replicate) => ({ item: `${item}`, replicate, score: random.uniform() < rate ? 1 : 0 })),
    )
  let held = 0
  for (let repetition = 0; repetition < 1000; repetition++) {
    const { lower, upper } = estimate(analyze(observe(run())), 'rerun-same-items').interval
    const again = run()
    const mean = again.reduce((sum, { score }) => sum + score, 0) / again.length
    if (lower <= mean && mean <= upper) held++
  }
  expect(held / 1000).toBeGreaterThan(0.92)
  expect(held / 1000).toBeLessThan(0.98)
}, 60_000)

test('rerun-prediction stays inside the range of rates and leaves scores without one alone', () => {
  const near = analyze(observe(items(12, (i) => (i === 0 ? 0.7 : 1))))
  expect(estimate(near, 'rerun-new-items').interval.upper).toBe(1)
  const free = analyze(observe(items(12, (i) => (i === 0 ? 1000 : i))))
  expect(estimate(free, 'rerun-new-items').interval.lower).toBeLessThan(0)
})

test('rerun-prediction predicts no direction for undecided pairs', () => {
  const rows = ['a', 'b'].flatMap((model) =>
    items(30, (i) => ((i * (model === 'a' ? 7 : 11)) % 5 < 2 ? 1 : 0)).map((row) => ({ ...row, model })),
  )
  const result = analyze(observe(rows))
  expect(codes(result)).toContain('no-decided-comparison')
  expect(result.evidence.some(({ key }) => key.includes('over'))).toBe(false)
})

test('rerun-prediction survives a difference beyond any p-value a double can hold', () => {
  const rows = ['a', 'b'].flatMap((model) =>
    items(3000, (i) => (model === 'a' ? 1 : i === 0 ? 1 : 0)).map((row) => ({ ...row, model })),
  )
  expect(estimate(analyze(observe(rows)), 'direction-agrees').value).toBe(1)
})

test('rerun-prediction of scores that never vary, one item and nothing cannot say', () => {
  expect(analyze(observe(items(10, () => 7))).status).toBe('cannot-say')
  expect(analyze(observe(items(1, () => 0.5))).status).toBe('cannot-say')
  expect(analyze(observe(items(5, () => 'refusal'))).status).toBe('cannot-say')
  expect(analyze(observe([])).status).toBe('cannot-say')
})

test('rerun-prediction with repeats that never disagree still leaves a margin', () => {
  const rows = items(40, (i) => i % 2).flatMap((row) => [1, 2].map((replicate) => ({ ...row, replicate })))
  const { lower, upper } = estimate(analyze(observe(rows)), 'rerun-same-items').interval
  expect(upper - lower).toBeGreaterThan(0.02)
})

test('rerun-prediction does not depend on row order, and another model moves no prediction', () => {
  const rows = items(30, (i) => ((i * 7) % 3 === 0 ? 1 : 0)).map((row) => ({
    ...row,
    model: 'b',
    cluster: `${Number(row.item) % 11}`,
  }))
  const result = analyze(observe(rows))
  expect(analyze(observe(rows.toReversed()))).toEqual(result)
  const both = analyze(observe([...rows, ...rows.map((row) => ({ ...row, model: 'a' }))]))
  expect(both.evidence.filter(({ subject }) => subject.model === 'b')).toEqual(result.evidence)
})
