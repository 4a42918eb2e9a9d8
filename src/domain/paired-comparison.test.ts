import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { classOfTest, comparePaired } from './paired-comparison.ts'
import type { PairedScores } from './paired-scores.ts'

const options = { level: 0.95, random: openRandom(1) }

function shared(first: readonly number[], second: readonly number[], clusters?: readonly number[]): PairedScores {
  const cluster = clusters ?? [...first.keys()]
  const count = new Set(cluster).size
  return {
    items: Int32Array.from(first.keys()),
    first: Float64Array.from(first),
    second: Float64Array.from(second),
    cluster: Int32Array.from(cluster),
    clusters: count,
    clustered: count < first.length,
    single: true,
    onlyFirst: 0,
    onlySecond: 0,
  }
}

// Worked example: 20 items, clusters of sizes 4 3 4 2 3 4.
const a = [1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1]
const b = [1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1]
const sixClusters = [4, 3, 4, 2, 3, 4].flatMap((size, cluster) => Array.from({ length: size }, () => cluster))

test('comparePaired of single 0/1 responses is exact McNemar with Tango’s interval', () => {
  const { difference, test: mcnemar, table } = comparePaired(shared(a, b), { ...options, scale: 'binary' })
  expect(table).toEqual({ both: 9, onlyA: 5, onlyB: 1, neither: 5 })
  expect(difference).toMatchObject({ method: 'tango-score', value: 0.2 })
  // R 4.2.2 binom.test(5, 6)$p.value
  expect(mcnemar).toMatchObject({ method: 'mcnemar-exact', pValue: expect.closeTo(0.21875, 12) })
  expect(classOfTest(mcnemar)).toBe('guarantee')
})

test('comparePaired below ten clusters flips signs of clusters: 14/64 on six', () => {
  const {
    difference,
    test: flipped,
    replaced,
  } = comparePaired(shared(a, b, sixClusters), { ...options, scale: 'binary' })
  expect(difference).toMatchObject({ value: 0.2, n: 6 })
  expect(flipped).toMatchObject({ pValue: expect.closeTo(14 / 64, 12) })
  expect(replaced).toMatchObject({ kind: 'test' })
})

test('comparePaired of equal systems has p = 1 and an interval around 0 of positive width', () => {
  const { difference, test: flipped } = comparePaired(shared([0.5, 0.2, 1], [0.5, 0.2, 1]), {
    ...options,
    scale: 'unit',
  })
  expect(flipped).toMatchObject({ pValue: 1 })
  expect(difference.kind === 'estimate' && difference.interval.upper - difference.interval.lower).toBeGreaterThan(0)
})

test('comparePaired of graded scores on many items is the paired t test', () => {
  const first = Array.from({ length: 30 }, (_, i) => i % 7)
  const second = Array.from({ length: 30 }, (_, i) => (i * 3) % 5)
  const { test: t, table } = comparePaired(shared(first, second), { ...options, scale: 'unbounded' })
  expect(t).toMatchObject({ method: 'paired-t', degreesOfFreedom: 29 })
  expect(table).toBeUndefined()
  expect(classOfTest(t)).toBe('asymptotic')
})
