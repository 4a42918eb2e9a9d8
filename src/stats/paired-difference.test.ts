import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/means/means.json' with { type: 'json' }
import { designEffect, designEffectOfIcc } from './design-effect.ts'
import { gpqaScores, itemMeans } from './fixtures/gpqa-scores.ts'
import { pairedDifference } from './paired-difference.ts'
import type { Estimate, HypothesisTest, Outcome, TestOutcome } from './result.ts'
import { unpairedDifference } from './unpaired-difference.ts'

const asEstimate = (outcome: Outcome) => outcome as Estimate
const asTest = (outcome: TestOutcome) => outcome as HypothesisTest
const options = { clusters: undefined, correction: 'cr2', range: { lower: -1, upper: 1 }, level: 0.95 } as const

const [nano, mini] = gpqaScores()
const first = itemMeans(nano!)
const second = itemMeans(mini!)
const differences = first.map((value, item) => value - second[item]!)

test('pairedDifference on GPQA Diamond: 0.0585859, SE 0.0277885, [0.0037848, 0.1133869], p 0.0362710', () => {
  const { difference, test: tested } = pairedDifference({ differences, ...options })
  const { value, standardError, interval, n, degreesOfFreedom, method } = asEstimate(difference)
  expect(value).toBeCloseTo(0.0585859, 7)
  expect(standardError).toBeCloseTo(0.0277885, 7)
  expect([interval.lower, interval.upper]).toEqual([expect.closeTo(0.0037848, 7), expect.closeTo(0.1133869, 7)])
  expect({ n, degreesOfFreedom, method }).toEqual({ n: 198, degreesOfFreedom: 197, method: 'paired-t' })
  expect(asTest(tested).pValue).toBeCloseTo(0.036271, 7)
})

test('unpairedDifference on GPQA Diamond reproduces the published normal interval and p 0.1478468', () => {
  const { difference, test: tested } = unpairedDifference({
    first: { values: first, clusters: undefined },
    second: { values: second, clusters: undefined },
    correction: 'cr2',
    reference: 'normal',
    level: 0.95,
  })
  expect(asEstimate(difference).standardError).toBeCloseTo(0.0404828, 7)
  expect(asEstimate(difference).interval.lower).toBeCloseTo(-0.020759, 7)
  expect(asEstimate(difference).interval.upper).toBeCloseTo(0.1379307, 7)
  expect(asTest(tested).pValue).toBeCloseTo(0.1478468, 7)
})

test('unpairedDifference of clustered runs equals that of item means where items have equal numbers of runs', () => {
  const run = (a: ArrayLike<number>, b: ArrayLike<number>, clusters?: readonly [Int32Array, Int32Array]) =>
    asEstimate(
      unpairedDifference({
        first: { values: a, clusters: clusters?.[0] },
        second: { values: b, clusters: clusters?.[1] },
        correction: 'cr1',
        reference: 't',
        level: 0.95,
      }).difference,
    )
  const clustered = run(nano!.values, mini!.values, [nano!.items, mini!.items])
  expect(clustered.standardError).toBeCloseTo(run(first, second).standardError!, 12)
  expect(clustered.method).toBe('unpaired-cluster-robust-cr1-welch-t')
})

test('unpairedDifference agrees with scipy ttest_ind(equal_var=False), and refuses one value and no variation', () => {
  const { a, b, statistic, p, df, lower, upper } = oracle.welch
  const run = (x: readonly number[], y: readonly number[]) =>
    unpairedDifference({
      first: { values: x, clusters: undefined },
      second: { values: y, clusters: undefined },
      correction: 'cr1',
      reference: 't',
      level: 0.95,
    })
  const { difference, test: tested } = run(a, b)
  expect(asTest(tested).statistic).toBeCloseTo(statistic, 12)
  expect(asTest(tested).pValue).toBeCloseTo(p, 12)
  expect(asTest(tested).degreesOfFreedom).toBeCloseTo(df, 10)
  expect([asEstimate(difference).interval.lower, asEstimate(difference).interval.upper]).toEqual([
    expect.closeTo(lower, 11),
    expect.closeTo(upper, 11),
  ])
  expect(run([1], [1, 2]).difference).toMatchObject({ because: { code: 'too-few-values' } })
  expect(run([1, 1], [2, 2]).test).toMatchObject({ because: { code: 'no-variation' } })
})

test('pairedDifference by subject agrees with full matrices, and swaps sign when the systems swap', () => {
  for (const correction of ['cr0', 'cr1', 'cr2', 'cr3'] as const) {
    const run = (values: readonly number[]) =>
      pairedDifference({ differences: values, clusters: oracle.clusters, correction, range: undefined, level: 0.95 })
    const [there, back] = [run(oracle.differences), run(oracle.differences.map((d) => -d))]
    expect(asEstimate(there.difference).standardError).toBeCloseTo(oracle.robust[correction].standardError, 12)
    expect(asEstimate(back.difference).interval.lower).toBeCloseTo(-asEstimate(there.difference).interval.upper, 12)
    expect(asTest(back.test).pValue).toBeCloseTo(asTest(there.test).pValue, 12)
  }
  const { statistic, p } = oracle.oneSample
  const plain = pairedDifference({ ...options, differences: oracle.differences, range: undefined })
  expect(asTest(plain.test).statistic).toBeCloseTo(statistic, 12)
  expect(asTest(plain.test).pValue).toBeCloseTo(p, 12)
})

test('pairedDifference stays in its range and has width even where every difference is the same', () => {
  const values = fc.array(fc.constantFrom(-1, 0, 1), { minLength: 2, maxLength: 12 })
  fc.assert(
    fc.property(values, (sample) => {
      const { interval, value } = asEstimate(pairedDifference({ ...options, differences: sample }).difference)
      expect(interval.lower).toBeGreaterThanOrEqual(-1)
      expect(interval.upper).toBeLessThanOrEqual(1)
      expect(interval.upper).toBeGreaterThan(interval.lower)
      expect(value >= interval.lower - 1e-12 && value <= interval.upper + 1e-12).toBe(true)
    }),
  )
  const same = pairedDifference({ ...options, differences: [0, 0, 0] })
  expect(same.test).toMatchObject({ because: { code: 'no-variation' } })
  expect(asEstimate(same.difference)).toMatchObject({ value: 0, method: 'no-variation-bound' })
  expect(pairedDifference({ ...options, differences: [0, 0], range: undefined }).difference).toMatchObject({
    because: { code: 'no-variation' },
  })
})

test('pairedDifference says when few pairs differ, and refuses one pair and impossible differences', () => {
  const few = Float64Array.from({ length: 100 }, (_, i) => (i < 6 ? 1 : 0))
  expect(asTest(pairedDifference({ ...options, differences: few }).test).caveats).toMatchObject([
    { code: 'few-units-differ', values: { differing: 6, units: 100 } },
  ])
  expect(pairedDifference({ ...options, differences: [1] }).difference).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(() => pairedDifference({ ...options, differences: [0, 1.5] })).toThrow(/outside range/)
})

test('designEffect on GPQA Diamond: 3.4373 and 3.6724, clustered SE 0.0275956 and 0.0296200', () => {
  const effects = [nano!, mini!].map(({ values, items }) =>
    designEffect({ values, clusters: items, correction: 'cr1' }),
  )
  expect(effects).toMatchObject([
    {
      designEffect: expect.closeTo(3.4373, 4),
      clusteredStandardError: expect.closeTo(0.0275956, 7),
      naiveStandardError: expect.closeTo(0.0148844, 7),
    },
    {
      designEffect: expect.closeTo(3.6724, 4),
      clusteredStandardError: expect.closeTo(0.02962, 7),
      naiveStandardError: expect.closeTo(0.0154563, 7),
    },
  ])
})

test('designEffect of single rows is 1, of copied rows nearly the number of copies; constants are refused', () => {
  const values = [0, 1, 1, 0, 1, 0.5]
  const run = (rows: readonly number[], clusters: readonly number[]) =>
    designEffect({ values: rows, clusters, correction: 'cr1' })
  expect(run(values, [1, 2, 3, 4, 5, 6])).toMatchObject({
    designEffect: expect.closeTo(1, 12),
    effectiveRows: expect.closeTo(6, 10),
  })
  const copies = values.flatMap((value) => Array.from({ length: 50 }, () => value))
  // (N − 1)/(G − 1) copies exactly, because the naive variance divides by N − 1 = 299 and the clustered by G − 1 = 5.
  expect(
    run(
      copies,
      copies.map((_, row) => Math.floor(row / 50)),
    ),
  ).toMatchObject({ designEffect: expect.closeTo(299 / 5, 9) })
  expect(run([1, 1], [1, 2])).toMatchObject({ because: { code: 'no-variation' } })
  expect(designEffectOfIcc({ rowsPerCluster: 10, icc: 0.2 })).toBeCloseTo(2.8, 12)
})
