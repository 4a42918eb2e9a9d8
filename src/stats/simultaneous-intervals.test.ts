import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import { type SimultaneousIntervals, simultaneousIntervals, subgroupIntervals } from './simultaneous-intervals.ts'

const unit = { lower: 0, upper: 1 } as const
function simultaneous(values: ArrayLike<number>, columns: number, clusters?: readonly number[]): SimultaneousIntervals {
  const result = simultaneousIntervals({
    values,
    columns,
    clusters,
    range: unit,
    level: 0.95,
    draws: 4000,
    random: openRandom('bands'),
  })
  if (result.kind !== 'simultaneous-intervals') throw new Error(result.because.code)
  return result
}

test('simultaneousIntervals of one column copied 5 times need no correction, of independent columns nearly Šidák’s', () => {
  const random = openRandom('columns')
  const copies = Array.from({ length: 400 }, () => Array.from({ length: 5 }).fill(random.integer(2)) as number[])
  expect(Math.abs(simultaneous(copies.flat(), 5).pointwiseLevel - 0.95)).toBeLessThan(0.008)
  const independent = Array.from({ length: 2000 }, () => random.integer(2))
  // Šidák: 0.95^(1/5) = 0.98979; four standard errors of a quantile of 4,000 draws.
  expect(Math.abs(simultaneous(independent, 5).pointwiseLevel - 0.95 ** 0.2)).toBeLessThan(0.004)
})

test('simultaneousIntervals are boundedMeanInterval at the pointwise level; best, worst and spread follow from them', () => {
  const random = openRandom('rates')
  const values = Array.from({ length: 300 }, (_, at) => (random.uniform() < 0.2 + 0.2 * (at % 3) ? 1 : 0))
  const result = simultaneous(values, 3)
  for (const [j, column] of result.columns.entries()) {
    const direct = boundedMeanInterval({
      values: values.filter((_, at) => at % 3 === j),
      clusters: undefined,
      range: unit,
      level: result.pointwiseLevel,
    })
    if (direct.kind !== 'estimate') throw new Error('refused')
    expect(column.interval).toEqual({ ...direct.interval, level: 0.95 })
  }
  const [lowers, uppers] = [
    result.columns.map(({ interval }) => interval.lower),
    result.columns.map(({ interval }) => interval.upper),
  ]
  expect(result.best.interval).toMatchObject({ lower: Math.max(...lowers), upper: Math.max(...uppers) })
  expect(result.worst.interval).toMatchObject({ lower: Math.min(...lowers), upper: Math.min(...uppers) })
  expect(result.spread.interval.lower).toBe(Math.max(0, Math.max(...lowers) - Math.min(...uppers)))
  expect(result.best.caveats[0]?.code).toBe('extreme-of-several-leans-outward')
})

const table = fc.integer({ min: 2, max: 4 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(fc.array(fc.constantFrom(0, 0.5, 1), { minLength: columns, maxLength: columns }), {
      minLength: 2,
      maxLength: 12,
    }),
  }),
)

test('simultaneousIntervals lie between pointwise and Bonferroni, stay in range, and ignore the order of items', () => {
  fc.assert(
    fc.property(table, ({ rows, columns }) => {
      const result = simultaneous(rows.flat(), columns)
      expect(simultaneous(rows.toReversed().flat(), columns)).toEqual(result)
      expect(result.pointwiseLevel).toBeGreaterThanOrEqual(0.95)
      expect(result.pointwiseLevel).toBeLessThanOrEqual(1 - 0.05 / columns + 1e-12)
      for (const { value, interval } of [...result.columns, result.best, result.worst, result.spread]) {
        expect(interval.lower).toBeGreaterThanOrEqual(0)
        expect(interval.upper).toBeLessThanOrEqual(1)
        expect(value >= interval.lower - 1e-12 && value <= interval.upper + 1e-12).toBe(true)
        expect(interval.upper).toBeGreaterThan(interval.lower)
      }
    }),
    { numRuns: 40 },
  )
})

test('simultaneousIntervals fall back to Bonferroni for a column without variation, count incomplete items, and refuse one item', () => {
  const result = simultaneous([1, 0, 1, 1, 1, 0, 1, Number.NaN], 2)
  expect(result).toMatchObject({ pointwiseLevel: 0.975, items: 3, incompleteItems: 1 })
  expect(result.best).toMatchObject({ value: 1, method: 'simultaneous-bonferroni' })
  expect(
    simultaneousIntervals({
      values: [1, 0],
      columns: 2,
      clusters: undefined,
      range: unit,
      level: 0.95,
      draws: 100,
      random: openRandom(1),
    }),
  ).toMatchObject({ because: { code: 'too-few-values' } })
  expect(simultaneous([1, 0, 0, 1, 1, 0, 0, 0], 2, [1, 1, 2, 2])).toMatchObject({ best: { n: 2 } })
})

test('subgroupIntervals are Bonferroni’s and keep the reason of a group that cannot be estimated', () => {
  const outcomes = subgroupIntervals({
    groups: [
      { values: [1, 0, 1], clusters: undefined },
      { values: [0, 1], clusters: [3, 3] },
    ],
    range: unit,
    level: 0.95,
  })
  const direct = boundedMeanInterval({ values: [1, 0, 1], clusters: undefined, range: unit, level: 0.975 })
  expect(outcomes[0]).toMatchObject({
    interval: { level: 0.95, lower: direct.kind === 'estimate' ? direct.interval.lower : 0 },
    method: 'simultaneous-bonferroni-clopper-pearson',
  })
  expect(outcomes[1]).toMatchObject({ because: { code: 'too-few-values' } })
  expect(() => subgroupIntervals({ groups: [], range: unit, level: 0.95 })).toThrow(/no groups/)
})
