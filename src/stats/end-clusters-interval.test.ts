import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterMean } from './cluster-mean.ts'
import { gpqaScores, itemMeans } from './fixtures/gpqa-scores.ts'
import { pairedDifference } from './paired-difference.ts'
import { twoWayClusterMean } from './resampling/two-way-cluster-mean.ts'
import type { Estimate, Outcome } from './result.ts'

interface Case {
  readonly name: string
  readonly values: number[]
  readonly clusters: number[]
  readonly range: { readonly lower: number; readonly upper: number }
  readonly level: number
  /** Skewed, or t leaves the range. */
  readonly skewed: boolean
  readonly plain: readonly [number, number]
  readonly interval: readonly [number, number]
}

// mpmath 1.3.0, every row and every added cluster written out: oracles/end-clusters/end-clusters.py.
const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/end-clusters/end-clusters.json', import.meta.url), 'utf8'),
) as Case[]

const asEstimate = (outcome: Outcome) => outcome as Estimate
/** Without a range a skewed mean allows for its skewness, and says what t alone gives. */
function tInterval(outcome: Outcome): { readonly lower: number; readonly upper: number } {
  const { caveats, interval } = asEstimate(outcome)
  const allowed = caveats.find(({ code }) => code === 'interval-allows-for-skewness')?.values
  return allowed === undefined ? interval : { lower: Number(allowed.lower), upper: Number(allowed.upper) }
}
const correction = 'cr2'
const unit = { lower: 0, upper: 1 }

test('clusterMean and pairedDifference with a range agree with mpmath, with and without clusters at the ends', () => {
  expect(oracle.map(({ skewed }) => skewed)).toEqual([true, true, true, false, true, true])
  for (const { name, values, clusters, range, level, plain, interval } of oracle) {
    const outcomes = [
      [tInterval(clusterMean({ values, clusters, correction, level })), plain],
      [asEstimate(clusterMean({ values, clusters, correction, range, level })).interval, interval],
      [
        asEstimate(pairedDifference({ differences: values, clusters, correction, range, level }).difference).interval,
        interval,
      ],
    ] as const
    for (const [given, [lower, upper]] of outcomes) {
      expect(Math.abs(given.lower - lower), `${name} lower`).toBeLessThan(1e-12)
      expect(Math.abs(given.upper - upper), `${name} upper`).toBeLessThan(1e-12)
    }
  }
})

test('a range changes no value, standard error or test, and the method and a caveat say that it changed the interval', () => {
  for (const { values, clusters, range, level } of oracle.filter(({ skewed }) => skewed)) {
    const shared = { differences: values, clusters, correction, level } as const
    const [plain, wide] = [pairedDifference({ ...shared, range: undefined }), pairedDifference({ ...shared, range })]
    expect(wide.test).toEqual(plain.test)
    const [from, to] = [asEstimate(plain.difference), asEstimate(wide.difference)]
    expect([to.value, to.standardError, to.n]).toEqual([from.value, from.standardError, from.n])
    expect(to.method).toBe('paired-cluster-robust-cr2-t-with-ends')
    expect(to.caveats.at(-1)).toMatchObject({
      code: 'interval-allows-for-unseen-clusters',
      values: { lower: tInterval(from).lower, upper: tInterval(from).upper },
    })
  }
})

test('graded differences that are not skewed keep the t interval: GPQA Diamond', () => {
  const [nano, mini] = gpqaScores().map(itemMeans)
  const differences = nano!.map((value, item) => value - mini![item]!)
  const shared = { differences, clusters: undefined, correction, level: 0.95 } as const
  const bounded = pairedDifference({ ...shared, range: { lower: -1, upper: 1 } })
  expect(bounded).toEqual(pairedDifference({ ...shared, range: undefined }))
})

const rows = fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 0.25, 1), fc.integer({ min: 0, max: 9 })), {
  minLength: 2,
  maxLength: 60,
})

test('a mean with a range holds the t interval cut to it, has width, mirrors, and ignores the order of rows, seed 41', () => {
  fc.assert(
    fc.property(rows, (sample) => {
      const of = (pairs: readonly (readonly [number, number])[], range: typeof unit | undefined) =>
        clusterMean({
          values: pairs.map(([value]) => value),
          clusters: pairs.map(([, cluster]) => cluster),
          correction,
          ...(range && { range }),
          level: 0.95,
        })
      const outcome = of(sample, unit)
      const plain = of(sample, undefined)
      expect(outcome.kind).toBe(plain.kind)
      if (outcome.kind !== 'estimate' || plain.kind !== 'estimate') return
      const { lower, upper } = outcome.interval
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeLessThanOrEqual(1)
      expect(upper).toBeGreaterThan(lower)
      expect(lower).toBeLessThanOrEqual(Math.max(0, tInterval(plain).lower))
      expect(upper).toBeGreaterThanOrEqual(Math.min(1, tInterval(plain).upper))
      expect(of(sample.toReversed(), unit)).toEqual(outcome)
      const mirrored = asEstimate(
        of(
          sample.map(([value, cluster]) => [1 - value, cluster]),
          unit,
        ),
      )
      // The rule of skewness may fall on either side of its limit by rounding: such samples are not compared.
      if (mirrored.method !== outcome.method) return
      expect(mirrored.interval.lower).toBeCloseTo(1 - upper, 10)
      expect(mirrored.interval.upper).toBeCloseTo(1 - lower, 10)
    }),
    { seed: 41, numRuns: 300 },
  )
})

test('twoWayClusterMean with a range treats both ways alike, stays inside and is wider where few rows differ', () => {
  const values = Float64Array.from({ length: 60 }, (_, row) => (row === 7 || row === 31 ? 1 : 0))
  const first = Int32Array.from(values, (_, row) => Math.floor(row / 3))
  const second = Int32Array.from(values, (_, row) => row % 3)
  const shared = { values, range: unit, level: 0.95 }
  const one = asEstimate(twoWayClusterMean({ ...shared, first, second }))
  const other = asEstimate(twoWayClusterMean({ ...shared, first: second, second: first }))
  const plain = asEstimate(twoWayClusterMean({ values, first, second, level: 0.95 }))
  expect(other.interval).toEqual(one.interval)
  expect(one.method).toBe('two-way-cluster-robust-t-with-ends')
  expect(one.interval.lower).toBe(0)
  expect(one.interval.upper).toBeGreaterThan(tInterval(plain).upper)
  expect(one.standardError).toBe(plain.standardError)
})

test('a range is refused without width or with scores outside; samples without variation stay refused', () => {
  const of = (values: readonly number[], range: typeof unit) =>
    clusterMean({ values, clusters: values.map((_, row) => row % 3), correction, range, level: 0.95 })
  expect(() => of([0, 1, 0], { lower: 1, upper: 1 })).toThrow('range without width')
  expect(() => of([0, 2, 0], unit)).toThrow('value outside range')
  expect(of([1, 1, 1], unit)).toMatchObject({ because: { code: 'no-variation' } })
  expect(of([1], unit)).toMatchObject({ because: { code: 'too-few-values' } })
})
