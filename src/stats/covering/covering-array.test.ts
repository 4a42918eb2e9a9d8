import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { levelCoverage } from '../level-coverage.ts'
import { type CoveringArrayOptions, coveringArray } from './covering-array.ts'

const plain = { stronger: [], forbidden: [], existing: [], candidates: 50 }

function arrayOf(options: Partial<CoveringArrayOptions> & Pick<CoveringArrayOptions, 'levels' | 'strength'>) {
  return coveringArray({ ...plain, random: openRandom('covering'), ...options })
}

// Acceptance sizes; published tools reach 9–11, 15–20 and about 26–32 (pairwise.org).
test.each([
  ['3⁴', 4, 3, 12],
  ['3¹³', 13, 3, 20],
  ['4¹²', 12, 4, 32],
])('coveringArray covers all pairs of %s in few rows, three seeds', (_name, factors, count, most) => {
  const levels = Array.from({ length: factors }, () => count)
  for (const seed of [1, 2, 3]) {
    const { rows } = arrayOf({ levels, strength: 2, random: openRandom(seed) })
    expect(rows.length).toBeLessThanOrEqual(most)
    const coverage = levelCoverage({ rows, levels, strength: 2, listed: 1 })
    expect(coverage.covered).toBe(coverage.possible)
  }
})

test('coveringArray covers all tuples of mixed levels at strength 1 to 3, and counts them', () => {
  const shape = fc.record({
    levels: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 5 }),
    strength: fc.integer({ min: 1, max: 3 }),
  })
  fc.assert(
    fc.property(shape, ({ levels, strength }) => {
      const { rows, feasible } = arrayOf({ levels, strength, candidates: 3 })
      const coverage = levelCoverage({ rows, levels, strength, listed: 0 })
      expect(coverage.covered).toBe(coverage.possible)
      expect(feasible).toBe(coverage.possible)
      expect(rows.length).toBeLessThanOrEqual(levels.reduce((product, count) => product * count, 1))
    }),
    { seed: 3, numRuns: 40 },
  )
})

test('coveringArray obeys constraints and covers exactly the tuples they leave possible', () => {
  const levels = [3, 3, 2, 2]
  // 0 = 0 rules out 1 = 0; 1 = 1 needs 2 = 0; together they make some tuples of other factors impossible, too.
  const forbidden = [
    [
      { factor: 0, level: 0 },
      { factor: 1, level: 0 },
    ],
    [
      { factor: 1, level: 1 },
      { factor: 2, level: 1 },
    ],
    [
      { factor: 0, level: 0 },
      { factor: 1, level: 2 },
    ],
  ]
  const allowed: number[][] = []
  for (const a of [0, 1, 2])
    for (const b of [0, 1, 2])
      for (const c of [0, 1])
        for (const d of [0, 1]) if (!(a === 0 && b !== 1) && !(b === 1 && c === 1)) allowed.push([a, b, c, d])
  const { rows, feasible, forbidden: impossible } = arrayOf({ levels, strength: 2, forbidden })
  for (const row of rows) expect(allowed).toContainEqual(row)
  const reachable = levelCoverage({ rows: allowed, levels, strength: 2, listed: 0 })
  expect(levelCoverage({ rows, levels, strength: 2, listed: 0 }).covered).toBe(reachable.covered)
  expect([feasible, impossible]).toEqual([reachable.covered, reachable.possible - reachable.covered])
})

test('coveringArray adds only what existing rows miss, and nothing where they miss nothing', () => {
  const levels = [3, 3, 3, 3]
  const first = arrayOf({ levels, strength: 2 }).rows
  const again = arrayOf({ levels, strength: 2, existing: first })
  expect([again.rows.length, again.alreadyCovered, again.feasible]).toEqual([0, 54, 54])
  const half = first.slice(0, 5)
  const rest = arrayOf({ levels, strength: 2, existing: half })
  expect(rest.rows.length).toBeLessThan(first.length)
  expect(levelCoverage({ rows: [...half, ...rest.rows], levels, strength: 2, listed: 0 }).covered).toBe(54)
  const partial = arrayOf({ levels, strength: 2, existing: [[0, 0, -1, -1]] })
  expect(partial.alreadyCovered).toBe(1)
})

test('coveringArray covers a stronger set of factors at its own strength', () => {
  const levels = [2, 2, 2, 2, 2, 2]
  const { rows } = arrayOf({ levels, strength: 2, stronger: [{ factors: [0, 1, 2], strength: 3 }] })
  const three = rows.map((row) => row.slice(0, 3))
  expect(levelCoverage({ rows: three, levels: [2, 2, 2], strength: 3, listed: 0 }).covered).toBe(8)
})

test('coveringArray gives the same rows for the same seed', () => {
  const rows = (seed: string) => arrayOf({ levels: [3, 4, 2, 3], strength: 2, random: openRandom(seed) }).rows
  expect(rows('a')).toEqual(rows('a'))
})

test('coveringArray refuses constraints that allow nothing, a strength beyond the factors, and tuples beyond counting', () => {
  const never = [[{ factor: 0, level: 0 }], [{ factor: 0, level: 1 }]]
  expect(() => arrayOf({ levels: [2, 2], strength: 2, forbidden: never })).toThrow('constraints allow nothing')
  expect(() => arrayOf({ levels: [2, 2], strength: 3 })).toThrow('strength out of range')
  expect(() => arrayOf({ levels: Array.from({ length: 50 }, () => 50), strength: 3 })).toThrow('too many tuples')
})
