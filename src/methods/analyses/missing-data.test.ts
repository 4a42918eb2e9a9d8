import { expect, test } from 'vitest'
import { explain, type ObservationRow, type Observations, type RunRecord } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import type { Estimate, HypothesisTest } from '../../stats/index.ts'
import { observe, runRecord } from './fixtures/observe.ts'
import { missingData } from './missing-data.ts'

interface Given {
  readonly runs?: readonly RunRecord[]
  readonly threshold?: number
}

function analyze(observations: Observations, { runs = [], ...given }: Given = {}) {
  const parameters = missingData.parameters.parse(given)
  const result = missingData.analyze({ observations, runs, parameters, random: openRandom(1) })
  for (const said of [...result.statements, ...result.problems]) explain(said)
  for (const { outcome } of result.evidence) if (outcome.kind === 'not-estimable') explain(outcome.because)
  return result
}

type Result = ReturnType<typeof analyze>
const find = (result: Result, end: string) => result.evidence.find(({ key }) => key.endsWith(end))?.outcome
const estimate = (result: Result, end: string) => find(result, end) as Estimate
const testOf = (result: Result, end: string) => find(result, end) as HypothesisTest
const problems = (result: Result) => result.problems.map(({ code }) => code)
const codes = (result: Result) => result.statements.map(({ code }) => code)

type Score = NonNullable<ObservationRow['score']>

/** One response per item and model. */
function scores(byModel: Readonly<Record<string, readonly Score[]>>): Partial<ObservationRow>[] {
  return Object.entries(byModel).flatMap(([model, list]) =>
    list.map((score, i) => ({ model, item: `i${String(i).padStart(4, '0')}`, score })),
  )
}

const times = (count: number, score: Score): Score[] => Array.from({ length: count }, () => score)

test('missing-data bounds 80 passed, 10 failed, 10 refused: 0.8 to 0.9, exact region around both', () => {
  const result = analyze(observe(scores({ m: [...times(80, 1), ...times(10, 0), ...times(10, 'refusal')] })))
  expect(estimate(result, '/complete-case').value).toBeCloseTo(80 / 90, 12)
  // SciPy 1.17.1 beta.ppf(0.025, 80, 21) and beta.ppf(0.975, 91, 10)
  expect(estimate(result, '/bounds').interval.lower).toBeCloseTo(0.7081573, 6)
  expect(estimate(result, '/bounds').interval.upper).toBeCloseTo(0.9509953, 6)
  expect(result.evidence.find(({ key }) => key.endsWith('/bounds'))?.evidenceClass).toBe('guarantee')
  // Imbens and Manski 2004 (7): se .04, gap 2.5, C 1.6450, exact binomial limits with error Φ(−C), by bisection in Python.
  expect(estimate(result, '/bounds-of-mean').interval.lower).toBeCloseTo(0.7227921697, 9)
  expect(estimate(result, '/bounds-of-mean').interval.upper).toBeCloseTo(0.9447401666, 9)
  expect(result.tables[0]?.rows[0]).toMatchObject({
    missing: 10,
    worst: '80.0 %',
    best: '90.0 %',
    reasons: '10 refusal',
  })
  expect(problems(result)).toEqual(['many-missing'])
})

test('missing-data without missing scores says so and claims no problem', () => {
  const result = analyze(observe(scores({ m: [1, 0, 1] })))
  expect(result.status).toBe('answered')
  expect(codes(result)).toEqual(['nothing-missing'])
  expect([result.problems, result.evidence, result.figures]).toEqual([[], [], []])
})

test('missing-data counts reasons apart and never turns one into 0', () => {
  const result = analyze(observe(scores({ m: [1, 1, 'provider-error', 'grader-failed', 'grader-failed'] })))
  expect(result.tables[0]?.rows[0]?.reasons).toBe('2 grader failed, 1 provider error')
  expect(estimate(result, '/complete-case').value).toBe(1)
})

test('missing-data says how many missing scores undo a lead, and when none can', () => {
  const close = analyze(
    observe(
      scores({ a: [...times(60, 1), ...times(30, 0), ...times(10, 'unknown')], b: [...times(64, 1), ...times(36, 0)] }),
    ),
  )
  expect(close.statements.find(({ code }) => code === 'ranking-turned-by-missing')?.values).toMatchObject({
    leader: 'a',
    other: 'b',
    missing: 10,
    count: 4,
  })
  expect(problems(close)).toContain('ranking-turned-by-missing')
  const wide = analyze(
    observe(scores({ a: [...times(90, 1), ...times(10, 'unknown')], b: [...times(20, 1), ...times(80, 0)] })),
  )
  expect(codes(wide)).toContain('ranking-survives-missing')
})

test('missing-data finds how many missing scores turn a threshold', () => {
  const rows = scores({ m: [...times(80, 1), ...times(10, 0), ...times(10, 'unknown')] })
  const tips = analyze(observe(rows), { threshold: 0.85 })
  expect(tips.statements.find(({ code }) => code === 'threshold-turned-by-missing')?.values).toMatchObject({
    count: 5,
    missing: 10,
  })
  expect(codes(analyze(observe(rows), { threshold: 0.5 }))).toContain('threshold-survives-missing')
})

/** Model b misses items; `easy(i)` says how a passes item i, `lost(i)` what b misses. */
function twoModels(n: number, options: { easy: (i: number) => boolean; lost: (i: number) => boolean }) {
  return scores({
    a: Array.from({ length: n }, (_, i) => (options.easy(i) ? 1 : 0)),
    b: Array.from({ length: n }, (_, i) => (options.lost(i) ? 'limit' : 1)),
  })
}

test('missing-data finds scores that are missing on hard items', () => {
  const result = analyze(observe(twoModels(100, { easy: (i) => i % 2 === 0, lost: (i) => i % 2 === 1 && i < 40 })))
  const found = result.problems.find(({ code }) => code === 'missing-not-at-random')
  expect(found?.values).toMatchObject({ model: 'b', direction: 'harder', withMissing: '0 %' })
  expect(testOf(result, 'b/missing-vs-difficulty')).toMatchObject({ method: 'mean-score-permutation', n: 100 })
})

test('missing-data accuses at most 7 % of 400 samples in which scores are missing at random', () => {
  let accused = 0
  for (let seed = 0; seed < 400; seed++) {
    const random = openRandom(`at random ${seed}`)
    const easy = Array.from({ length: 60 }, () => random.uniform() < 0.6)
    const lost = Array.from({ length: 60 }, () => random.uniform() < 0.2)
    const rows = twoModels(60, { easy: (i) => easy[i] ?? false, lost: (i) => lost[i] ?? false })
    if (problems(analyze(observe(rows))).includes('missing-not-at-random')) accused++
  }
  // 0.05 plus two binomial standard errors at 400.
  expect(accused / 400).toBeLessThan(0.072)
})

test('missing-data finds a model that goes unscored more often than another on the same items', () => {
  const result = analyze(observe(twoModels(60, { easy: () => true, lost: (i) => i < 15 })))
  expect(result.problems.find(({ code }) => code === 'differential-missingness')?.values).toMatchObject({
    firstShare: 0,
    secondShare: 0.25,
  })
  // McNemar exact with 0 and 15 discordant: 2 · 2⁻¹⁵.
  expect(testOf(result, '/differential-missingness').pValue).toBeCloseTo(2 ** -14, 12)
})

test('missing-data of a model with nothing scored leaves the whole range open', () => {
  const result = analyze(observe(scores({ a: times(20, 1), b: times(20, 'provider-error') })))
  expect(estimate(result, 't/s/b/bounds').interval).toMatchObject({ lower: 0, upper: 1 })
  expect(find(result, 't/s/b/complete-case')).toMatchObject({ kind: 'not-estimable' })
  expect(codes(result)).toContain('nothing-scored-bounded')
})

test('missing-data of scores without a range counts and bounds nothing', () => {
  const result = analyze(observe(scores({ m: [5, 7, 'refusal'] })))
  expect(codes(result)).toContain('missing-without-range')
  expect(find(result, '/bounds')).toBeUndefined()
})

test('missing-data tells of responses that headers promise and files do not hold', () => {
  const found = { items: 2, replicates: 1, responses: 2, rows: 2, scoredRows: 2 }
  const result = analyze(observe(scores({ m: [1, 0] })), { runs: [runRecord({ expected: { responses: 9 }, found })] })
  expect(result.statements[1]).toEqual({ code: 'promised-without-rows', values: { absent: 7 } })
})

test('missing-data with repeats fills the missing ones, not the item', () => {
  const result = analyze(
    observe([
      { item: 'a', replicate: 1, score: 1 },
      { item: 'a', replicate: 2, score: 'limit' },
      { item: 'b', replicate: 1, score: 0 },
      { item: 'b', replicate: 2, score: 0 },
    ]),
  )
  expect(result.tables[0]?.rows[0]).toMatchObject({ complete: '50.0 %', worst: '25.0 %', best: '50.0 %' })
})

test('missing-data lists many incomplete scores as one problem', () => {
  const rows = Array.from({ length: 6 }, (_, i) => scores({ [`m${i}`]: [1, 'refusal', 0] })).flat()
  expect(problems(analyze(observe(rows)))).toContain('many-missing-in-scores')
})

test('missing-data without observations cannot say', () => {
  expect(analyze(observe([])).status).toBe('cannot-say')
})

test('missing-data does not depend on the order of rows', () => {
  const rows = twoModels(40, { easy: (i) => i % 3 > 0, lost: (i) => i % 5 === 0 })
  expect(analyze(observe(rows.toReversed()))).toEqual(analyze(observe(rows)))
})
