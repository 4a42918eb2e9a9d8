import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { itemRestCorrelations } from './item-rest.ts'

const of = (rows: readonly (readonly number[])[]) =>
  itemRestCorrelations({
    responses: Float64Array.from(rows.flat()),
    rows: rows.length,
    items: rows[0]?.length ?? 0,
    level: 0.95,
  })

const value = (each: ReturnType<typeof of>[number] | undefined) =>
  each?.correlation.kind === 'estimate' ? each.correlation.value : Number.NaN

// oracles/engine-analyses/values.py: NumPy corrcoef of each item with the sum of the others.
test('itemRestCorrelations of a 6 × 4 matrix: .53936, .73855, .70711, .38730', () => {
  const found = of([
    [1, 1, 1, 1],
    [1, 1, 1, 0],
    [1, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 0],
    [1, 1, 1, 0],
  ])
  for (const [item, expected] of [0.53936, 0.73855, Math.SQRT1_2, 0.3873].entries())
    expect(value(found[item])).toBeCloseTo(expected, 5)
  expect(found.map(({ difficulty }) => difficulty)).toEqual([5 / 6, 4 / 6, 3 / 6, 1 / 6])
})

test('itemRestCorrelations: a reversed item changes sign and its p mirrors; row order moves nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)), { minLength: 6, maxLength: 20 }), (rows) => {
      const plain = of(rows)[0]
      const reversed = of(rows.map(([a, ...rest]) => [1 - a, ...rest]))[0]
      const [a, b] = [value(plain), value(reversed)]
      if (Number.isNaN(a)) {
        expect(b).toBeNaN()
        return
      }
      expect(b).toBeCloseTo(-a, 12)
      const p = (each: typeof plain) => (each?.against.kind === 'test' ? each.against.pValue : Number.NaN)
      expect(p(plain) + p(reversed)).toBeCloseTo(1, 9)
      expect(value(of(rows.toReversed())[0])).toBeCloseTo(a, 12)
    }),
    { seed: 4, numRuns: 200 },
  )
})

test('itemRestCorrelations rejects unrelated items at .05 in 3.5–6.5 % of 4,000 items, seed 9', () => {
  const random = openRandom(9).split('items')
  let rejected = 0
  for (let run = 0; run < 4000; run++) {
    const rows = Array.from({ length: 30 }, () => {
      const ability = random.normal()
      return [random.uniform() < 0.3 ? 1 : 0, ...Array.from({ length: 9 }, () => (random.normal() < ability ? 1 : 0))]
    })
    const against = of(rows)[0]?.against
    if (against?.kind === 'test' && against.pValue < 0.05) rejected++
  }
  expect(Math.abs(rejected / 4000 - 0.05)).toBeLessThan(0.015)
})

test('itemRestCorrelations refuses constant items and few rows, skips unanswered, and stays finite at r = ±1', () => {
  expect(
    of([
      [1, 1],
      [1, 0],
      [1, 1],
      [1, 0],
    ])[0]?.correlation.kind,
  ).toBe('not-estimable')
  expect(
    of([
      [1, 1],
      [0, 0],
      [1, 1],
    ])[0]?.correlation,
  ).toMatchObject({ because: { code: 'too-few-values' } })
  const missing = of([
    [1, 1, 0],
    [0, 0, 1],
    [Number.NaN, 1, 1],
    [1, 1, 0],
    [0, 0, 1],
    [0, 0, 0],
  ])
  expect(missing[0]).toMatchObject({ answered: 5 })
  const perfect = of([
    [1, 1],
    [0, 0],
    [1, 1],
    [0, 0],
    [1, 1],
  ])[0]
  expect(value(perfect)).toBe(1)
  expect(perfect?.against).toMatchObject({ pValue: 1 })
  const inverse = of([
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
    [1, 0],
  ])[0]
  expect(inverse?.against.kind === 'test' && inverse.against.pValue).toBeLessThan(1e-12)
  expect(() => itemRestCorrelations({ responses: new Float64Array(5), rows: 2, items: 3, level: 0.95 })).toThrow()
})
