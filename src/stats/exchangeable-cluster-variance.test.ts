import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/exchangeable-clusters/exchangeable.json' with { type: 'json' }
import { clusterRobustVariance } from './cluster-robust-variance.ts'
import { groupClusters } from './clusters.ts'
import { exchangeableClusterVariance } from './exchangeable-cluster-variance.ts'
import { unpairedDifference } from './unpaired-difference.ts'

const sample = (groups: readonly (readonly number[])[]) => ({
  values: groups.flat(),
  clusters: groups.flatMap((group, code) => group.map(() => code)),
})

const grouped = (groups: readonly (readonly number[])[]) => {
  const { values, clusters } = sample(groups)
  return groupClusters(values, clusters)
}

test('exchangeableClusterVariance equals its full matrices, as oracles/exchangeable-clusters gives them', () => {
  for (const [groups, expected] of [
    [oracle.first, oracle.firstVariance],
    [oracle.second, oracle.secondVariance],
  ] as const) {
    const found = exchangeableClusterVariance(grouped(groups))
    expect(found.correlation).toBeCloseTo(expected.correlation, 12)
    expect(found.variance).toBeCloseTo(expected.variance, 14)
    expect(found.degreesOfFreedom).toBeCloseTo(expected.degreesOfFreedom, 10)
  }
})

test('unpairedDifference with exchangeable clusters is Welch’s t of two such means', () => {
  const { difference } = unpairedDifference({
    first: sample(oracle.first),
    second: sample(oracle.second),
    correction: 'exchangeable',
    reference: 't',
    level: 0.95,
  })
  expect(difference).toMatchObject({
    value: expect.closeTo(oracle.welch.value, 12),
    degreesOfFreedom: expect.closeTo(oracle.welch.degreesOfFreedom, 10),
    interval: {
      lower: expect.closeTo(oracle.welch.interval[0] ?? 0, 10),
      upper: expect.closeTo(oracle.welch.interval[1] ?? 0, 10),
    },
    method: 'unpaired-cluster-robust-exchangeable-welch-t',
  })
})

test('exchangeableClusterVariance is CR2 where clusters are of one size or of one row, and G − 1 its degrees of freedom', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }), {
        minLength: 3,
        maxLength: 9,
      }),
      (size, rows) => {
        const clusters = grouped(rows.map((row) => row.slice(0, size)))
        const plain = clusterRobustVariance(clusters, 'cr2')
        const found = exchangeableClusterVariance(clusters)
        expect(found.variance).toBeCloseTo(plain.variance, 10)
        expect(found.degreesOfFreedom).toBeCloseTo(clusters.count - 1, 8)
      },
    ),
    { seed: 3, numRuns: 100 },
  )
})

test('exchangeableClusterVariance has at most G − 1 degrees of freedom, and scales with the square of the scores', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 9 }), {
        minLength: 2,
        maxLength: 9,
      }),
      (groups) => {
        const found = exchangeableClusterVariance(grouped(groups))
        expect(found.correlation).toBeGreaterThanOrEqual(0)
        expect(found.correlation).toBeLessThanOrEqual(1)
        expect(found.degreesOfFreedom).toBeLessThanOrEqual(groups.length - 1 + 1e-9)
        const doubled = exchangeableClusterVariance(grouped(groups.map((group) => group.map((value) => 2 * value))))
        expect(doubled.variance).toBeCloseTo(4 * found.variance, 9)
      },
    ),
    { seed: 4, numRuns: 200 },
  )
})

test('exchangeableClusterVariance of equal values is 0, of two clusters finite', () => {
  expect(exchangeableClusterVariance(grouped([[1, 1], [1], [1, 1, 1]]))).toMatchObject({ variance: 0, correlation: 0 })
  const two = exchangeableClusterVariance(grouped([[0, 0, 0], [1]]))
  expect(two.correlation).toBe(1)
  expect(two.degreesOfFreedom).toBeCloseTo(1, 9)
})
