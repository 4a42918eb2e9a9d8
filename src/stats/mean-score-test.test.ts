import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { meanScoreTest } from './mean-score-test.ts'
import type { HypothesisTest, TestOutcome } from './result.ts'

// SciPy: oracles/mean-score-test/mean-score-test.py
const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/mean-score-test/mean-score-test.json', import.meta.url), 'utf8'),
) as {
  kruskal: { ranks: number[]; sizes: number[]; statistic: number; p: number }
  friedman: { ranks: number[][]; statistic: number; p: number }
  pearson: { table: number[][]; statistic: number }
  exact: { scores: number[]; groups: number[]; statistic: number; p: number }
}

function answered(outcome: TestOutcome): HypothesisTest {
  if (outcome.kind !== 'test') throw new Error(outcome.because.code)
  return outcome
}

test('meanScoreTest of ranks in one stratum is Kruskal–Wallis (SciPy)', () => {
  const { ranks, sizes, statistic, p } = oracle.kruskal
  const groups = sizes.flatMap((size, group) => Array<number>(size).fill(group))
  const result = answered(
    meanScoreTest({ values: ranks, groups, groupCount: 3, strata: ranks.map(() => 0), reference: 'chi-squared' }),
  )
  expect(result.statistic).toBeCloseTo(statistic, 12)
  expect(result.pValue).toBeCloseTo(p, 12)
  expect(result.degreesOfFreedom).toBe(2)
})

test('meanScoreTest of ranks within rows is Friedman’s test with ties (SciPy; R 4.2.2: 11.1428571429)', () => {
  const { ranks, statistic, p } = oracle.friedman
  const result = answered(
    meanScoreTest({
      values: ranks.flat(),
      groups: ranks.flatMap((row) => row.map((_, group) => group)),
      groupCount: 3,
      strata: ranks.flatMap((row, stratum) => row.map(() => stratum)),
      reference: 'chi-squared',
    }),
  )
  expect(result.statistic).toBeCloseTo(statistic, 10)
  expect(result.statistic).toBeCloseTo(11.1428571429, 9)
  expect(result.pValue).toBeCloseTo(p, 10)
})

test('meanScoreTest of 0/1 scores in one stratum is Pearson’s chi-squared times (n − 1)/n (SciPy)', () => {
  const values: number[] = []
  const groups: number[] = []
  for (const [group, [right = 0, wrong = 0]] of oracle.pearson.table.entries()) {
    values.push(...Array<number>(right).fill(1), ...Array<number>(wrong).fill(0))
    groups.push(...Array<number>(right + wrong).fill(group))
  }
  const result = answered(
    meanScoreTest({ values, groups, groupCount: 3, strata: values.map(() => 7), reference: 'chi-squared' }),
  )
  expect(result.statistic).toBeCloseTo(oracle.pearson.statistic, 12)
})

test('meanScoreTest by 20,000 permutations comes within 4 standard errors of full enumeration (seed 3)', () => {
  const { scores, groups, statistic, p } = oracle.exact
  const result = answered(
    meanScoreTest({
      values: scores,
      groups,
      groupCount: 3,
      strata: scores.map(() => 0),
      reference: { random: openRandom(3), draws: 20_000 },
    }),
  )
  expect(result.statistic).toBeCloseTo(statistic, 12)
  expect(Math.abs(result.pValue - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000) + 1e-4)
})

test('meanScoreTest keeps its level at 5 % with rare scores, unequal groups and strata (1,000 seeds)', () => {
  let rejected = 0
  for (let seed = 0; seed < 1_000; seed++) {
    const random = openRandom(seed)
    const strata = Array.from({ length: 60 }, (_, i) => i % 7)
    // Strata differ in rate, and groups are tied to strata: only a stratified test keeps its level.
    const values = strata.map((stratum) => (random.uniform() < 0.03 + stratum * 0.1 ? 1 : 0))
    const groups = strata.map((stratum) => (random.uniform() < 0.1 + stratum * 0.1 ? 0 : random.integer(2) + 1))
    const result = meanScoreTest({
      values,
      groups,
      groupCount: 3,
      strata,
      reference: { random: random.split('test'), draws: 99 },
    })
    if (result.kind === 'test' && result.pValue <= 0.05) rejected++
  }
  // Binomial(1,000, 0.05): 4 standard errors above are 78; far below would mean a test without power.
  expect(rejected).toBeLessThanOrEqual(78)
  expect(rejected).toBeGreaterThan(22)
})

test('meanScoreTest does not depend on the order of the units, the names of groups or the scale', () => {
  const values = [0.2, 0.5, 0.9, 0.1, 0.4, 0.6, 0.8, 0.3]
  const groups = [0, 1, 2, 0, 1, 2, 0, 1]
  const strata = [0, 0, 0, 0, 1, 1, 1, 1]
  const base = answered(meanScoreTest({ values, groups, groupCount: 3, strata, reference: 'chi-squared' }))
  const order = [5, 2, 7, 0, 1, 6, 3, 4]
  const changed = answered(
    meanScoreTest({
      values: order.map((i) => 100 * (values[i] ?? 0) - 3),
      groups: order.map((i) => 2 - (groups[i] ?? 0)),
      groupCount: 3,
      strata: order.map((i) => strata[i] ?? 0),
      reference: 'chi-squared',
    }),
  )
  expect(changed.statistic).toBeCloseTo(base.statistic, 10)
})

test('meanScoreTest loses a degree of freedom for groups that no stratum brings together', () => {
  const result = answered(
    meanScoreTest({
      values: [1, 0, 1, 0, 1, 1, 0, 1],
      groups: [0, 1, 0, 1, 2, 3, 2, 3],
      groupCount: 4,
      strata: [0, 0, 0, 0, 1, 1, 1, 1],
      reference: 'chi-squared',
    }),
  )
  expect(result.degreesOfFreedom).toBe(2)
})

test('meanScoreTest says that it cannot tell with one group, one score or nothing, and when groups are sparse', () => {
  const reference = 'chi-squared'
  const one = meanScoreTest({ values: [1, 0], groups: [0, 0], groupCount: 1, strata: [0, 0], reference })
  const flat = meanScoreTest({ values: [1, 1], groups: [0, 1], groupCount: 2, strata: [0, 0], reference })
  const empty = meanScoreTest({ values: [], groups: [], groupCount: 2, strata: [], reference })
  expect([one.kind, flat.kind, empty.kind]).toEqual(['not-estimable', 'not-estimable', 'not-estimable'])
  const sparse = answered(
    meanScoreTest({ values: [1, 0, 0, 1], groups: [0, 0, 1, 1], groupCount: 2, strata: [0, 0, 0, 0], reference }),
  )
  expect(sparse.statistic).toBe(0)
  expect(sparse.caveats.map(({ code }) => code)).toEqual(['sparse-groups-approximate-p'])
  expect(() => meanScoreTest({ values: [1], groups: [], groupCount: 2, strata: [0], reference })).toThrow('unequal')
})
