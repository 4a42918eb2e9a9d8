import { expect, test } from 'vitest'
import { explain, type Observations, type RunRecord } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import type { Estimate } from '../../stats/index.ts'
import { gpqaDiamond } from './fixtures/gpqa-diamond.ts'
import { observe, runRecord } from './fixtures/observe.ts'
import { headlineEstimates } from './headline-estimates.ts'

function analyze(observations: Observations, runs: readonly RunRecord[] = []) {
  const parameters = headlineEstimates.parameters.parse({})
  const result = headlineEstimates.analyze({ observations, runs, parameters, random: openRandom(1) })
  for (const said of [...result.statements, ...result.problems]) explain(said)
  for (const { outcome } of result.evidence) if (outcome.kind === 'not-estimable') explain(outcome.because)
  return result
}

function estimate(result: ReturnType<typeof analyze>, key: string): Estimate {
  const outcome = result.evidence.find((each) => each.key === key)?.outcome
  if (outcome?.kind !== 'estimate') throw new Error(`${key}: ${JSON.stringify(outcome)}`)
  return outcome
}

const zeros = (items: number) => observe(Array.from({ length: items }, (_, i) => ({ item: `${i}`, score: 0 })))

// Values of examples/data in stephlinds/evalconfidence, recomputed with numpy 1.26: item means, SD/√n.
test('headline-estimates of GPQA Diamond: means 0.6757576 and 0.6171717, clustered SE 0.0275956 and 0.0296200', () => {
  const result = analyze(gpqaDiamond())
  const nano = estimate(result, 'gpqa_diamond/choice/openai/gpt-5-nano-2025-08-07/population')
  const mini = estimate(result, 'gpqa_diamond/choice/openai/gpt-5.4-mini-2026-03-17/population')
  expect(nano.value).toBeCloseTo(0.6757576, 7)
  expect(nano.standardError).toBeCloseTo(0.0275956, 7)
  expect(nano.n).toBe(198)
  expect(mini.value).toBeCloseTo(0.6171717, 7)
  expect(mini.standardError).toBeCloseTo(0.02962, 7)
  const naive = estimate(result, 'gpqa_diamond/choice/openai/gpt-5-nano-2025-08-07/naive-rows')
  expect(naive.standardError).toBeCloseTo(0.0148844, 7)
  expect(naive.n).toBe(990)
})

test('headline-estimates of GPQA Diamond on these items: only rerun noise, √(0.0863636/990)', () => {
  const fixed = estimate(analyze(gpqaDiamond()), 'gpqa_diamond/choice/openai/gpt-5-nano-2025-08-07/fixed-items')
  expect(fixed.standardError).toBeCloseTo(Math.sqrt(0.0863636 / 990), 6)
  expect(fixed.interval.upper - fixed.interval.lower).toBeLessThan(0.04)
})

test('headline-estimates of 0 in 5000: two-sided bound 7.4e-4, one-sided 5.99e-4, 24,956 more for 1e-4', () => {
  const result = analyze(zeros(5000))
  expect(estimate(result, 't/s/m/population').interval).toMatchObject({ lower: 0, side: 'two-sided' })
  expect(estimate(result, 't/s/m/population').interval.upper).toBeCloseTo(7.375038e-4, 10)
  expect(estimate(result, 't/s/m/population-one-sided').interval.upper).toBeCloseTo(5.98967e-4, 9)
  expect(result.statements[0]).toMatchObject({ code: 'no-event-observed', values: { total: 29_956, more: 24_956 } })
  expect(result.evidence[0]?.evidenceClass).toBe('guarantee')
})

test('headline-estimates of 6 of 6: lower bound 0.5407 beside a printed error of 0', () => {
  const result = analyze(observe(Array.from({ length: 6 }, (_, i) => ({ item: `${i}`, score: 1 }))))
  expect(estimate(result, 't/s/m/population').interval.lower).toBeCloseTo(0.5407419, 6)
  expect(result.statements[0]?.code).toBe('no-failure-observed')
})

const header = (over: Partial<RunRecord['headlines'][number]> = {}) =>
  runRecord({
    id: 'run of m',
    path: 'results.json',
    headlines: [{ scorer: 's', metric: 'acc', value: 0, standardError: 0, n: 5000, binary: true, ...over }],
  })

test('headline-estimates of a header of 5000 over 10 rows: both, each as what it is', () => {
  const result = analyze(zeros(10), [header()])
  expect(estimate(result, 't/s/m/population').interval.upper).toBeCloseTo(0.3084971, 6)
  const printed = result.evidence.find(({ key }) => key === 'header/run of m/s/acc')
  expect(printed?.evidenceClass).toBe('descriptive')
  expect(estimate(result, 'header/run of m/s/acc').interval.upper).toBeCloseTo(7.375038e-4, 10)
  expect(result.status).toBe('partly')
  expect(result.tables[1]?.rows).toMatchObject([{ n: 5000, rows: 10, value: 0 }])
})

test('headline-estimates ignores a header whose rows are all there', () => {
  const result = analyze(zeros(10), [header({ n: 10 })])
  expect(result.evidence.some(({ key }) => key.startsWith('header'))).toBe(false)
})

test('headline-estimates of a header alone: 2 of 5000 exactly, unknown scale and impossible counts refused', () => {
  const none = observe([])
  expect(estimate(analyze(none, [header({ value: 2 / 5000 })]), 'header/run of m/s/acc').interval).toMatchObject({
    lower: expect.closeTo(4.84e-5, 7),
    upper: expect.closeTo(1.4441e-3, 6),
  })
  const reason = (over: Partial<RunRecord['headlines'][number]>) => analyze(none, [header(over)]).evidence[0]?.outcome
  expect(reason({ value: 0.33333 })).toMatchObject({ because: { code: 'printed-rate-not-a-count' } })
  expect(reason({ binary: undefined })).toMatchObject({ because: { code: 'printed-figure-of-unknown-scale' } })
  expect(reason({ n: undefined })).toMatchObject({ because: { code: 'printed-figure-without-n' } })
})

test('headline-estimates counts clusters, not items, where items share them', () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({ item: `${i}`, cluster: `${i % 12}`, score: i % 12 < 7 ? 1 : 0 }))
  const result = analyze(observe(rows))
  const clustered = estimate(result, 't/s/m/population')
  const alone = estimate(analyze(observe(rows.map(({ cluster: _, ...row }) => row))), 't/s/m/population')
  expect(clustered.n).toBe(12)
  const width = ({ interval }: Estimate) => interval.upper - interval.lower
  expect(width(clustered)).toBeGreaterThan(1.8 * width(alone))
  expect(result.evidence.some(({ key }) => key.endsWith('wilson'))).toBe(false)
})

test('headline-estimates: unscored responses leave the mean and are counted', () => {
  const result = analyze(
    observe([
      { item: 'a', score: 1 },
      { item: 'b', score: 'refusal' },
      { item: 'c', score: 0 },
    ]),
  )
  expect(estimate(result, 't/s/m/population')).toMatchObject({ value: 0.5, n: 2 })
  expect(result.tables[0]?.rows[0]).toMatchObject({ items: 2, missing: 1 })
})

test('headline-estimates of a model without one score is not estimable, beside models that have them', () => {
  const result = analyze(
    observe([
      { model: 'a', item: '1', score: 'provider-error' },
      { model: 'b', item: '1', score: 1 },
    ]),
  )
  expect(result.status).toBe('partly')
  expect(result.evidence.find(({ key }) => key === 't/s/a/population')?.outcome.kind).toBe('not-estimable')
})

test('headline-estimates of scores without a range draws each measure on its own axis and names no rate', () => {
  const result = analyze(
    observe(['x', 'y'].flatMap((scorer) => [3, 40, 5].map((score, i) => ({ scorer, item: `${i}`, score })))),
  )
  expect(result.figures.map((figure) => figure.kind === 'intervals' && figure.axis)).toEqual(['t / x', 't / y'])
  expect(result.evidence.every(({ format }) => format === 'score')).toBe(true)
})

test('headline-estimates of one item keeps a wide interval', () => {
  expect(estimate(analyze(observe([{ item: 'a', score: 1 }])), 't/s/m/population').interval.lower).toBeCloseTo(0.025, 9)
})

test('headline-estimates without rows or headers cannot say', () => {
  expect(analyze(observe([])).status).toBe('cannot-say')
})

test('headline-estimates: adding a model moves no other number, and row order moves none', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    item: `${i % 20}`,
    replicate: 1 + (i > 19 ? 1 : 0),
    score: (i * 7) % 3 === 0 ? 1 : 0,
  }))
  const alone = analyze(observe(rows.map((row) => ({ ...row, model: 'b' }))))
  const both = analyze(observe([...rows.map((row) => ({ ...row, model: 'b' })), { model: 'a', item: 'z', score: 1 }]))
  const ofB = (result: ReturnType<typeof analyze>) => result.evidence.filter(({ subject }) => subject.model === 'b')
  expect(ofB(both)).toEqual(ofB(alone))
  expect(analyze(observe(rows.toReversed()))).toEqual(analyze(observe(rows)))
})

/** 12 passages of 4 questions, 3 runs each; the last question of a passage is run once. */
function passages(score: (passage: number, question: number, run: number) => number) {
  return observe(
    Array.from({ length: 12 * 4 * 3 }, (_, i) => {
      const [passage, question, run] = [Math.floor(i / 12), Math.floor(i / 3) % 4, i % 3]
      return {
        item: `p${passage}q${question}`,
        cluster: `p${passage}`,
        replicate: run + 1,
        score: score(passage, question, run),
      }
    }).filter((_, i) => Math.floor(i / 3) % 4 < 3 || i % 3 === 0),
  )
}

test('headline-estimates resamples passages, questions and runs: the mean of item means, a standard error no smaller than by passage', () => {
  const table = passages((passage, question, run) => Number((passage * 5 + question * 3 + run) % 7 < (passage % 3) + 2))
  const result = analyze(table)
  const [population, resampled] = ['population', 'population-resampled'].map((name) =>
    estimate(result, `t/s/m/${name}`),
  )
  expect(resampled?.value).toBeCloseTo(population?.value ?? Number.NaN, 12)
  expect(resampled).toMatchObject({ n: 12, method: 'bootstrap-multilevel-t' })
  expect((resampled?.standardError ?? 0) / (population?.standardError ?? 1)).toBeGreaterThan(0.9)
  expect((resampled?.standardError ?? 9) / (population?.standardError ?? 1)).toBeLessThan(2)
  // Same seed, same bytes.
  expect(estimate(analyze(table), 't/s/m/population-resampled')).toEqual(resampled)
})

test('headline-estimates cuts what is resampled at the ends of the range, and resamples nothing without all three levels', () => {
  const easy = passages((passage, question, run) => Number(passage + question + run > 0))
  const cut = estimate(analyze(easy), 't/s/m/population-resampled')
  expect(cut.interval.upper).toBe(1)
  expect(cut.caveats.map(({ code }) => code)).toContain('interval-cut-at-end-of-range')
  const keys = (observations: Observations) =>
    analyze(observations)
      .evidence.map(({ key }) => key)
      .join(' ')
  expect(keys(zeros(20))).not.toContain('resampled')
  expect(keys(gpqaDiamond())).not.toContain('resampled')
  const variants = observe(
    Array.from({ length: 40 }, (_, i) => ({
      item: `${i >> 1}`,
      cluster: `${i >> 3}`,
      levels: { form: `${i & 1}` },
      score: i & 1,
    })),
  )
  expect(keys(variants)).not.toContain('resampled')
})
