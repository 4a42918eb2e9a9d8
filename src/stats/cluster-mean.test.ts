import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/means/means.json' with { type: 'json' }
import { clusterMean } from './cluster-mean.ts'
import { largeClusters } from './fixtures/minstd.ts'
import { meanInterval } from './mean-interval.ts'
import type { Estimate, Outcome } from './result.ts'

const corrections = ['cr0', 'cr1', 'cr2', 'cr3'] as const
const estimate = (outcome: Outcome): Estimate => {
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('clusterMean agrees with R sandwich and clubSandwich on CR0–CR3 and Satterthwaite degrees of freedom', () => {
  const { y: values, cluster: clusters, ...expected } = oracle.clusterSandwich
  for (const correction of corrections) {
    const result = estimate(clusterMean({ values, clusters, correction, level: 0.95 }))
    expect(result.value).toBeCloseTo(expected.mean, 11)
    expect(result.standardError).toBeCloseTo(expected[correction], 12)
    expect(result.degreesOfFreedom).toBeCloseTo(correction === 'cr2' ? expected.satterthwaite : 11, 10)
  }
})

test('clusterMean agrees with full-matrix computation on 8 clusters of 1 to 21 rows', () => {
  for (const correction of corrections) {
    const result = estimate(
      clusterMean({ values: oracle.differences, clusters: oracle.clusters, correction, level: 0.95 }),
    )
    expect(result.standardError).toBeCloseTo(oracle.robust[correction].standardError, 12)
    expect(result.degreesOfFreedom).toBeCloseTo(oracle.robust[correction].degreesOfFreedom, 10)
  }
})

test('clusterMean gives 0.00376031915 on 100,000 rows in 5,000 clusters, as R vcovCL does', () => {
  const { values, clusters } = largeClusters()
  const result = estimate(clusterMean({ values, clusters, correction: 'cr1', level: 0.95 }))
  expect(result.value).toBeCloseTo(0.64385, 12)
  expect(result.standardError).toBeCloseTo(0.003760319152192232, 14)
})

test('clusterMean of a worked example: CR0 0.172077, CR1 0.198697', () => {
  const table = { values: [1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1], clusters: [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4] }
  expect(estimate(clusterMean({ ...table, correction: 'cr0', level: 0.95 })).standardError).toBeCloseTo(
    0.1720765513,
    10,
  )
  expect(estimate(clusterMean({ ...table, correction: 'cr1', level: 0.95 })).standardError).toBeCloseTo(
    0.1986968864,
    10,
  )
})

test('clusterMean with one row per cluster is meanInterval, for CR1 and CR2', () => {
  const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 30 })
  fc.assert(
    fc.property(values, (sample) => {
      fc.pre(Math.max(...sample) - Math.min(...sample) > 1e-3)
      const plain = estimate(meanInterval({ values: sample, skewness: 'ignore', level: 0.9 }))
      for (const correction of ['cr1', 'cr2'] as const) {
        const clusters = sample.map((_, i) => 5 - i)
        const result = estimate(clusterMean({ values: sample, clusters, correction, level: 0.9 }))
        expect(result.standardError).toBeCloseTo(plain.standardError!, 10)
        expect(result.degreesOfFreedom).toBeCloseTo(plain.degreesOfFreedom!, 8)
      }
    }),
  )
})

test('clusterMean shifts and scales with its values, and repeating every row changes no standard error', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 4 })), {
    minLength: 8,
    maxLength: 30,
  })
  fc.assert(
    fc.property(rows, fc.constantFrom(...corrections), (table, correction) => {
      const clusters = table.map(([, code]) => code)
      const run = (values: readonly number[], codes = clusters) =>
        clusterMean({ values, clusters: codes, correction, level: 0.95 })
      const base = run(table.map(([value]) => value))
      fc.pre(base.kind === 'estimate')
      const scaled = estimate(run(table.map(([value]) => 7 - 3 * value)))
      expect(scaled.value).toBeCloseTo(7 - 3 * estimate(base).value, 9)
      expect(scaled.standardError).toBeCloseTo(3 * estimate(base).standardError!, 9)
      const doubled = estimate(
        run(
          table.flatMap(([value]) => [value, value]),
          clusters.flatMap((code) => [code, code]),
        ),
      )
      expect(doubled.standardError).toBeCloseTo(estimate(base).standardError!, 9)
    }),
  )
})

test('clusterMean warns below 10 clusters and refuses one cluster, constants and clusters of equal means', () => {
  const options = { correction: 'cr2', level: 0.95 } as const
  expect(clusterMean({ values: [0, 1, 1], clusters: [1, 2, 3], ...options })).toMatchObject({
    caveats: [
      { code: 'few-clusters' },
      { code: 'too-few-units-to-show-skewness' },
      { code: 'interval-allows-for-skewness' },
    ],
  })
  expect(clusterMean({ values: [], clusters: [], ...options })).toMatchObject({ because: { code: 'too-few-values' } })
  expect(clusterMean({ values: [0, 1], clusters: [4, 4], ...options })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(clusterMean({ values: [0.1, 0.1, 0.1], clusters: [1, 2, 2], ...options })).toMatchObject({
    because: { code: 'no-variation' },
  })
  expect(clusterMean({ values: [0, 1, 1, 0], clusters: [1, 1, 2, 2], ...options })).toMatchObject({
    because: { code: 'no-variation-between-clusters' },
  })
  expect(() => clusterMean({ values: [0, 1], clusters: [1, 2], correction: 'cr2', level: 95 })).toThrow(
    /level out of range/,
  )
})

test('meanInterval agrees with scipy ttest_1samp, and refuses one value and equal values', () => {
  const { interval } = estimate(meanInterval({ values: oracle.differences, skewness: 'ignore', level: 0.95 }))
  expect(interval.lower).toBeCloseTo(oracle.oneSample.lower, 12)
  expect(interval.upper).toBeCloseTo(oracle.oneSample.upper, 12)
  expect(meanInterval({ values: [3], skewness: 'ignore', level: 0.95 })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(meanInterval({ values: [0, 0, 0], skewness: 'ignore', level: 0.95 })).toMatchObject({
    because: { code: 'no-variation' },
  })
})
