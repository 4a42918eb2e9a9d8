import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { binomialUpperTail } from './distributions/binomial.ts'
import { tiltedSubsetTail } from './tilted-subset-tail.ts'

/** Every term positive, so relative errors stay near 1e-16 per addition. */
function byConvolution(steps: Int32Array, most: number): number {
  let probabilities = Float64Array.of(1)
  for (const step of steps) {
    const next = new Float64Array(probabilities.length + step)
    for (let t = 0; t < probabilities.length; t++) {
      next[t] = (next[t] ?? 0) + (probabilities[t] ?? 0) / 2
      next[t + step] = (next[t + step] ?? 0) + (probabilities[t] ?? 0) / 2
    }
    probabilities = next
  }
  let sum = 0
  for (let t = 0; t <= most; t++) sum += probabilities[t] ?? 0
  return sum
}

test('tiltedSubsetTail agrees with repeated convolution to 1e-11, from the middle to 1e-100 (seed 21)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 300 }),
      fc.integer({ min: 1, max: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer(),
      (count, largest, at, seed) => {
        const random = openRandom(seed)
        const steps = Int32Array.from({ length: count }, () => 1 + random.integer(largest))
        const total = steps.reduce((sum, step) => sum + step, 0)
        const most = Math.floor(at * total)
        const expected = byConvolution(steps, most)
        const found = tiltedSubsetTail({ steps, total, most })
        expect(Math.abs((found ?? Number.NaN) / expected - 1)).toBeLessThan(1e-11)
      },
    ),
    { seed: 21, numRuns: 300 },
  )
})

test('tiltedSubsetTail of equal sizes is the binomial tail, at p = 1e-250 as at p = 0.3', () => {
  const n = 5_000
  const steps = new Int32Array(n).fill(3)
  for (const minuses of [1_350, 1_600, 2_000, 2_400, 2_480, 2_600]) {
    const expected = binomialUpperTail({ k: n - minuses, n, p: 0.5 })
    expect(expected).toBeGreaterThan(0)
    const found = tiltedSubsetTail({ steps, total: 3 * n, most: 3 * minuses })
    expect(Math.abs((found ?? Number.NaN) / expected - 1)).toBeLessThan(1e-10)
  }
})

test('tiltedSubsetTail is 0 below the smallest sum and 1 from the largest on, and gives up where it would be slow', () => {
  const steps = Int32Array.of(2, 5, 5, 9)
  expect(tiltedSubsetTail({ steps, total: 21, most: -1 })).toBe(0)
  expect(tiltedSubsetTail({ steps, total: 21, most: 21 })).toBe(1)
  expect(tiltedSubsetTail({ steps, total: 21, most: 0 })).toBeCloseTo(1 / 16, 12)
  const random = openRandom('sizes')
  const many = Int32Array.from({ length: 20_000 }, () => 1 + random.integer(1_000_000))
  expect(tiltedSubsetTail({ steps: many, total: many.reduce((a, b) => a + b, 0), most: 4e9 })).toBeUndefined()
})
