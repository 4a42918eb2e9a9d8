/**
 * Riemann's ζ(s) = Σ k^(−s) for s > 1, by Euler–Maclaurin summation from 20 terms: relative error below 1e-14.
 *
 * riemannZeta(2) // => 1.6449340668482264
 */
import { fail } from '../fail.ts'

/** Bernoulli numbers B_2j / (2j)!, j = 1 … 6. */
const coefficients = [1 / 12, -1 / 720, 1 / 30_240, -1 / 1_209_600, 1 / 47_900_160, -691 / 1_307_674_368_000]
const terms = 20

export function riemannZeta(s: number): number {
  if (!(s > 1 && Number.isFinite(s))) fail('exponent-out-of-range', { exponent: s }, 'pass an exponent above 1')
  let sum = 0
  for (let k = terms - 1; k >= 1; k--) sum += k ** -s
  const last = terms ** -s
  let tail = (terms * last) / (s - 1) + last / 2
  let rising = (s * last) / terms
  for (const [j, coefficient] of coefficients.entries()) {
    tail += coefficient * rising
    rising *= ((s + 2 * j + 1) * (s + 2 * j + 2)) / terms ** 2
  }
  return sum + tail
}
