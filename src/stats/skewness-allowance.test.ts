import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/skewness-allowance/skewness-allowance.json' with { type: 'json' }
import twoSamples from '../../oracles/skewness-allowance/two-samples.json' with { type: 'json' }
import { openRandom } from '../random/index.ts'
import { bootstrapTwoLevel } from './bootstrap-two-level.ts'
import { clusterMean } from './cluster-mean.ts'
import { meanInterval } from './mean-interval.ts'
import { pairedDifference } from './paired-difference.ts'
import { crossedBootstrap } from './resampling/crossed-bootstrap.ts'
import { twoWayClusterMean } from './resampling/two-way-cluster-mean.ts'
import type { Estimate, Outcome } from './result.ts'
import { skewnessAllowance } from './skewness-allowance.ts'
import { unpairedDifference } from './unpaired-difference.ts'

function estimated(outcome: Outcome): Estimate {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

const clustered = (rows: readonly (readonly number[])[]) => ({
  values: rows.flat(),
  clusters: rows.flatMap((row, cluster) => row.map(() => cluster)),
})

// SciPy 1.17.1, the added clusters written out: oracles/skewness-allowance/skewness-allowance.py.
test('clusterMean without a range agrees with SciPy where units are skewed, and is t where they are not', () => {
  expect(oracle.cases.map(({ skewed }) => skewed)).toEqual([true, true, false, true, true, false])
  for (const { name, rows, level, skewed, plain, interval } of oracle.cases) {
    const outcome = estimated(clusterMean({ ...clustered(rows), correction: 'cr2', level }))
    expect(outcome.interval.lower, name).toBeCloseTo(interval[0] ?? Number.NaN, 10)
    expect(outcome.interval.upper, name).toBeCloseTo(interval[1] ?? Number.NaN, 10)
    expect(outcome.method, name).toBe(skewed ? 'cluster-robust-cr2-t-with-skewness' : 'cluster-robust-cr2-t')
    const caveat = outcome.caveats.find(({ code }) => code === 'interval-allows-for-skewness')
    expect(caveat === undefined, name).toBe(!skewed)
    if (caveat === undefined) continue
    expect(caveat.values.lower, name).toBeCloseTo(plain[0] ?? Number.NaN, 10)
    expect(caveat.values.upper, name).toBeCloseTo(plain[1] ?? Number.NaN, 10)
  }
})

test('meanInterval and pairedDifference without a range agree with SciPy on the means of the same clusters', () => {
  for (const { name, rows, level, skewed, interval } of oracle.cases.slice(0, 3)) {
    const values = rows.map((row) => row.reduce((sum, x) => sum + x, 0) / row.length)
    const mean = estimated(meanInterval({ values, skewness: 'allow', level }))
    const paired = pairedDifference({
      differences: values,
      clusters: undefined,
      correction: 'cr2',
      range: undefined,
      level,
    })
    const pair = estimated(paired.difference)
    expect([mean.method, pair.method], name).toEqual(
      skewed ? ['mean-t-with-skewness', 'paired-t-with-skewness'] : ['mean-t', 'paired-t'],
    )
    for (const found of [mean, pair]) {
      expect(found.interval.lower, name).toBeCloseTo(interval[0] ?? Number.NaN, 10)
      expect(found.interval.upper, name).toBeCloseTo(interval[1] ?? Number.NaN, 10)
      const codes = found.caveats.map(({ code }) => code)
      expect(codes.includes('too-few-units-to-show-skewness'), name).toBe(rows.length < 20)
    }
    expect(paired.test).toMatchObject({ method: 'paired-t', caveats: [] })
    const ignored = estimated(meanInterval({ values, skewness: 'ignore', level }))
    expect(ignored).toMatchObject({ method: 'mean-t', caveats: [] })
    expect(ignored.interval.upper - ignored.interval.lower).toBeLessThanOrEqual(
      mean.interval.upper - mean.interval.lower,
    )
  }
})

test('meanInterval of independent 0/1 scores is clusterMean of clusters of one, to 1e-12', () => {
  const values = Float64Array.from({ length: 60 }, (_, i) => (i % 17 === 3 ? 1 : 0))
  const [alone, single] = [
    estimated(meanInterval({ values, skewness: 'allow', level: 0.95 })),
    estimated(clusterMean({ values, clusters: values.map((_, i) => i), correction: 'cr2', level: 0.95 })),
  ]
  expect(alone.method).toBe('mean-t-with-skewness')
  expect(alone.interval.lower).toBeCloseTo(single.interval.lower, 12)
  expect(alone.interval.upper).toBeCloseTo(single.interval.upper, 12)
})

test('unpairedDifference agrees with SciPy where units are skewed; the test and what reproduces others stay as they were', () => {
  expect(twoSamples.cases.map(({ skewed }) => skewed)).toEqual([true, true, false])
  for (const { name, first, second, level, skewed, plain, p, interval } of twoSamples.cases) {
    const samples = {
      first: { values: first, clusters: undefined },
      second: { values: second, clusters: undefined },
      reference: 't',
      level,
    } as const
    const { difference, test } = unpairedDifference({ ...samples, correction: 'exchangeable' })
    const found = estimated(difference)
    expect(found.interval.lower, name).toBeCloseTo(interval[0] ?? Number.NaN, 10)
    expect(found.interval.upper, name).toBeCloseTo(interval[1] ?? Number.NaN, 10)
    expect(found.method, name).toBe(skewed ? 'unpaired-welch-t-with-skewness' : 'unpaired-welch-t')
    expect(test.kind === 'test' ? test.pValue : Number.NaN, name).toBeCloseTo(p, 10)
    const turned = estimated(
      unpairedDifference({
        ...samples,
        first: samples.second,
        second: samples.first,
        correction: 'exchangeable',
      }).difference,
    )
    expect(turned.interval.lower, name).toBeCloseTo(-found.interval.upper, 12)
    const reproduced = estimated(unpairedDifference({ ...samples, correction: 'cr2' }).difference)
    expect(reproduced.interval.lower, name).toBeCloseTo(plain[0] ?? Number.NaN, 10)
    expect(reproduced.interval.upper, name).toBeCloseTo(plain[1] ?? Number.NaN, 10)
  }
})

const units = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 40 })

test('skewnessAllowance holds the t interval, mirrors, scales, and ignores the order of units, seed 5', () => {
  fc.assert(
    fc.property(units, fc.double({ min: 0.1, max: 5, noNaN: true }), (sample, scale) => {
      const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length
      fc.pre(sample.some((x) => Math.abs(x - mean) > 1e-3))
      const of = (values: readonly number[], factor: number) => {
        const centre = factor * mean
        return skewnessAllowance({
          pulls: Float64Array.from(values, (x) => (factor * x - centre) / values.length),
          otherVariance: 0.1 * factor ** 2,
          value: centre,
          degreesOfFreedom: values.length - 1,
          interval: { lower: centre - 1, upper: centre + 1, level: 0.95, kind: 'confidence', side: 'two-sided' },
          ends: undefined,
        })
      }
      const plain = of(sample, 1)
      if (plain === undefined) return
      expect(of(sample.toReversed(), 1)?.interval.upper).toBeCloseTo(plain.interval.upper, 10)
      expect(plain.interval.lower).toBeLessThanOrEqual(mean - 1)
      expect(plain.interval.upper).toBeGreaterThanOrEqual(mean + 1)
      const mirrored = of(sample, -1)
      expect(mirrored?.interval.lower).toBeCloseTo(-plain.interval.upper, 8)
      const large = of(sample, 1 + scale)
      if (large !== undefined && plain.interval.upper > mean + 1.01)
        expect(large.interval.upper).toBeGreaterThan((1 + scale) * mean + 1)
    }),
    { seed: 5, numRuns: 200 },
  )
})

test('skewnessAllowance is undefined for two units, equal pulls and none', () => {
  const interval = { lower: -1, upper: 1, level: 0.95, kind: 'confidence', side: 'two-sided' } as const
  for (const pulls of [[], [0.5, -0.5], [0, 0, 0], [1, -1, 1, -1]]) {
    const options = { pulls: Float64Array.from(pulls), otherVariance: 0, value: 0, degreesOfFreedom: 3, interval }
    expect(skewnessAllowance({ ...options, ends: undefined })).toBeUndefined()
    expect(skewnessAllowance({ ...options, ends: { low: -1, high: 1 } })).toBeUndefined()
  }
})

test('bootstraps and two-way means of rare successes allow for skewness and say so, seed 6', () => {
  const values = Float64Array.from({ length: 120 }, (_, row) => (row % 57 === 7 ? 1 : 0))
  const first = Int32Array.from(values, (_, row) => Math.floor(row / 4))
  const second = Int32Array.from(values, (_, row) => row % 4)
  const shared = { level: 0.95, draws: 400, random: openRandom(6) }
  const outcomes = [
    bootstrapTwoLevel({ of: { values }, clusters: first, resample: 'clusters', ...shared }),
    crossedBootstrap({ of: { values }, first, second, ...shared }),
    twoWayClusterMean({ values, first, second, level: 0.95 }),
  ]
  for (const outcome of outcomes) {
    const { caveats, interval, value } = estimated(outcome)
    expect(caveats.map(({ code }) => code)).toContain('interval-allows-for-skewness')
    expect(interval.upper - value).toBeGreaterThan(1.5 * (value - interval.lower))
  }
})

test('twoWayClusterMean reaches further toward the middle where few prompts carry the variance', () => {
  const rates = [0.9, 0.95, 0.85, 0.9, 0.6]
  const values = Array.from({ length: 200 }, (_, row) => ((row * 7) % 40 < 40 * (rates[row % 5] ?? 0) ? 1 : 0))
  const first = values.map((_, row) => Math.floor(row / 5))
  const second = values.map((_, row) => row % 5)
  const { value, interval } = estimated(
    twoWayClusterMean({ values, first, second, range: { lower: 0, upper: 1 }, level: 0.95 }),
  )
  expect(interval.upper).toBeLessThanOrEqual(1)
  expect(value - interval.lower).toBeGreaterThan(interval.upper - value)
})
