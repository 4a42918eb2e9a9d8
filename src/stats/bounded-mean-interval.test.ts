import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/means/means.json' with { type: 'json' }
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import type { Estimate } from './result.ts'

const unit = { lower: 0, upper: 1 } as const

function bounded(values: ArrayLike<number>, clusters?: ArrayLike<number>, level = 0.95): Estimate {
  const outcome = boundedMeanInterval({ values, clusters, range: unit, level })
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('boundedMeanInterval agrees with an independent program on all its branches', () => {
  const cases = {
    binaryClustered: bounded(oracle.binary, oracle.clusters),
    binaryClustered99: bounded(oracle.binary, oracle.clusters, 0.99),
    gradedClustered: bounded(oracle.graded, oracle.clusters),
    binary: bounded(oracle.binary),
    graded: bounded(oracle.graded),
    nearEnd: bounded(oracle.nearEnd),
  }
  for (const [name, result] of Object.entries(cases)) {
    const expected = oracle.bounded[name as keyof typeof cases]
    expect(result.value, name).toBeCloseTo(expected.value, 12)
    expect(result.standardError, name).toBeCloseTo(expected.standardError, 12)
    expect(result.interval.lower, name).toBeCloseTo(expected.lower, 10)
    expect(result.interval.upper, name).toBeCloseTo(expected.upper, 10)
  }
  expect(Object.values(cases).map(({ method }) => method)).toEqual([
    'korn-graubard',
    'korn-graubard',
    'effective-size-beta',
    'clopper-pearson',
    'effective-size-beta',
    'effective-size-beta-worst-case',
  ])
})

test('boundedMeanInterval of 0 of 5000 has upper bound 7.375e-4, and of 6 of 6 lower bound 0.5407', () => {
  expect(bounded(new Float64Array(5000)).interval).toMatchObject({ lower: 0, upper: 0.000737503801108105 })
  const perfect = bounded(new Float64Array(6).fill(1))
  expect(perfect.interval.lower).toBeCloseTo(0.5407419, 6)
  expect(perfect.interval.upper).toBe(1)
  expect(perfect.standardError).toBeUndefined()
})

test('boundedMeanInterval of independent 0/1 scores is Clopper–Pearson: R binom.test(5, 100), (1, 20)', () => {
  const five = bounded(Float64Array.from({ length: 100 }, (_, i) => (i < 5 ? 1 : 0))).interval
  expect(five.lower).toBeCloseTo(0.01643187918, 10)
  expect(five.upper).toBeCloseTo(0.1128349111, 9)
  const one = bounded(Float64Array.from({ length: 20 }, (_, i) => (i < 1 ? 1 : 0))).interval
  expect([one.lower, one.upper]).toEqual([expect.closeTo(0.00126508949795, 12), expect.closeTo(0.248732762772, 11)])
})

test('boundedMeanInterval of zero events in clusters counts clusters, not rows', () => {
  const clusters = Array.from({ length: 100 }, (_, row) => row % 10)
  const result = bounded(new Float64Array(100), clusters)
  expect(result.interval.upper).toBeCloseTo(1 - 0.025 ** (1 / 10), 12)
  expect(result).toMatchObject({ n: 10, caveats: [{ code: 'worst-case-clustering', values: { effective: 10 } }] })
})

const sample = fc.integer({ min: 2, max: 40 }).chain((rows) =>
  fc.record({
    values: fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(0, 1) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 1000 }).map((k) => k / 1000) },
      ),
      { minLength: rows, maxLength: rows },
    ),
    clusters: fc.option(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: rows, maxLength: rows }), {
      nil: undefined,
    }),
    level: fc.constantFrom(0.8, 0.95, 0.999),
  }),
)

test('boundedMeanInterval lies inside the range, contains the mean, and has positive width', () => {
  fc.assert(
    fc.property(sample, ({ values, clusters, level }) => {
      const outcome = boundedMeanInterval({ values, clusters, range: unit, level })
      if (outcome.kind === 'not-estimable') {
        expect(new Set(clusters).size).toBe(1)
        return
      }
      const { lower, upper } = outcome.interval
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeLessThanOrEqual(1)
      expect(lower).toBeLessThanOrEqual(outcome.value + 1e-12)
      expect(upper).toBeGreaterThanOrEqual(outcome.value - 1e-12)
      expect(upper - lower).toBeGreaterThan(1e-6)
    }),
    { numRuns: 500 },
  )
})

test('boundedMeanInterval mirrors with its scores, moves with its scale, and widens with its level', () => {
  fc.assert(
    fc.property(sample, ({ values, clusters }) => {
      const run = (scores: readonly number[], range: { lower: number; upper: number } = unit, level = 0.95) =>
        boundedMeanInterval({ values: scores, clusters, range, level })
      const base = run(values)
      const mirrored = run(values.map((value) => 1 - value))
      const points = run(
        values.map((value) => 100 * value - 20),
        { lower: -20, upper: 80 },
      )
      const wider = run(values, unit, 0.99)
      fc.pre(
        base.kind === 'estimate' &&
          mirrored.kind === 'estimate' &&
          points.kind === 'estimate' &&
          wider.kind === 'estimate',
      )
      expect(mirrored.interval.lower).toBeCloseTo(1 - base.interval.upper, 9)
      expect(mirrored.interval.upper).toBeCloseTo(1 - base.interval.lower, 9)
      expect(points.interval.upper).toBeCloseTo(100 * base.interval.upper - 20, 7)
      expect(wider.interval.lower).toBeLessThanOrEqual(base.interval.lower)
      expect(wider.interval.upper).toBeGreaterThanOrEqual(base.interval.upper)
    }),
  )
})

test('boundedMeanInterval of clustered rows is never narrower than of rows taken as independent 0/1 trials', () => {
  const rows = fc.array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 5 })), {
    minLength: 4,
    maxLength: 60,
  })
  fc.assert(
    fc.property(rows, (table) => {
      const values = table.map(([value]) => value)
      const clusters = table.map(([, cluster]) => cluster)
      fc.pre(new Set(clusters).size > 1)
      const [naive, robust] = [bounded(values), bounded(values, clusters)]
      expect(robust.interval.lower).toBeLessThanOrEqual(naive.interval.lower + 1e-12)
      expect(robust.interval.upper).toBeGreaterThanOrEqual(naive.interval.upper - 1e-12)
    }),
  )
})

test('boundedMeanInterval puts averages that rounding moved past an end back on it', () => {
  const tenth = [0.1, 0.2, 0.7].reduce((sum, value) => sum + value, 0) // 0.9999999999999999
  expect(bounded([tenth, 1 + 2e-16, 0, 1])).toEqual(bounded([1, 1, 0, 1]))
})

test('boundedMeanInterval does not depend on the order of rows', () => {
  const [first, second] = [bounded([0.1, 0.9, 0.3, 1], [2, 1, 2, 5]), bounded([1, 0.3, 0.1, 0.9], [5, 2, 2, 1])]
  expect(second).toEqual(first)
})

test('boundedMeanInterval of equal scores inside the range says how far unseen ones could move the mean', () => {
  const result = bounded([0.5, 0.5, 0.5, 0.5])
  const unseen = 1 - 0.025 ** (1 / 4)
  expect(result.interval.lower).toBeCloseTo(0.5 * (1 - unseen), 12)
  expect(result.interval.upper).toBeCloseTo(0.5 + 0.5 * unseen, 12)
  expect(result.caveats[0]?.code).toBe('no-variation-observed')
})

test('boundedMeanInterval answers for one score, and refuses none, one cluster of several rows, and scores out of range', () => {
  expect(bounded([1]).interval).toMatchObject({ lower: expect.closeTo(0.025, 12), upper: 1 })
  const run = (values: readonly number[], clusters?: readonly number[]) =>
    boundedMeanInterval({ values, clusters, range: unit, level: 0.95 })
  expect(run([])).toMatchObject({ because: { code: 'too-few-values', values: { needed: 1, given: 0 } } })
  expect(run([0, 1, 1], [3, 3, 3])).toMatchObject({
    because: { code: 'too-few-values', values: { needed: 2, given: 1 } },
  })
  expect(() => run([0, 1.2])).toThrow(/value outside range/)
  expect(() => run([0, Number.NaN])).toThrow(/value outside range/)
  expect(() =>
    boundedMeanInterval({ values: [1], clusters: undefined, range: { lower: 1, upper: 1 }, level: 0.95 }),
  ).toThrow(/without width/)
})
