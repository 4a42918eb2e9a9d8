import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/crossed/crossed.json' with { type: 'json' }
import { openRandom, type Random } from '../../random/index.ts'
import { clusterMean } from '../cluster-mean.ts'
import type { Estimate, Outcome } from '../result.ts'
import { crossedBootstrap } from './crossed-bootstrap.ts'
import { multilevelBootstrap } from './multilevel-bootstrap.ts'
import { twoWayClusterMean } from './two-way-cluster-mean.ts'

function estimated(outcome: Outcome): Estimate {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

// statsmodels 0.15 cov_cluster_2groups of an intercept: oracles/crossed/crossed.py.
test('twoWayClusterMean agrees with statsmodels, complete tables and tables with holes', () => {
  for (const { values, first, second, mean, variance, first_variance, second_variance } of oracle.twoWay) {
    const { value, standardError } = estimated(twoWayClusterMean({ values, first, second, level: 0.95 }))
    expect(value).toBeCloseTo(mean, 12)
    const expected = Math.max(variance, first_variance, second_variance)
    expect(standardError).toBeCloseTo(Math.sqrt(expected), 11)
  }
})

test('twoWayClusterMean with one way nested in the other is the cluster-robust mean of the coarser way', () => {
  const values = Array.from({ length: 40 }, (_, i) => Math.sin(3 * i) + Math.cos(Math.floor(i / 5)))
  const coarse = values.map((_, i) => Math.floor(i / 5))
  const fine = values.map((_, i) => Math.floor(i / 2))
  const rows = values.map((_, i) => i)
  const both = estimated(twoWayClusterMean({ values, first: coarse, second: rows, level: 0.95 }))
  const one = estimated(clusterMean({ values, clusters: coarse, correction: 'cr1', level: 0.95 }))
  expect(both.standardError).toBeCloseTo(one.standardError ?? Number.NaN, 12)
  expect(estimated(twoWayClusterMean({ values, first: coarse, second: fine, level: 0.95 })).n).toBe(8)
})

test('twoWayClusterMean never has less variance than either way alone, and says when that decided', () => {
  // Checkerboard: neither way carries anything, the interaction all of it.
  const values = Array.from({ length: 64 }, (_, k) => ((k + Math.floor(k / 8)) % 2) + (k === 0 ? 0.5 : 0))
  const first = values.map((_, k) => Math.floor(k / 8))
  const second = values.map((_, k) => k % 8)
  const { caveats, standardError = 0 } = estimated(twoWayClusterMean({ values, first, second, level: 0.95 }))
  expect(caveats.map(({ code }) => code)).toContain('two-way-variance-floored')
  const single = [first, second].map(
    (clusters) => estimated(clusterMean({ values, clusters, correction: 'cr1', level: 0.95 })).standardError ?? 0,
  )
  expect(standardError).toBeCloseTo(Math.max(...single), 12)
})

test('twoWayClusterMean and crossedBootstrap change no bit when rows or the two ways are swapped, seed 3', () => {
  const row = fc.record({ value: fc.double({ min: -5, max: 5, noNaN: true }), first: fc.nat(4), second: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(row, { minLength: 8, maxLength: 30 }), (rows) => {
      const of = (list: typeof rows) => ({
        values: list.map(({ value }) => value),
        first: list.map((each) => each.first),
        second: list.map((each) => each.second),
        level: 0.9,
      })
      const [forward, backward] = [of(rows), of(rows.toReversed())]
      expect(twoWayClusterMean(backward)).toEqual(twoWayClusterMean(forward))
      const swapped = twoWayClusterMean({ ...forward, first: forward.second, second: forward.first })
      expect(swapped).toMatchObject({ kind: twoWayClusterMean(forward).kind })
      const draw = ({ values, ...codes }: ReturnType<typeof of>) =>
        crossedBootstrap({ of: { values }, ...codes, draws: 100, random: openRandom(4) })
      expect(draw(backward)).toEqual(draw(forward))
    }),
    { seed: 3, numRuns: 60 },
  )
})

// All 3⁶ draws enumerated: oracles/crossed/crossed.py. 40,000 draws: standard error of the sd about 0.0017.
test('crossedBootstrap of a 3 × 3 table has the enumerated spread and its t interval (seed 5)', () => {
  const { table, mean, sd } = oracle.pigeonhole
  const values = table.flat()
  const first = values.map((_, k) => Math.floor(k / 3))
  const second = values.map((_, k) => k % 3)
  const options = { first, second, level: 0.9, draws: 40_000, random: openRandom(5) }
  const { value, standardError, degreesOfFreedom, interval } = estimated(
    crossedBootstrap({ ...options, of: { values } }),
  )
  expect(value).toBeCloseTo(mean, 12)
  expect(Math.abs((standardError ?? 0) - sd)).toBeLessThan(0.008)
  expect(degreesOfFreedom).toBeCloseTo(oracle.errorInterval.degreesOfFreedom, 10)
  // The margin is proportional to the spread, which 40,000 draws leave 0.008 away at most.
  for (const end of [interval.lower, interval.upper])
    expect(Math.abs(Math.abs(end - mean) / oracle.errorInterval.margin - 1)).toBeLessThan(0.015)
  const statistic = (weights: Float64Array): number => {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return weights.reduce((sum, weight, row) => sum + weight * (values[row] ?? 0), 0) / total
  }
  const same = estimated(crossedBootstrap({ ...options, of: { rows: 9, statistic }, random: openRandom(5) }))
  expect(same.standardError).toBeCloseTo(standardError ?? Number.NaN, 12)
})

test('crossedBootstrap sees the variance of prompts that a bootstrap of items alone misses (seed 6)', () => {
  const { values, first, second } = crossedWorld({ items: 80, prompts: 30, random: openRandom(6) })
  const crossed = estimated(
    crossedBootstrap({ of: { values }, first, second, level: 0.95, draws: 600, random: openRandom(7) }),
  )
  const items = estimated(
    multilevelBootstrap({
      of: { values, weights: undefined },
      levels: [{ codes: first, units: 'draw' }],
      rows: 'keep',
      level: 0.95,
      draws: 600,
      random: openRandom(8),
    }),
  )
  const truth = Math.sqrt(1 / 80 + 0.5 / 30 + 1 / 2400)
  expect((crossed.standardError ?? 0) / truth).toBeGreaterThan(0.8)
  expect((crossed.standardError ?? 0) / truth).toBeLessThan(1.3)
  expect(items.standardError ?? 0).toBeLessThan(0.85 * truth)
})

function crossedWorld({ items, prompts, random }: { items: number; prompts: number; random: Random }) {
  const item = Float64Array.from({ length: items }, () => random.normal())
  const prompt = Float64Array.from({ length: prompts }, () => Math.SQRT1_2 * random.normal())
  const first = Int32Array.from({ length: items * prompts }, (_, k) => Math.floor(k / prompts))
  const second = Int32Array.from({ length: items * prompts }, (_, k) => k % prompts)
  const values = Float64Array.from(first, (i, k) => (item[i] ?? 0) + (prompt[second[k] ?? 0] ?? 0) + random.normal())
  return { values, first, second }
}

// All 64 draws enumerated: oracles/crossed/crossed.py.
test('multilevelBootstrap of weighted runs in tasks in families has the enumerated spread (seed 9)', () => {
  const values = [1, 3, 2, 5, 0, 4]
  const weights = [1, 1, 2, 1, 3, 1]
  const families = [1, 1, 1, 2, 2, 2]
  const tasks = [1, 1, 2, 1, 2, 2]
  const levels = [
    { codes: families, units: 'draw' },
    { codes: tasks, units: 'draw' },
  ] as const
  const outcome = estimated(
    multilevelBootstrap({
      of: { values, weights },
      levels,
      rows: 'keep',
      level: 0.95,
      draws: 40_000,
      random: openRandom(9),
    }),
  )
  expect(outcome.value).toBeCloseTo(oracle.multilevel.observed, 12)
  expect(Math.abs((outcome.standardError ?? 0) - oracle.multilevel.sd)).toBeLessThan(0.008)
  expect(outcome.n).toBe(2)
  expect(outcome.caveats.map(({ code }) => code)).toEqual(['few-clusters', 'few-units-inside'])
})

test('multilevelBootstrap: kept levels keep every unit, equal tasks of two families are two tasks', () => {
  const values = [0, 1, 5, 6]
  const families = [1, 1, 2, 2]
  const tasks = [1, 2, 1, 2]
  const levels = [
    { codes: families, units: 'keep' },
    { codes: tasks, units: 'draw' },
  ] as const
  const seen = new Set<number>()
  const statistic = (rows: Int32Array): number => {
    const ofFirst = rows.filter((row) => row < 2).length
    // Four rows are a draw or the sample; leaving a unit out has three.
    if (rows.length === 4) seen.add(ofFirst)
    return rows.reduce((sum, row) => sum + (values[row] ?? 0), 0)
  }
  const outcome = estimated(
    multilevelBootstrap({
      of: { rows: 4, statistic },
      levels,
      rows: 'keep',
      level: 0.9,
      draws: 200,
      random: openRandom(1),
    }),
  )
  expect([...seen]).toEqual([2])
  expect(outcome.n).toBe(4)
})

test('multilevelBootstrap does not depend on the order of rows, seed 10', () => {
  const row = fc.record({
    value: fc.double({ min: 0, max: 1, noNaN: true }),
    family: fc.nat(3),
    task: fc.nat(2),
    weight: fc.integer({ min: 1, max: 4 }),
  })
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 25 }), (rows) => {
      const of = (list: typeof rows) =>
        multilevelBootstrap({
          of: { values: list.map(({ value }) => value), weights: list.map(({ weight }) => weight) },
          levels: [
            { codes: list.map(({ family }) => family), units: 'draw' },
            { codes: list.map(({ task }) => task), units: 'draw' },
          ],
          rows: 'draw',
          level: 0.9,
          draws: 100,
          random: openRandom(2),
        })
      expect(of(rows.toReversed())).toEqual(of(rows))
    }),
    { seed: 10, numRuns: 40 },
  )
})

test('crossed and multilevel methods refuse one level, constants, unequal lengths, NaN and bad weights', () => {
  const random = openRandom(1)
  const crossed = {
    of: { values: [1, 2, 3, 4] },
    first: [1, 1, 2, 2],
    second: [1, 2, 1, 2],
    level: 0.95,
    draws: 200,
    random,
  }
  expect(crossedBootstrap({ ...crossed, first: [1, 1, 1, 1] })).toMatchObject({ because: { code: 'too-few-values' } })
  expect(crossedBootstrap({ ...crossed, of: { values: [1, 1, 1, 1] } })).toMatchObject({
    because: { code: 'no-variation' },
  })
  expect(() => crossedBootstrap({ ...crossed, second: [1] })).toThrow('lengths differ')
  expect(() => crossedBootstrap({ ...crossed, of: { values: [1, 2, 3, Number.NaN] } })).toThrow('value not finite')
  expect(() => crossedBootstrap({ ...crossed, draws: 5 })).toThrow('too few draws')
  // Only the diagonal is filled: most draws hit no row.
  const codes = [0, 1, 2, 3]
  const diagonal = crossedBootstrap({ ...crossed, of: { values: codes }, first: codes, second: codes })
  expect(diagonal.kind === 'estimate' ? diagonal.caveats.map(({ code }) => code) : [diagonal.because.code]).toContain(
    'resamples-empty',
  )
  const two = { values: [1, 2, 3, 4], first: [1, 1, 2, 2], second: [1, 2, 1, 2], level: 0.95 }
  expect(twoWayClusterMean({ ...two, first: [1, 1, 1, 1] })).toMatchObject({ because: { code: 'too-few-values' } })
  expect(twoWayClusterMean({ ...two, values: [2, 2, 2, 2] })).toMatchObject({ because: { code: 'no-variation' } })
  expect(twoWayClusterMean({ ...two, values: [0, 1, 1, 0] })).toMatchObject({
    because: { code: 'no-variation-between-clusters' },
  })
  expect(() => twoWayClusterMean({ ...two, second: [1, 2, 1, 0.5] })).toThrow('cluster code not an integer')
  const nested = {
    of: { values: [1, 2, 3], weights: undefined },
    levels: [{ codes: [1, 1, 2], units: 'draw' }],
    rows: 'keep',
    level: 0.95,
    draws: 200,
    random,
  } as const
  expect(multilevelBootstrap({ ...nested, levels: [{ codes: [1, 1, 1], units: 'draw' }] })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(multilevelBootstrap({ ...nested, levels: [], rows: 'keep' })).toMatchObject({
    because: { code: 'too-few-values', values: { given: 0 } },
  })
  expect(multilevelBootstrap({ ...nested, of: { values: [1, 1, 1], weights: undefined } })).toMatchObject({
    because: { code: 'no-variation' },
  })
  expect(() => multilevelBootstrap({ ...nested, of: { values: [1, 2, 3], weights: [1, 0, 1] } })).toThrow(
    'weight not positive',
  )
  expect(() => multilevelBootstrap({ ...nested, of: { values: [1, 2, 3], weights: [1] } })).toThrow('lengths differ')
})
