/** The standard normal distribution. Tails by erfc (Cody 1969), quantiles by AS 241 (Wichura 1988). */
import { checkNumbers } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { erfc, expMinusSquare, scaledErfc } from '../special/erfc.ts'
import { standardNormalUpperPoint } from '../special/normal-point.ts'

/** Density and tail are below the smallest double from 39 on. */
const beyondAllDoubles = 40

const halfLogTwoPi = 0.9189385332046728

/** Density at x. */
export function normalDensity(x: number): number {
  if (Number.isNaN(x)) checkNumbers({ x })
  if (Math.abs(x) > beyondAllDoubles) return 0
  return expMinusSquare(x * Math.SQRT1_2) / Math.sqrt(2 * Math.PI)
}

/** P(Z ≤ x). */
export function normalCdf(x: number): number {
  return normalUpperTail(-x)
}

/** P(Z > x), accurate down to 1e-308. `normalUpperTail(5) // => 2.866515718791939e-7` */
export function normalUpperTail(x: number): number {
  if (x < 1) return 0.5 * erfc(x * Math.SQRT1_2)
  if (x > beyondAllDoubles) return 0
  return 0.5 * scaledErfc(x * Math.SQRT1_2) * halfSquareExp(x)
}

/** ln P(Z > x), right where the tail underflows. `normalLogUpperTail(40) // => -804.6084420137538` */
export function normalLogUpperTail(x: number): number {
  if (x < -1) return Math.log1p(-normalUpperTail(-x))
  if (x < 1) return Math.log(normalUpperTail(x))
  return Math.log(0.5 * scaledErfc(x * Math.SQRT1_2)) - 0.5 * x * x
}

/** ln P(Z ≤ x). */
export function normalLogCdf(x: number): number {
  return normalLogUpperTail(-x)
}

/** The z with P(Z ≤ z) = p. 0 and 1 give −∞ and ∞. `normalQuantile(0.975) // => 1.959963984540054` */
export function normalQuantile(p: number): number {
  return 0 - normalUpperQuantile(p)
}

/** The z with P(Z > z) = p. Pass the tail itself: `normalUpperQuantile(1e-5) // => 4.264890793922825` */
export function normalUpperQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) fail('probability-out-of-range', { p }, 'pass a number from 0 to 1')
  if (p === 0) return Number.POSITIVE_INFINITY
  if (p === 1) return Number.NEGATIVE_INFINITY
  if (p === 0.5) return 0
  return p < 0.5 ? standardNormalUpperPoint(p) : -standardNormalUpperPoint(1 - p)
}

/**
 * The z with ln P(Z > z) = logP, for tails too small to write as a number. Newton on the log tail.
 *
 * normalUpperQuantileFromLog(-1000) // => 44.61574…
 */
export function normalUpperQuantileFromLog(logP: number): number {
  if (!(logP <= 0)) fail('log-probability-above-zero', { logP }, 'pass the logarithm of a probability')
  if (logP > -700) return normalUpperQuantile(Math.exp(logP))
  if (logP === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY
  let z = Math.sqrt(-2 * logP)
  for (let step = 0; step < 50; step++) {
    const log = normalLogUpperTail(z)
    const hazard = Math.exp(-0.5 * z * z - halfLogTwoPi - log)
    const change = (log - logP) / (Number.isFinite(hazard) && hazard > 0 ? hazard : z)
    z += change
    if (Math.abs(change) < 1e-15 * z) break
  }
  return z
}

/** exp(−x²/2) with x split so that the rounding of x² does not enter the exponent. */
function halfSquareExp(x: number): number {
  const coarse = Math.trunc(x * 16) / 16
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (x - coarse) * (x + coarse))
}
