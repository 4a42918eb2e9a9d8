/** Random draws from a beta distribution. */
import type { Random } from '../random/index.ts'
import { fail } from './fail.ts'

/**
 * One draw from Beta(alpha, beta) as X/(X+Y) with gamma draws X and Y (Marsaglia and Tsang 2000, "A simple method for
 * generating gamma variables"; shapes below 1 by their boost U^(1/shape)).
 *
 * Refuses shapes that are not positive and finite. The number of random numbers used varies.
 */
export function betaDraw(options: { readonly alpha: number; readonly beta: number; readonly random: Random }): number {
  const { alpha, beta, random } = options
  if (!(alpha > 0 && beta > 0 && Number.isFinite(alpha + beta)))
    fail('shape-out-of-range', { alpha, beta }, 'pass positive numbers')
  const first = gammaDraw(alpha, random)
  const second = gammaDraw(beta, random)
  return first + second > 0 ? first / (first + second) : alpha / (alpha + beta)
}

function gammaDraw(shape: number, random: Random): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random.uniform()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = random.normal()
    const v = (1 + c * normal) ** 3
    if (v <= 0) continue
    const u = 1 - random.uniform()
    if (Math.log(u) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) return d * v
  }
}
