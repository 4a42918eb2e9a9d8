import fc from 'fast-check'
import { expect, test } from 'vitest'
import reliability from '../../oracles/reliability/reliability.json' with { type: 'json' }
import oracle from '../../oracles/variants/variants.json' with { type: 'json' }
import { openRandom } from '../random/index.ts'
import { cochranQ } from './cochran-q.ts'
import { kendallW, midRanks } from './kendall-w.ts'
import type { HypothesisTest } from './result.ts'
import {
  designStandardError,
  itemDependability,
  type VarianceComponents,
  varianceComponents,
} from './variance-components.ts'
import { type VariantSpread, variantSpread } from './variant-spread.ts'

const spreadOf = (
  values: ArrayLike<number>,
  columns: number,
  options: { draws?: number; clusters?: readonly number[]; seed?: string } = {},
): VariantSpread => {
  const result = variantSpread({
    values,
    columns,
    clusters: options.clusters,
    level: 0.95,
    draws: options.draws ?? 999,
    random: openRandom(options.seed ?? 'spread'),
  })
  if (result.kind !== 'variant-spread') throw new Error(result.because.code)
  return result
}

test('cochranQ agrees with statsmodels cochrans_q, and on ranks with R friedman.test', () => {
  const { values, columns, statistic, p } = oracle.cochran
  const result = cochranQ({ values, columns, clusters: undefined }) as HypothesisTest
  expect(result.statistic).toBeCloseTo(statistic, 11)
  expect(result.pValue).toBeCloseTo(p, 12)
  const ranks = oracle.friedman.data.flatMap((row) => [...midRanks(Float64Array.from(row)).ranks])
  const friedman = cochranQ({ values: ranks, columns: 3, clusters: undefined }) as HypothesisTest
  expect(friedman.statistic).toBeCloseTo(oracle.friedman.chi2, 9)
  expect(friedman.pValue).toBeCloseTo(oracle.friedman.p, 12)
})

test('kendallW agrees with scipy with ties, and with Friedman of R without', () => {
  const { values, objects, w, statistic, p } = oracle.kendall
  expect(kendallW({ values, objects })).toMatchObject({
    w: expect.closeTo(w, 11),
    test: { statistic: expect.closeTo(statistic, 10), pValue: expect.closeTo(p, 11) },
    judges: 6,
  })
  expect(kendallW({ values: oracle.friedman.data.flat(), objects: 3 })).toMatchObject({
    test: { statistic: expect.closeTo(oracle.friedman.chi2, 9) },
  })
})

test('kendallW is 1 for equal orders, 0 for two opposite judges, unchanged by any increasing score, and refuses ties alone', () => {
  expect(kendallW({ values: [1, 2, 3, 10, 20, 90], objects: 3 })).toMatchObject({ w: 1 })
  expect(kendallW({ values: [1, 2, 3, 3, 2, 1], objects: 3 })).toMatchObject({ w: 0 })
  expect(kendallW({ values: [1, 1, 3, 5, 5, 9], objects: 3 })).toMatchObject({
    w: 1,
    uncorrected: expect.closeTo(0.75, 12),
  })
  expect(kendallW({ values: [1, 1, 2, 2], objects: 2 })).toMatchObject({ because: { code: 'no-variation' } })
  expect(kendallW({ values: [1, 2], objects: 2 })).toMatchObject({ because: { code: 'too-few-values' } })
})

test('variantSpread agrees with the exact permutation distribution, 0/1 and graded, 20,000 draws', () => {
  for (const { values, columns, spread, nullMean, spreadP, squaresP } of [oracle.smallBinary, oracle.smallGraded]) {
    const result = spreadOf(values, columns, { draws: 20_000 })
    const near = (value: number, exact: number) =>
      expect(Math.abs(value - exact)).toBeLessThan(5 * Math.sqrt((exact * (1 - exact)) / 20_000) + 1e-4)
    expect(result.spread).toBeCloseTo(spread, 12)
    expect(Math.abs(result.nullMean - nullMean)).toBeLessThan(0.01)
    near((result.spreadTest as HypothesisTest).pValue, spreadP)
    near((result.permutationQ as HypothesisTest).pValue, squaresP)
  }
})

test('variantSpread: both Q have one statistic, and their p-values agree when the table is large', () => {
  const { values, columns, p } = oracle.cochran
  const result = spreadOf(values, columns, { draws: 20_000 })
  const [permutation, chiSquared] = [result.permutationQ as HypothesisTest, result.chiSquaredQ as HypothesisTest]
  expect(permutation.statistic).toBeCloseTo(chiSquared.statistic, 10)
  expect(Math.abs(permutation.pValue - p)).toBeLessThan(0.03)
  expect(permutation.resolution).toBeCloseTo(1 / 20_001, 12)
  expect(result.means.map((mean) => mean * 40)).toEqual(
    Array.from({ length: 5 }, (_, j) =>
      expect.closeTo(
        values.filter((_, at) => at % 5 === j).reduce((sum, value) => sum + value, 0),
        9,
      ),
    ),
  )
})

const table = fc.integer({ min: 2, max: 4 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: columns, maxLength: columns }), {
      minLength: 2,
      maxLength: 12,
    }),
  }),
)

test('variantSpread does not depend on the order of items or variants; its p-values are not below 1/(B + 1)', () => {
  fc.assert(
    fc.property(table, ({ rows, columns }) => {
      const base = spreadOf(rows.flat(), columns, { draws: 99 })
      const { means, ...shuffled } = spreadOf(rows.toReversed().flat(), columns, { draws: 99 })
      expect(shuffled).toEqual({
        ...shuffled,
        spread: base.spread,
        nullMean: base.nullMean,
        spreadTest: base.spreadTest,
        permutationQ: base.permutationQ,
      })
      expect(means).toEqual(base.means)
      const mirrored = spreadOf(
        rows.flatMap((row) => row.toReversed()),
        columns,
        { draws: 99 },
      )
      expect(mirrored.spreadTest).toEqual(base.spreadTest)
      expect((base.spreadTest as HypothesisTest).pValue).toBeGreaterThanOrEqual(0.01 - 1e-12)
    }),
    { numRuns: 60 },
  )
})

test('variantSpread leaves incomplete items out, and adds up clusters', () => {
  const values = [1, 0, 1, Number.NaN, 1, 1, 0, 0, 1, 0, 0, 1]
  const result = spreadOf(values, 3)
  expect(result).toMatchObject({
    items: 3,
    incompleteItems: 1,
    spreadTest: { caveats: [{ code: 'incomplete-items-left-out', values: { items: 1 } }] },
  })
  // Two items of one cluster with opposite preferences cancel: nothing varies.
  expect(spreadOf([1, 0, 0, 1, 1, 1], 2, { clusters: [1, 1, 2] })).toMatchObject({
    varyingItems: 0,
    spreadTest: { pValue: 1, n: 2 },
    chiSquaredQ: { because: { code: 'variants-never-differ' } },
  })
  expect(() => spreadOf([1, Number.POSITIVE_INFINITY], 2)).toThrow(/not finite/)
  expect(() => spreadOf([1, 0, 1], 2)).toThrow(/wrong shape/)
  expect(
    variantSpread({ values: [1, 0], columns: 2, clusters: undefined, level: 0.95, draws: 99, random: openRandom(1) }),
  ).toMatchObject({ because: { code: 'too-few-values' } })
})

test('cochranQ of two variants is McNemar without continuity correction: (b − c)²/(b + c)', () => {
  const rows = [
    ...Array.from({ length: 25 }, () => [1, 0]),
    ...Array.from({ length: 12 }, () => [0, 1]),
    [1, 1],
    [0, 0],
  ]
  expect(cochranQ({ values: rows.flat(), columns: 2, clusters: undefined })).toMatchObject({
    statistic: expect.closeTo(169 / 37, 11),
    caveats: [],
  })
})

test('varianceComponents agree with numpy mean squares, with reruns and on Shrout and Fleiss without', () => {
  const { values, variants, runsPerCell, item, variant, interaction, rerun } = oracle.components
  expect(varianceComponents({ values, variants, runsPerCell })).toMatchObject({
    item: expect.closeTo(item, 11),
    variant: expect.closeTo(variant, 11),
    interaction: expect.closeTo(interaction, 11),
    rerun: expect.closeTo(rerun, 11),
  })
  const components = varianceComponents({
    values: reliability.shroutFleiss.data.flat(),
    variants: 4,
    runsPerCell: 1,
  }) as VarianceComponents
  expect(components).toMatchObject({
    item: expect.closeTo(2.55555556, 8),
    variant: expect.closeTo(5.24444444, 8),
    interaction: expect.closeTo(1.01944444, 8),
  })
  // Φ(1) of R: ICC(2,1), Φ(4): ICC(2,4).
  expect(itemDependability(components, { variants: 1, runsPerCell: 1 })).toBeCloseTo(0.289763779528, 10)
  expect(itemDependability(components, { variants: 4, runsPerCell: 1 })).toBeCloseTo(0.620050547599, 10)
})

test('designStandardError falls with items, variants and runs, down to the item noise, and equals its formula', () => {
  const components = varianceComponents(oracle.components) as VarianceComponents
  const error = (items: number, variants: number, runsPerCell: number) =>
    designStandardError(components, { items, variants, runsPerCell })
  const { item, variant, interaction, rerun } = oracle.components
  expect(error(7, 4, 3)).toBeCloseTo(Math.sqrt(variant / 4 + item / 7 + interaction / 28 + rerun / 84), 12)
  expect(error(100, 1, 1)).toBeGreaterThan(error(100, 4, 1))
  expect(error(100, 4, 1)).toBeGreaterThan(error(100, 4, 5))
  expect(error(100, 1e9, 1)).toBeCloseTo(Math.sqrt(item / 100), 6)
})

test('varianceComponents refuse constants and single rows; a negative component is shown raw and counts as 0', () => {
  expect(varianceComponents({ values: [1, 1, 1, 1], variants: 2, runsPerCell: 1 })).toMatchObject({
    because: { code: 'no-variation' },
  })
  expect(varianceComponents({ values: [1, 2], variants: 2, runsPerCell: 1 })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(() => varianceComponents({ values: [1, 2, 3], variants: 2, runsPerCell: 1 })).toThrow(/wrong shape/)
  const components = varianceComponents({ values: [1, 0, 0, 1], variants: 2, runsPerCell: 1 }) as VarianceComponents
  // MS_item = 0 and MS_residual = 1 by hand.
  expect(components.item).toBe(-0.5)
  expect(designStandardError(components, { items: 2, variants: 2, runsPerCell: 1 })).toBeCloseTo(0.5, 12)
  expect(itemDependability(components, { variants: 2, runsPerCell: 1 })).toMatchObject({
    because: { code: 'items-do-not-vary' },
  })
})
