import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findLattice } from './lattice.ts'

test('findLattice finds the grid of any values made on one, and gives them back', () => {
  const grid = fc.record({
    origin: fc.integer({ min: -20, max: 20 }),
    parts: fc.integer({ min: 1, max: 12 }),
    steps: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 }),
  })
  fc.assert(
    fc.property(grid, ({ origin, parts, steps }) => {
      const values = steps.map((step) => origin + step / parts)
      const lattice = findLattice(values, 1000)
      fc.pre(lattice !== undefined || new Set(steps).size > 3)
      if (lattice === undefined) return
      for (const [i, value] of values.entries()) {
        expect(lattice.origin + lattice.step * lattice.steps[i]!).toBeCloseTo(value, 9)
      }
      expect(Math.max(...lattice.steps)).toBe(lattice.span)
    }),
  )
})

test('findLattice takes 0.6 and 3 · 0.2 for one point, and refuses continuous values', () => {
  expect(findLattice([0, 0.2, 0.6, 3 * 0.2, 1], 10)).toMatchObject({ span: 5, steps: Int32Array.of(0, 1, 3, 3, 5) })
  expect(findLattice([0, 1 / 3, 1 / 2, 1], 10)).toMatchObject({ span: 6 })
  expect(findLattice([0, 0.4, 1], 10)).toMatchObject({ span: 5 })
  expect(findLattice([0, Math.SQRT1_2, 1, 0.3], 1000)).toBeUndefined()
  expect(findLattice([0, 1, 2, 3], 2)).toBeUndefined()
  expect(findLattice([0.3, 0.3], 5)).toMatchObject({ origin: 0.3, span: 0 })
})
