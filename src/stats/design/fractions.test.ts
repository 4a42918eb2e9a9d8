import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { levelCoverage } from '../level-coverage.ts'
import { mainEffectParameters, mainEffectsDesign } from './main-effects-design.ts'
import { regularFraction } from './regular-fraction.ts'

/** How often each combination of levels of the factors occurs, all combinations listed. */
function combinationCounts(rows: readonly (readonly number[])[], factors: readonly number[]): readonly number[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const key = factors.map((factor) => row[factor]).join()
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts.values()]
}

// Run numbers of the standard tables of two-level fractions (Box, Hunter and Hunter 1978, table 12.15).
test.each([
  [3, 2, 3, 4],
  [7, 2, 3, 8],
  [15, 2, 3, 16],
  [4, 2, 4, 8],
  [8, 2, 4, 16],
  [16, 2, 4, 32],
  [4, 3, 3, 9],
  [13, 3, 3, 27],
  [6, 5, 3, 25],
] as const)(
  'regularFraction of %i factors with %i levels at resolution %i has %i runs',
  (factors, levels, resolution, runs) => {
    const { rows } = regularFraction({ factors, levels, resolution })
    expect(rows).toHaveLength(runs)
    for (let a = 0; a < factors; a++)
      for (let b = 0; b < a; b++)
        expect(new Set(combinationCounts(rows, [a, b]))).toEqual(new Set([runs / levels ** 2]))
    const pairs = levelCoverage({ rows, levels: Array.from({ length: factors }, () => levels), strength: 2, listed: 0 })
    expect(pairs.covered).toBe(pairs.possible)
  },
)

test.each([
  [8, 2],
  [5, 3],
])(
  'regularFraction of %i factors with %i levels at resolution 4 shows every triple equally often',
  (factors, levels) => {
    const { rows } = regularFraction({ factors, levels, resolution: 4 })
    for (let a = 0; a < factors; a++)
      for (let b = 0; b < a; b++)
        for (let c = 0; c < b; c++)
          expect(new Set(combinationCounts(rows, [a, b, c]))).toEqual(new Set([rows.length / levels ** 3]))
  },
)

test('regularFraction of two factors is the full design and confounds nothing', () => {
  const { rows, resolution } = regularFraction({ factors: 2, levels: 3, resolution: 4 })
  expect([new Set(rows.map(String)).size, resolution]).toEqual([9, 'full'])
})

test('regularFraction refuses four and six levels', () => {
  expect(() => regularFraction({ factors: 3, levels: 4, resolution: 3 })).toThrow('levels not prime')
  expect(() => regularFraction({ factors: 3, levels: 6, resolution: 3 })).toThrow('levels not prime')
})

const everything = { isAllowed: () => true, random: openRandom('fractions'), starts: 10 }

test('mainEffectsDesign finds the orthogonal arrays that exist: L4, L8, L9 and 2¹ 3² in 18 runs', () => {
  for (const [levels, runs] of [
    [[2, 2, 2], 4],
    [[2, 2, 2, 2], 8],
    [[3, 3, 3], 9],
    [[2, 3, 3], 18],
  ] as const) {
    const { efficiency, rows } = mainEffectsDesign({ ...everything, levels, runs })
    expect(efficiency).toBeGreaterThan(1 - 1e-9)
    expect(new Set(combinationCounts(rows, [0, 1])).size).toBe(1)
  }
})

test('mainEffectsDesign is below 1 where no orthogonal array exists, and never above', () => {
  const { efficiency } = mainEffectsDesign({ ...everything, levels: [2, 3, 4], runs: 7 })
  expect(efficiency).toBeGreaterThan(0.6)
  expect(efficiency).toBeLessThan(1)
})

test('mainEffectsDesign with one run per level of one factor is balanced', () => {
  const { rows, efficiency } = mainEffectsDesign({ ...everything, levels: [4], runs: 8 })
  expect(combinationCounts(rows, [0])).toEqual([2, 2, 2, 2])
  expect(efficiency).toBeCloseTo(1, 12)
})

test('mainEffectsDesign runs only what is allowed', () => {
  const isAllowed = (row: readonly number[]) => !(row[0] === 0 && row[1] === 0)
  const { rows } = mainEffectsDesign({ ...everything, levels: [2, 2, 3], runs: 8, isAllowed })
  expect(rows.every(isAllowed)).toBe(true)
})

test('mainEffectsDesign refuses too few runs, and constraints that tie two factors together', () => {
  expect(mainEffectParameters([2, 3, 4])).toBe(7)
  expect(() => mainEffectsDesign({ ...everything, levels: [2, 3, 4], runs: 6 })).toThrow('too few runs')
  const isAllowed = (row: readonly number[]) => row[0] === row[1]
  expect(() => mainEffectsDesign({ ...everything, levels: [2, 2], runs: 8, isAllowed })).toThrow(
    'effects not separable',
  )
})
