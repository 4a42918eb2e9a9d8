import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterTotals, groupClusters } from './clusters.ts'

test('groupClusters orders clusters by code and values inside them, whatever the order of rows', () => {
  const rows = fc.array(
    fc.record({ value: fc.double({ noNaN: true, min: -1e6, max: 1e6 }), code: fc.integer({ min: -3, max: 9 }) }),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(rows, fc.infiniteStream(fc.nat()), (table, keys) => {
      const shuffled = table
        .map((row) => ({ row, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ row }) => row)
      const group = (list: typeof table) =>
        groupClusters(
          list.map(({ value }) => value),
          list.map(({ code }) => code),
        )
      expect(group(shuffled)).toEqual(group(table))
      expect(group(table).sizes.reduce((sum, size) => sum + size, 0)).toBe(table.length)
    }),
  )
})

test('groupClusters without codes makes every value its own cluster', () => {
  expect(groupClusters([3, 1, 2], undefined)).toMatchObject({ count: 3, mean: 2, sizes: Float64Array.of(1, 1, 1) })
})

test('groupClusters refuses NaN, infinities, unequal lengths and codes that are no integers', () => {
  expect(() => groupClusters([1, Number.NaN], undefined)).toThrow(/value not finite/)
  expect(() => groupClusters([Number.NEGATIVE_INFINITY], undefined)).toThrow(/value not finite/)
  expect(() => groupClusters([1, 2], [1])).toThrow(/lengths differ/)
  expect(() => groupClusters([1, 2], [1, 1.5])).toThrow(/not an integer/)
})

test('groupClusters gives codes far apart the same clusters as codes close together', () => {
  const rows = fc.array(fc.tuple(fc.double({ noNaN: true, min: -9, max: 9 }), fc.nat({ max: 6 })), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(rows, (table) => {
      const values = table.map(([value]) => value)
      const group = (stretch: number) =>
        groupClusters(
          values,
          table.map(([, code]) => stretch * code - 3),
        )
      expect(group(1e12)).toEqual(group(1))
    }),
  )
})

test('clusterTotals gives the totals of groupClusters to the last bit, for quarters as for real values and far codes', () => {
  const quarters = fc.integer({ min: -8, max: 8 }).map((steps) => steps / 4)
  const reals = fc.double({ noNaN: true, min: -1e6, max: 1e6 })
  const rows = (value: fc.Arbitrary<number>) =>
    fc.array(fc.tuple(value, fc.integer({ min: -3, max: 6 })), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.oneof(rows(quarters), rows(reals)), fc.constantFrom(1, 1e12), (table, stretch) => {
      const values = table.map(([value]) => value)
      const codes = table.map(([, code]) => stretch * code)
      expect(groupClusters(values, codes)).toMatchObject({ ...clusterTotals(values, codes) })
    }),
  )
  expect(clusterTotals([], []).count).toBe(0)
  expect(() => clusterTotals([1, Number.NaN], [1, 1.5])).toThrow(/value not finite/)
  expect(() => clusterTotals([1, 2], [1, 1.5])).toThrow(/not an integer/)
  expect(() => clusterTotals([1, 2], [1])).toThrow(/lengths differ/)
})
