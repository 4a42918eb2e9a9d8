import fc from 'fast-check'
import { expect, test } from 'vitest'
import twoValued from '../../oracles/icc-two-valued/icc-two-valued.json' with { type: 'json' }
import oracle from '../../oracles/reliability/reliability.json' with { type: 'json' }
import { gpqaScores } from './fixtures/gpqa-scores.ts'
import { intraclassCorrelation, oneWayIcc } from './icc.ts'
import type { IccForm } from './icc-form.ts'
import { iccJackknife } from './icc-jackknife.ts'
import { tableLeavingOut } from './icc-leaving-out.ts'
import type { Estimate, Outcome } from './result.ts'

const forms: readonly IccForm[] = ['(1,1)', '(A,1)', '(C,1)', '(1,k)', '(A,k)', '(C,k)']
const asEstimate = (outcome: Outcome): Estimate => {
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('intraclassCorrelation of Shrout and Fleiss: values and intervals of R psych::ICC for all six forms', () => {
  const { data, icc, lo, hi } = oracle.shroutFleiss
  for (const [i, form] of forms.entries()) {
    const { value, interval, n } = asEstimate(
      intraclassCorrelation({ values: data.flat(), columns: 4, form, level: 0.95 }),
    )
    expect(value, form).toBeCloseTo(icc[i]!, 11)
    expect(interval.lower, form).toBeCloseTo(lo[i]!, 10)
    expect(interval.upper, form).toBeCloseTo(hi[i]!, 10)
    expect(n).toBe(6)
  }
})

test('oneWayIcc on GPQA Diamond: 0.6072 and 0.6656', () => {
  const values = gpqaScores().map((scores) => asEstimate(oneWayIcc({ ...scores, level: 0.95 })).value)
  expect(values).toEqual([expect.closeTo(0.6072, 4), expect.closeTo(0.6656, 4)])
})

test('oneWayIcc of unequal repeats agrees with scipy, and says that its interval is approximate', () => {
  const { groups, value, lower, upper } = oracle.unbalanced
  const values = groups.flat()
  const items = groups.flatMap((group, item) => group.map(() => item))
  const result = asEstimate(oneWayIcc({ values, items, level: 0.95 }))
  expect([result.value, result.interval.lower, result.interval.upper]).toEqual([
    expect.closeTo(value, 11),
    expect.closeTo(lower, 10),
    expect.closeTo(upper, 10),
  ])
  expect(result.caveats).toMatchObject([{ code: 'unequal-repeats-approximate' }])
})

const table = fc.integer({ min: 2, max: 5 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns }), {
      minLength: 3,
      maxLength: 9,
    }),
  }),
)

test('intraclassCorrelation is unchanged by scale, shift and order of rows and columns; C is blind to column shifts', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...forms), ({ rows, columns }, form) => {
      const run = (list: readonly (readonly number[])[]) =>
        intraclassCorrelation({ values: list.flat(), columns, form, level: 0.95 })
      const base = run(rows)
      fc.pre(base.kind === 'estimate')
      const same = (list: readonly (readonly number[])[]) => {
        const other = asEstimate(run(list))
        expect(other.value).toBeCloseTo(base.value, 8)
        if (base.interval.lower === Number.NEGATIVE_INFINITY) expect(other.interval.lower).toBeLessThan(-1e3)
        else expect(other.interval.lower / base.interval.lower).toBeCloseTo(1, 5)
        expect(other.interval.upper).toBeCloseTo(base.interval.upper, 6)
      }
      same(rows.map((row) => row.map((value) => 5 - 2 * value)))
      same(rows.toReversed())
      same(rows.map((row) => row.toReversed()))
      if (form.startsWith('(C')) same(rows.map((row) => row.map((value, j) => value + 10 * j)))
      expect(base.interval.lower).toBeLessThanOrEqual(base.value + 1e-9)
      expect(base.interval.upper).toBeGreaterThanOrEqual(base.value - 1e-9)
    }),
  )
})

test('oneWayIcc of equal repeats is intraclassCorrelation (1,1)', () => {
  fc.assert(
    fc.property(table, ({ rows, columns }) => {
      const one = oneWayIcc({
        values: rows.flat(),
        items: rows.flatMap((row, item) => row.map(() => item)),
        level: 0.9,
      })
      const two = intraclassCorrelation({ values: rows.flat(), columns, form: '(1,1)', level: 0.9 })
      expect(one.kind).toBe(two.kind)
      if (one.kind === 'not-estimable' || two.kind === 'not-estimable') return
      expect(one.value).toBeCloseTo(two.value, 9)
      expect(one.interval.lower).toBeCloseTo(two.interval.lower, 8)
    }),
  )
})

test('ICCs refuse one item, one column, constants, repeats that never differ, and missing cells', () => {
  const run = (values: readonly number[], columns: number) =>
    intraclassCorrelation({ values, columns, form: '(1,1)', level: 0.95 })
  expect(run([1, 2], 2)).toMatchObject({ because: { code: 'too-few-values' } })
  expect(run([1, 2], 1)).toMatchObject({ because: { code: 'too-few-values' } })
  expect(run([1, 1, 1, 1], 2)).toMatchObject({ because: { code: 'no-variation' } })
  expect(run([0.1, 0.1, 0.3, 0.3], 2)).toMatchObject({ because: { code: 'repeats-never-differ' } })
  expect(() => run([1, 2, 3], 2)).toThrow(/wrong shape/)
  expect(() => run([1, Number.NaN, 3, 4], 2)).toThrow(/not finite/)
  expect(oneWayIcc({ values: [1, 2], items: [1, 2], level: 0.95 })).toMatchObject({
    because: { code: 'needs-repeated-runs' },
  })
  expect(oneWayIcc({ values: [1, 1, 0, 0], items: [1, 1, 2, 2], level: 0.95 })).toMatchObject({
    because: { code: 'repeats-never-differ' },
  })
})

test('ICCs of 0/1 scores: the wider of F and of the jackknife recomputed by leaving items out, seed 8', () => {
  const column = fc.array(fc.nat(1), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(column, { minLength: 18, maxLength: 25 }), (rows) => {
      for (const form of ['(1,1)', '(A,1)', '(C,1)'] as const) {
        const of = (kept: readonly (readonly number[])[]) =>
          intraclassCorrelation({ values: kept.flat(), columns: 3, form, level: 0.95 })
        const whole = of(rows)
        const without = rows.map((_, item) => of(rows.filter((_, other) => other !== item)))
        if (whole.kind === 'not-estimable' || without.some(({ kind }) => kind === 'not-estimable')) continue
        const limits = iccJackknife(
          {
            value: whole.value,
            without: Float64Array.from(without, (each) => (each.kind === 'estimate' ? each.value : Number.NaN)),
            weights: new Float64Array(rows.length).fill(1),
          },
          { measurements: 3, level: 0.95 },
        )
        expect(whole.method).toMatch(/-jackknife$/)
        expect(whole.interval.lower).toBeLessThanOrEqual((limits?.lower ?? Number.NaN) + 1e-9)
        expect(whole.interval.upper).toBeGreaterThanOrEqual((limits?.upper ?? Number.NaN) - 1e-9)
        if (form !== '(1,1)') continue
        const items = rows.flatMap((row, item) => row.map(() => item))
        const oneWay = oneWayIcc({ values: rows.flat(), items, level: 0.95 })
        if (oneWay.kind === 'not-estimable') throw new Error(oneWay.because.code)
        expect(oneWay.interval.lower).toBeCloseTo(whole.interval.lower, 9)
        expect(oneWay.interval.upper).toBeCloseTo(whole.interval.upper, 9)
      }
    }),
    { seed: 8, numRuns: 25 },
  )
})

// SciPy 1.17.1, mean squares from deviations, unseen items as weighted rows: oracles/icc-two-valued/icc-two-valued.py.
test('ICC(1,1) of 0/1 scores agrees with the hull of F and two jackknives in SciPy', () => {
  for (const { name, counts, k, level, value, interval } of twoValued.cases) {
    const values = counts.flatMap((count) => Array.from({ length: k }, (_, run) => (run < count ? 1 : 0)))
    const items = counts.flatMap((_, item) => new Array<number>(k).fill(item))
    const outcomes = [
      intraclassCorrelation({ values, columns: k, form: '(1,1)', level }),
      oneWayIcc({ values, items, level }),
    ]
    for (const outcome of outcomes) {
      expect(asEstimate(outcome).value, name).toBeCloseTo(value, 10)
      expect(asEstimate(outcome).interval.lower, name).toBeCloseTo(interval[0] ?? Number.NaN, 9)
      expect(asEstimate(outcome).interval.upper, name).toBeCloseTo(interval[1] ?? Number.NaN, 9)
    }
  }
})

test('tableLeavingOut: unseen items of whole weight are rows of the table, for all forms, seed 9', () => {
  const column = fc.array(fc.nat(1), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(column, { minLength: 18, maxLength: 25 }), (rows) => {
      for (const form of ['(1,1)', '(A,1)', '(C,1)'] as const) {
        const table = Float64Array.from(rows.flat())
        const { value, without, weights } = tableLeavingOut({ table, k: 3, form })({ ofSuccess: 3, ofFailure: 0 })
        const unseen = [1, 1, 1].map(() => [1, 1, 1])
        const more = [...rows, ...unseen, [1, 0, 0], [0, 1, 0], [0, 0, 1]]
        const direct = intraclassCorrelation({ values: more.flat(), columns: 3, form, level: 0.95 })
        if (direct.kind === 'not-estimable') continue
        expect(value).toBeCloseTo(direct.value, 10)
        expect(Array.from(weights.subarray(rows.length))).toEqual([3, 1, 1, 1])
        const less = intraclassCorrelation({ values: more.slice(0, -1).flat(), columns: 3, form, level: 0.95 })
        if (less.kind === 'estimate') expect(without.at(-1)).toBeCloseTo(less.value, 10)
      }
    }),
    { seed: 9, numRuns: 30 },
  )
})

test('ICCs of 0/1 scores refuse a rarer value on fewer than 8 items; scale and reflection carry over', () => {
  const rows = Array.from({ length: 30 }, (_, item) => [item % 3 === 0 ? 1 : 0, item % 4 === 0 ? 1 : 0])
  const values = rows.flat()
  const limits = (scores: readonly number[]) => {
    const outcome = intraclassCorrelation({ values: scores, columns: 2, form: '(1,1)', level: 0.9 })
    return outcome.kind === 'estimate' ? [outcome.interval.lower, outcome.value, outcome.interval.upper] : []
  }
  for (const [at, value] of limits(values.map((score) => 5 - 2 * score)).entries())
    expect(value).toBeCloseTo(limits(values)[at] ?? Number.NaN, 9)
  const rare = values.map((score, at) => (at < 28 ? score : 0))
  expect(intraclassCorrelation({ values: rare, columns: 2, form: '(1,1)', level: 0.9 })).toMatchObject({
    because: { code: 'few-items-differ', values: { differing: 7, needed: 8 } },
  })
})
