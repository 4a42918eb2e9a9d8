/** Student's t distribution. Degrees of freedom may be fractional (Satterthwaite) or infinite (the normal). */
import { fail } from '../fail.ts'
import { logBetaTail } from '../special/incomplete-beta.ts'
import { inverseIncompleteBeta } from '../special/inverse-incomplete-beta.ts'
import { normalLogUpperTail, normalUpperQuantile } from './normal.ts'

/** P(T ≤ t). */
export function studentTCdf(t: number, df: number): number {
  return Math.exp(studentTLogUpperTail(-t, df))
}

/** P(T > t), accurate where it is small. `2 * studentTUpperTail(2, 4) // => 0.11611652351681559` */
export function studentTUpperTail(t: number, df: number): number {
  return Math.exp(studentTLogUpperTail(t, df))
}

/**
 * ln P(T > t) = ln[½ I_{df/(df+t²)}(df/2, ½)] for t ≥ 0. Beyond 1e15 degrees of freedom the normal tail, which then agrees
 * to all digits.
 */
export function studentTLogUpperTail(t: number, df: number): number {
  checkDf(df)
  if (Number.isNaN(t)) fail('not-a-number', { t }, 'pass a number')
  if (df > 1e15) return normalLogUpperTail(t)
  if (t < 0) return Math.log1p(-Math.exp(studentTLogUpperTail(-t, df)))
  if (t === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY
  // t² may overflow; the ratio does not.
  const ratio = t < 1e150 ? (t * t) / df : Number.POSITIVE_INFINITY
  if (ratio === Number.POSITIVE_INFINITY) return Math.log(0.5) + tailBeyondOverflow(t, df)
  return Math.log(0.5) + logBetaTail(1 / (1 + ratio), ratio / (1 + ratio), df / 2, 0.5)
}

/** The t with P(T ≤ t) = p. 0 and 1 give −∞ and ∞. */
export function studentTQuantile(p: number, df: number): number {
  return 0 - studentTUpperQuantile(p, df)
}

/** The t with P(T > t) = p. Pass the tail itself. `studentTUpperQuantile(0.025, 10) // => 2.2281388519862744` */
export function studentTUpperQuantile(p: number, df: number): number {
  checkDf(df)
  if (!(p >= 0 && p <= 1)) fail('probability-out-of-range', { p }, 'pass a number from 0 to 1')
  if (df > 1e15) return normalUpperQuantile(p)
  if (p > 0.5) return -studentTUpperQuantile(1 - p, df)
  if (p === 0) return Number.POSITIVE_INFINITY
  if (p === 0.5) return 0
  // T² / (df + T²) is Beta(½, df/2); near the centre its lower tail 1 − 2p is the small one.
  const point =
    p < 0.25
      ? inverseIncompleteBeta({ p: 2 * p, tail: 'upper', a: 0.5, b: df / 2 })
      : inverseIncompleteBeta({ p: 1 - 2 * p, tail: 'lower', a: 0.5, b: df / 2 })
  return Math.sqrt(df) * Math.sqrt(point.x / point.complement)
}

/** ln I_{df/t²}(df/2, ½) when df/t² underflows: the leading term of its series, exact there. */
function tailBeyondOverflow(t: number, df: number): number {
  const x = 1e-200
  const shift = Math.log(df) - 2 * Math.log(t) - Math.log(x)
  return logBetaTail(x, 1, df / 2, 0.5) + (df / 2) * shift
}

function checkDf(df: number): void {
  if (!(df > 0)) fail('degrees-of-freedom-out-of-range', { df }, 'pass degrees of freedom above 0')
}
