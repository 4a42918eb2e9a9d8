import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/resampling/resampling.json' with { type: 'json' }
import { openRandom } from '../random/index.ts'
import { bcaAcceleration, bootstrapBca } from './bootstrap-bca.ts'
import { bootstrapPercentile } from './bootstrap-percentile.ts'
import { bootstrapTwoLevel } from './bootstrap-two-level.ts'
import { convolutionPower } from './convolution-power.ts'
import { twoModels } from './fixtures/minstd.ts'
import type { Estimate, Outcome } from './result.ts'

const asEstimate = (outcome: Outcome): Estimate => {
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}
const run = (values: ArrayLike<number>, draws = 1000, seed = 1) => ({
  of: { values },
  level: 0.95,
  draws,
  random: openRandom(seed),
})

test('convolutionPower agrees with repeated convolution (numpy.convolve)', () => {
  const { counts, n, probabilities } = oracle.convolution
  const result = convolutionPower(
    Float64Array.from(counts, (count) => count / n),
    n,
  )
  expect(result.from).toBe(0)
  expect(result.probabilities.length).toBe(probabilities.length)
  for (const [k, probability] of probabilities.entries()) expect(result.probabilities[k]).toBeCloseTo(probability, 14)
})

test('convolutionPower of 20,000 skewed marks keeps to the sums that occur, and each is right to 1e-14', () => {
  const marks = Float64Array.of(0.9, 0.06, 0.02, 0.01, 0.01)
  const { from, probabilities } = convolutionPower(marks, 20_000)
  expect(probabilities.length).toBeLessThan(3_000)
  let total = 0
  let mean = 0
  for (const [i, probability] of probabilities.entries()) {
    total += probability
    mean += probability * (from + i)
  }
  expect(total).toBeCloseTo(1, 12)
  expect(mean).toBeCloseTo(20_000 * 0.17, 6)
  // Half of the marks are 0 with 0.9: the power of the sum of two halves is the power of the whole.
  const half = convolutionPower(marks, 10_000)
  for (const at of [3_300, 3_400, 3_500]) {
    let sum = 0
    for (const [i, probability] of half.probabilities.entries()) {
      sum += probability * (half.probabilities[at - half.from - i - half.from] ?? 0)
    }
    expect(probabilities[at - from]).toBeCloseTo(sum, 14)
  }
})

test('bootstrapPercentile of a 0/1 mean is the binomial, without random numbers (scipy binom.ppf)', () => {
  const { n, k, lower, upper } = oracle.binomial
  const values = Float64Array.from({ length: n }, (_, i) => (i < k ? 1 : 0))
  const result = asEstimate(bootstrapPercentile(run(values)))
  expect([result.interval.lower, result.interval.upper]).toEqual([expect.closeTo(lower, 12), expect.closeTo(upper, 12)])
  expect(result.standardError).toBeCloseTo(Math.sqrt((k * (n - k)) / n ** 3), 12)
  expect(asEstimate(bootstrapPercentile(run(values, 100, 2)))).toEqual(result)
  expect(result.method).toBe('bootstrap-percentile-exact')
})

test('bootstrap intervals of scores in fifths are exact: repeated convolution in numpy', () => {
  const { values, ...expected } = oracle.fifths
  const scores = values.map((value) => value / 5)
  const percentile = asEstimate(bootstrapPercentile(run(scores)))
  expect(percentile.interval.lower).toBeCloseTo(expected.lower, 12)
  expect(percentile.interval.upper).toBeCloseTo(expected.upper, 12)
  expect(percentile.standardError).toBeCloseTo(expected.standardDeviation, 12)
  const bca = asEstimate(bootstrapBca(run(scores)))
  expect(bca.interval.lower).toBeCloseTo(expected.bcaLower, 12)
  expect(bca.interval.upper).toBeCloseTo(expected.bcaUpper, 12)
  expect(bca.method).toBe('bootstrap-bca-exact')
})

test('bootstrap intervals of continuous scores agree with scipy.stats.bootstrap at 200,000 draws, seed 5', () => {
  const { values, bca, percentile } = oracle.skewed
  // A quantile at 0.025 of 40,000 draws has a standard error of about 0.002 here; the limit is four of them.
  const close = (result: Outcome, expected: readonly number[]) => {
    expect(Math.abs(asEstimate(result).interval.lower - expected[0]!)).toBeLessThan(0.008)
    expect(Math.abs(asEstimate(result).interval.upper - expected[1]!)).toBeLessThan(0.012)
  }
  close(bootstrapPercentile(run(values, 40_000, 5)), percentile)
  close(bootstrapBca(run(values, 40_000, 5)), bca)
})

test('bootstrap intervals of 14,042 0/1 scores agree with R boot and scipy within two items', () => {
  const { first } = twoModels()
  const [percentile, bca] = [bootstrapPercentile(run(first)), bootstrapBca(run(first))].map(asEstimate)
  for (const [result, expected] of [
    [percentile!, oracle.minstd.percentile],
    [bca!, oracle.minstd.bca],
  ] as const) {
    // The peers' quantiles are Monte Carlo: their standard error is 1.4 items of 14,042.
    expect(Math.abs(result.interval.lower - expected[0]!)).toBeLessThan(4 / 14_042)
    expect(Math.abs(result.interval.upper - expected[1]!)).toBeLessThan(4 / 14_042)
  }
})

test('bcaAcceleration of the ratio of R boot::city by jackknife: as numpy, Efron and Tibshirani eq. 14.15', () => {
  const { u, x, acceleration } = oracle.city
  const statistic = (rows: Int32Array) => {
    let [above, below] = [0, 0]
    for (const row of rows) {
      above += x[row]!
      below += u[row]!
    }
    return above / below
  }
  expect(bcaAcceleration({ rows: 10, statistic })).toBeCloseTo(acceleration, 10)
  const values = oracle.skewed.values
  const mean = (rows: Int32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length
  expect(bcaAcceleration({ rows: values.length, statistic: mean })).toBeCloseTo(bcaAcceleration({ values }), 10)
  const [ratio] = [
    asEstimate(bootstrapBca({ of: { rows: 10, statistic }, level: 0.9, draws: 4000, random: openRandom(3) })),
  ]
  expect(ratio.value).toBeCloseTo(1.5203125, 12)
  expect(ratio.interval.lower).toBeLessThan(1.5203125)
})

test('a mean as a general statistic gives the interval of the mean, within Monte Carlo error, seed 9', () => {
  const values = oracle.skewed.values
  const mean = (rows: Int32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length
  const general = asEstimate(
    bootstrapPercentile({
      of: { rows: values.length, statistic: mean },
      level: 0.95,
      draws: 20_000,
      random: openRandom(9),
    }),
  )
  const direct = asEstimate(bootstrapPercentile(run(values, 20_000, 10)))
  expect(Math.abs(general.interval.lower - direct.interval.lower)).toBeLessThan(0.012)
  expect(Math.abs(general.interval.upper - direct.interval.upper)).toBeLessThan(0.018)
})

test('bootstrap intervals do not depend on row order, and shift and scale with their values', () => {
  const values = fc.array(
    fc.integer({ min: -999, max: 999 }).map((k) => k / 97),
    { minLength: 4, maxLength: 15 },
  )
  fc.assert(
    fc.property(values, fc.nat(1000), (sample, seed) => {
      for (const bootstrap of [bootstrapPercentile, bootstrapBca]) {
        const base = bootstrap(run(sample, 200, seed))
        expect(bootstrap(run(sample.toReversed(), 200, seed))).toEqual(base)
        fc.pre(base.kind === 'estimate' && Math.max(...sample) - Math.min(...sample) > 1e-3)
        const moved = bootstrap(
          run(
            sample.map((value) => 3 + 2 * value),
            200,
            seed,
          ),
        )
        if (moved.kind !== 'estimate') continue
        expect(moved.interval.lower).toBeCloseTo(3 + 2 * base.interval.lower, 6)
        expect(moved.interval.upper).toBeCloseTo(3 + 2 * base.interval.upper, 6)
      }
    }),
    { numRuns: 50 },
  )
})

test('bootstrapTwoLevel of clusters: its error is that of cluster means, and of both levels it is larger, seed 4', () => {
  const clusters = Array.from({ length: 300 }, (_, row) => Math.floor(row / 10))
  const random = openRandom('two-level')
  const effects = Array.from({ length: 30 }, () => random.normal())
  const values = clusters.map((cluster) => effects[cluster]! + random.normal())
  const result = (
    resample: 'clusters' | 'clusters-and-rows',
    of: Parameters<typeof bootstrapTwoLevel>[0]['of'] = { values },
  ) => asEstimate(bootstrapTwoLevel({ of, clusters, resample, level: 0.95, draws: 8000, random: openRandom(4) }))
  const means = effects.map((_, g) => values.slice(10 * g, 10 * g + 10).reduce((sum, value) => sum + value, 0) / 10)
  const grand = means.reduce((sum, value) => sum + value, 0) / 30
  const exact = Math.sqrt(means.reduce((sum, value) => sum + (value - grand) ** 2, 0)) / 30
  // A standard deviation from 8,000 draws is known to 0.8 %.
  expect(Math.abs(result('clusters').standardError! / exact - 1)).toBeLessThan(0.03)
  expect(result('clusters-and-rows').standardError!).toBeGreaterThan(exact * 1.02)
  const statistic = (rows: Int32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length
  const general = result('clusters', { rows: 300, statistic })
  expect(general.interval.lower).toBeCloseTo(result('clusters').interval.lower, 10)
  expect(general.n).toBe(30)
  const both = result('clusters-and-rows', { rows: 300, statistic })
  expect(Math.abs(both.standardError! / result('clusters-and-rows').standardError! - 1)).toBeLessThan(0.04)
})

test('bootstrapTwoLevel with clusters of one row is the plain bootstrap, and keeps unequal clusters whole', () => {
  const values = oracle.skewed.values
  const plain = asEstimate(bootstrapPercentile(run(values, 20_000, 10)))
  const clusters = values.map((_, row) => row)
  const clustered = asEstimate(
    bootstrapTwoLevel({
      of: { values },
      clusters,
      resample: 'clusters',
      level: 0.95,
      draws: 20_000,
      random: openRandom(12),
    }),
  )
  // Two standard deviations of 20,000 draws each.
  expect(Math.abs(clustered.standardError! / plain.standardError! - 1)).toBeLessThan(0.03)
  expect(clustered.interval.upper - clustered.interval.lower).toBeGreaterThan(
    plain.interval.upper - plain.interval.lower,
  )
  const seen = new Set<number>()
  bootstrapTwoLevel({
    of: {
      rows: 6,
      statistic: (rows) => {
        // Clusters {0}, {1, 2}, {3, 4, 5}: rows 1 and 2 come equally often.
        const times = (row: number) => rows.filter((each) => each === row).length
        expect(times(1)).toBe(times(2))
        seen.add(rows.length)
        return times(0) + rows.length
      },
    },
    clusters: [0, 1, 1, 2, 2, 2],
    resample: 'clusters',
    level: 0.95,
    draws: 200,
    random: openRandom(1),
  })
  expect([...seen].sort()).toEqual([3, 4, 5, 6, 7, 8, 9])
})

test('bootstraps refuse equal values, too few units, few draws, NaN and statistics that fail', () => {
  for (const bootstrap of [bootstrapPercentile, bootstrapBca]) {
    expect(bootstrap(run([0, 0, 0, 0]))).toMatchObject({ because: { code: 'no-variation' } })
    expect(bootstrap(run([1]))).toMatchObject({ because: { code: 'too-few-values' } })
    expect(() => bootstrap(run([0, Number.NaN, 1]))).toThrow(/not finite/)
    expect(() => bootstrap(run([0, 1, 2.5], 10))).toThrow(/too few draws/)
    expect(() =>
      bootstrap({ of: { rows: 3, statistic: () => Number.NaN }, level: 0.95, draws: 100, random: openRandom(1) }),
    ).toThrow(/statistic not finite/)
    expect(asEstimate(bootstrap(run([0, 1, 1, 0.2]))).caveats[0]).toMatchObject({ code: 'few-units-for-bootstrap' })
  }
  const two = (values: readonly number[], clusters: readonly number[]) =>
    bootstrapTwoLevel({
      of: { values },
      clusters,
      resample: 'clusters',
      level: 0.95,
      draws: 100,
      random: openRandom(1),
    })
  expect(two([0, 1], [1, 1])).toMatchObject({ because: { code: 'too-few-values' } })
  expect(two([1, 1, 1], [1, 2, 3])).toMatchObject({ because: { code: 'no-variation' } })
  expect(() => two([1, 0], [1])).toThrow(/lengths differ/)
})
