import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { rangeMean, rangePower, rangeUpperPoint, rangeUpperTail } from './range-of-normals.ts'

// mpmath 1.3.0 at 30 digits: oracles/range-of-normals/range-of-normals.py
const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/range-of-normals/range-of-normals.json', import.meta.url), 'utf8'),
) as {
  tails: { range: number; count: number; tail: number }[]
  means: { count: number; mean: number }[]
}

test('rangeUpperTail agrees with mpmath to 11 digits, tails below 1e-10 included', () => {
  for (const { range, count, tail } of oracle.tails) {
    expect(Math.abs(rangeUpperTail({ range, count }) / tail - 1)).toBeLessThan(1e-11)
  }
})

test('rangeMean agrees with mpmath to 12 digits for 2 to 1,000 normals', () => {
  for (const { count, mean } of oracle.means) expect(Math.abs(rangeMean(count) / mean - 1)).toBeLessThan(1e-12)
})

test('rangeUpperPoint gives the tabled studentized ranges with infinite degrees of freedom', () => {
  // Pearson and Hartley, Biometrika Tables for Statisticians, table 29, row ∞.
  expect(rangeUpperPoint({ tail: 0.05, count: 2 })).toBeCloseTo(2.77, 2)
  expect(rangeUpperPoint({ tail: 0.05, count: 3 })).toBeCloseTo(3.31, 2)
  expect(rangeUpperPoint({ tail: 0.05, count: 10 })).toBeCloseTo(4.47, 2)
  expect(rangeUpperPoint({ tail: 0.01, count: 10 })).toBeCloseTo(5.16, 2)
})

test('rangeUpperPoint inverts rangeUpperTail', () => {
  for (const count of [2, 5, 60])
    for (const tail of [0.999, 0.5, 0.05, 1e-6])
      expect(rangeUpperTail({ range: rangeUpperPoint({ tail, count }), count }) / tail).toBeCloseTo(1, 9)
})

test('rangePower without a gap is the tail, and grows with the gap', () => {
  for (const count of [2, 3, 10, 60]) {
    const range = rangeUpperPoint({ tail: 0.05, count })
    expect(rangePower({ range, count, gap: 0 })).toBeCloseTo(0.05, 10)
    let last = 0.05
    for (const gap of [0.5, 1, 2, 4, 12]) {
      const power = rangePower({ range, count, gap })
      expect(power).toBeGreaterThan(last)
      last = power
    }
    expect(last).toBeGreaterThan(0.98)
  }
})

test('rangePower agrees with 40,000 simulated ranges of 6 normals with a gap of 3 (seed 11)', () => {
  const random = openRandom(11)
  const range = rangeUpperPoint({ tail: 0.05, count: 6 })
  let beyond = 0
  for (let draw = 0; draw < 40_000; draw++) {
    const values = Array.from({ length: 6 }, (_, i) => random.normal() + (i === 0 ? 1.5 : i === 1 ? -1.5 : 0))
    if (Math.max(...values) - Math.min(...values) > range) beyond++
  }
  // 4 standard errors at 40,000 draws are at most 0.01.
  expect(Math.abs(beyond / 40_000 - rangePower({ range, count: 6, gap: 3 }))).toBeLessThan(0.01)
})

test('rangeUpperTail is 1 at and below 0, and refuses fewer than two normals', () => {
  expect(rangeUpperTail({ range: 0, count: 4 })).toBe(1)
  expect(() => rangeMean(1)).toThrow('count below two')
})
