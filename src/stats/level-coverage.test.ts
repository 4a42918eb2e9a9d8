import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { isCompletable } from './covering/completable.ts'
import { coveringArray } from './covering/covering-array.ts'
import { levelCoverage } from './level-coverage.ts'

// Kuhn, Kacker and Lei 2013 (NIST), table 1: four binary factors, four tests; the worked figures are 19 of 24 pairs
// covered (79.2 %), two of the six sets of two factors (bd and cd) completely.
const nist = [
  [0, 0, 0, 0],
  [0, 1, 1, 0],
  [1, 0, 0, 1],
  [0, 1, 1, 1],
]

test('levelCoverage counts 19 of 24 pairs in the worked example of NIST', () => {
  const coverage = levelCoverage({ rows: nist, levels: [2, 2, 2, 2], strength: 2, listed: 2 })
  expect(coverage).toMatchObject({ possible: 24, covered: 19, sets: 6, completeSets: 2 })
  expect(coverage.uncovered).toEqual([
    { factors: [0, 1], levels: [1, 1] },
    { factors: [0, 2], levels: [1, 1] },
  ])
})

test('levelCoverage finds the nine rows of the L9 orthogonal array to cover all 54 pairs of 3⁴ and 36 of 108 triples', () => {
  const rows = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => [a, b, (a + b) % 3, (a + 2 * b) % 3]))
  expect(levelCoverage({ rows, levels: [3, 3, 3, 3], strength: 2, listed: 5 })).toEqual({
    strength: 2,
    possible: 54,
    covered: 54,
    forbidden: 0,
    coveredForbidden: 0,
    completeSets: 6,
    sets: 6,
    uncovered: [],
  })
  expect(levelCoverage({ rows, levels: [3, 3, 3, 3], strength: 3, listed: 0 })).toMatchObject({
    possible: 108,
    covered: 36,
  })
})

test('levelCoverage agrees with a count by hand of every pair, and more rows never cover less', () => {
  const settings = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }).chain((levels) =>
    fc.record({
      levels: fc.constant(levels),
      rows: fc.array(fc.tuple(...levels.map((count) => fc.integer({ min: 0, max: count - 1 }))), { maxLength: 12 }),
    }),
  )
  fc.assert(
    fc.property(settings, ({ levels, rows }) => {
      const pairs = new Set<string>()
      let possible = 0
      for (let a = 0; a < levels.length; a++) {
        for (let b = a + 1; b < levels.length; b++) {
          possible += (levels[a] ?? 0) * (levels[b] ?? 0)
          for (const row of rows) pairs.add(`${a} ${b} ${row[a]} ${row[b]}`)
        }
      }
      const coverage = levelCoverage({ rows, levels, strength: 2, listed: 0 })
      expect(coverage).toMatchObject({ possible, covered: pairs.size })
      const fewer = levelCoverage({ rows: rows.slice(1), levels, strength: 2, listed: 0 })
      expect(fewer.covered).toBeLessThanOrEqual(coverage.covered)
    }),
  )
})

test('levelCoverage of no rows covers nothing, and refuses a strength above the number of factors', () => {
  expect(levelCoverage({ rows: [], levels: [2, 3], strength: 2, listed: 9 }).uncovered).toHaveLength(6)
  expect(() => levelCoverage({ rows: [], levels: [2], strength: 2, listed: 0 })).toThrow('strength out of range')
  expect(() => levelCoverage({ rows: [[2, 0]], levels: [2, 2], strength: 1, listed: 0 })).toThrow('level out of range')
})

test('levelCoverage leaves out what constraints rule out, by themselves or together, and counts what was run against them', () => {
  // b=1 needs a=1, and a=1 with c=1 cannot be: so b=1 with c=1 cannot be either.
  const forbidden = [
    [
      { factor: 0, level: 0 },
      { factor: 1, level: 1 },
    ],
    [
      { factor: 0, level: 1 },
      { factor: 2, level: 1 },
    ],
  ]
  const rows = [
    [0, 0, 0],
    [0, 0, 1],
    [1, 0, 0],
    [1, 1, 0],
  ]
  const options = { levels: [2, 2, 2], strength: 2, listed: 9, forbidden }
  const whole = { possible: 9, covered: 9, forbidden: 3, completeSets: 3 }
  expect(levelCoverage({ ...options, rows })).toMatchObject({ ...whole, coveredForbidden: 0, uncovered: [] })
  expect(levelCoverage({ ...options, rows: [...rows, [0, 1, 1]] })).toMatchObject({ ...whole, coveredForbidden: 2 })
  expect(levelCoverage({ ...options, rows: rows.slice(0, 3) }).uncovered).toEqual([
    { factors: [0, 1], levels: [1, 1] },
    { factors: [1, 2], levels: [1, 0] },
  ])
})

test('levelCoverage counts under constraints what coveringArray counts in its own space of tuples', () => {
  const level = fc.integer({ min: 0, max: 2 })
  const forbidden = fc.array(
    fc
      .uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 })
      .chain((factors) => fc.tuple(...factors.map((factor) => level.map((at) => ({ factor, level: at }))))),
    { maxLength: 4 },
  )
  const rows = fc.array(fc.tuple(level, level, level, level), { maxLength: 8 })
  fc.assert(
    fc.property(rows, forbidden, fc.integer({ min: 1, max: 3 }), (existing, against, strength) => {
      const levels = [3, 3, 3, 3]
      fc.pre(isCompletable({ row: [-1, -1, -1, -1], levels, forbidden: against }))
      const {
        possible,
        covered,
        forbidden: ruledOut,
      } = levelCoverage({ rows: existing, levels, strength, listed: 0, forbidden: against })
      const array = coveringArray({
        ...{ levels, strength, stronger: [], forbidden: against, existing, candidates: 1 },
        random: openRandom('space'),
      })
      expect([possible, covered, ruledOut]).toEqual([array.feasible, array.alreadyCovered, array.forbidden])
      const all = levelCoverage({ rows: [...existing, ...array.rows], levels, strength, listed: 1, forbidden: against })
      expect(all).toMatchObject({ covered: all.possible, uncovered: [] })
    }),
    { numRuns: 60 },
  )
})
