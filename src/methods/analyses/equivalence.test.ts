import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { equivalenceAnalysis } from './equivalence.ts'
import { analyze, codesOf, estimateOf, testOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'

type Row = Partial<ObservationRow>

const on = (rows: readonly Row[], parameters = {}) =>
  analyze(equivalenceAnalysis, { observations: observe(rows), parameters })

/** Items that both, only a, only b and neither pass. */
const table = (both: number, onlyA: number, onlyB: number, neither: number): Row[] =>
  [
    [both, 1, 1],
    [onlyA, 1, 0],
    [onlyB, 0, 1],
    [neither, 0, 0],
  ].flatMap(([count = 0, a = 0, b = 0], k) =>
    Array.from({ length: count }, (_, i): Row[] => [
      { model: 'a', item: `${k}.${i}`, score: a },
      { model: 'b', item: `${k}.${i}`, score: b },
    ]).flat(),
  )

const key = 't/s/a − b'

// oracles/engine-analyses/values.py (SciPy brentq on Tango's score), level .90: d = −1/500, [−.0142893, .0099263].
test('equivalence of 440, 5, 6, 49 at a margin of 3 points: equivalent, Tango’s 90 % interval [−.014289, .009926]', () => {
  const result = on(table(440, 5, 6, 49), { margin: 0.03 })
  expect(codesOf(result)[0]).toBe('pair-equivalent')
  const { interval, value } = estimateOf(result, `${key}/difference`)
  expect(value).toBeCloseTo(-0.002, 12)
  expect(interval.lower).toBeCloseTo(-0.014289, 5)
  expect(interval.upper).toBeCloseTo(0.009926, 5)
  expect(interval.level).toBeCloseTo(0.9, 12)
  expect(testOf(result, `${key}/not-below`).pValue).toBeLessThan(0.05)
})

test('equivalence gives the four verdicts, whichever model is named first', () => {
  expect(codesOf(on(table(50, 40, 10, 100)))[0]).toBe('pair-better-at-margin')
  expect(on(table(50, 40, 10, 100)).statements[0]?.values).toMatchObject({ first: 'a', difference: '+15.0 points' })
  expect(on(table(50, 10, 40, 100)).statements[0]?.values).toMatchObject({ first: 'b', difference: '+15.0 points' })
  const open = on(table(50, 12, 10, 100))
  expect(codesOf(open)[0]).toBe('pair-undecided-at-margin')
  expect(Number(open.tables[0]?.rows[0]?.ifEqual)).toBeGreaterThan(1000)
})

test('equivalence: a significant difference inside the margin is equivalence', () => {
  const result = on(table(4000, 60, 20, 920), { margin: 0.02 })
  expect(codesOf(result)[0]).toBe('pair-equivalent')
})

test('equivalence: false verdicts in at most 5 % of 60 samples, for equal models and for models a margin apart', {
  timeout: 60_000,
}, () => {
  const random = openRandom(4).split('pairs')
  let [falselyApart, falselyEqual] = [0, 0]
  for (let run = 0; run < 60; run++) {
    const sample = (gap: number) => {
      const counts = [0, 0, 0, 0]
      for (let i = 0; i < 160; i++) {
        const u = random.uniform()
        const at = u < 0.5 ? 0 : u < 0.55 + gap / 2 ? 1 : u < 0.6 ? 2 : 3
        counts[at] = (counts[at] ?? 0) + 1
      }
      return codesOf(on(table(counts[0] ?? 0, counts[1] ?? 0, counts[2] ?? 0, counts[3] ?? 0), { margin: 0.05 }))[0]
    }
    if (sample(0) === 'pair-better-at-margin') falselyApart++
    // P(only a) − P(only b) = (.05 + gap/2) − (.05 − gap/2) = gap: exactly the margin.
    if (sample(0.05) === 'pair-equivalent') falselyEqual++
  }
  // Binomial(60, .05) exceeds 9 with probability 9e-4.
  expect(falselyApart).toBeLessThanOrEqual(9)
  expect(falselyEqual).toBeLessThanOrEqual(9)
})

test('equivalence divides the error rate among the pairs of a measure', () => {
  const rows = table(440, 5, 6, 49)
  const three = [...rows, ...rows.filter(({ model }) => model === 'a').map((row) => ({ ...row, model: 'c' }))]
  expect(estimateOf(on(three), `${key}/difference`).interval.level).toBeCloseTo(1 - 0.1 / 3, 12)
})

test('equivalence of clusters and repeats uses paired means with clusters', () => {
  const rows = table(60, 8, 9, 23).map((row, i) => ({ ...row, cluster: `${Math.floor(i / 10)}` }))
  const clustered = estimateOf(on(rows), `${key}/difference`)
  expect(clustered.n).toBe(20)
  const repeats = table(60, 8, 9, 23).flatMap((row) => [1, 2].map((replicate) => ({ ...row, replicate })))
  expect(estimateOf(on(repeats), `${key}/difference`).n).toBe(100)
})

test('equivalence of identical models, single items, one model, no rows and unbounded scores', () => {
  const identical = on(table(200, 0, 0, 100))
  expect(['pair-equivalent', 'pair-undecided-at-margin']).toContain(codesOf(identical)[0])
  const { lower, upper } = estimateOf(identical, `${key}/difference`).interval
  expect(upper - lower).toBeGreaterThan(0.001)
  expect(codesOf(on(table(1, 0, 0, 0)))).toContain('pairs-without-verdict')
  expect(codesOf(on(table(5, 1, 1, 5).filter(({ model }) => model === 'a')))).toEqual(['needs-two-models'])
  expect(on([]).status).toBe('cannot-say')
  expect(codesOf(on(table(5, 1, 1, 5).map((row) => ({ ...row, score: 30 }))))).toEqual(['equivalence-needs-range'])
})

test('equivalence leaves out what would take too long, and row order moves nothing', () => {
  const rows = table(40, 5, 6, 9)
  expect(on(rows.toReversed())).toEqual(on(rows))
  const many = Array.from({ length: 11 }, (_, k) => rows.map((row) => ({ ...row, model: `${row.model}${k}` }))).flat()
  expect(codesOf(on(many))).toEqual(['equivalence-too-many-pairs'])
})
