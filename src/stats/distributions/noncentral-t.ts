/**
 * The noncentral t distribution: (Z + δ)/√(χ²_df / df), what a t statistic follows when there is an effect.
 *
 * P(T > t) = E[Φ(δ − tS)] over S = √(χ²_df / df): an integral of positive numbers, so that both tails keep their digits
 * for either sign of δ (the usual series of Lenth 1989 loses the tail opposite to δ, where Type-S errors live).
 */

import { fail } from '../fail.ts'
import { outOfReach } from '../special/out-of-reach.ts'
import { logChiExpectation } from './chi-expectation.ts'
import { normalLogUpperTail } from './normal.ts'

export interface NoncentralTArguments {
  readonly t: number
  /** At least 0.001, may be fractional; above 1e15 the normal distribution around δ. */
  readonly df: number
  /** δ: the true effect in standard errors. */
  readonly noncentrality: number
}

/** Beyond this the exponents of the integrand, about δ²/2, have lost the digits that the peak is found by. */
const farthestEffect = 1e6

/** P(T ≤ t), accurate where it is small. */
export function noncentralTCdf({ t, df, noncentrality }: NoncentralTArguments): number {
  return noncentralTUpperTail({ t: -t, df, noncentrality: -noncentrality })
}

/** P(T > t), accurate where it is small. `noncentralTUpperTail({ t: 2, df: 10, noncentrality: 1 }) // => 0.19238…` */
export function noncentralTUpperTail(options: NoncentralTArguments): number {
  return Math.exp(noncentralTLogUpperTail(options))
}

/** ln P(T > t), finite where the tail underflows. */
export function noncentralTLogUpperTail({ t, df, noncentrality }: NoncentralTArguments): number {
  if (Number.isNaN(t)) fail('not-a-number', { t }, 'pass a number')
  if (!(Math.abs(noncentrality) <= 1e12)) {
    fail('noncentrality-out-of-range', { noncentrality }, 'pass an effect of at most 10^12 standard errors')
  }
  if (!(df > 0)) fail('degrees-of-freedom-out-of-range', { df }, 'pass degrees of freedom above 0')
  if (t === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY
  if (t === Number.NEGATIVE_INFINITY) return 0
  if (t === 0 || df > 1e15) return normalLogUpperTail(t - noncentrality)
  if (Math.abs(noncentrality) > farthestEffect) {
    // Certain to within all doubles: it would take an S of 10^4 to bring the statistic down to t.
    return noncentrality > 0 && t < noncentrality / 1e4 ? 0 : outOfReach({ t, df, noncentrality })
  }
  // The smaller tail is integrated, the larger one is its complement.
  if (t < noncentrality)
    return Math.log1p(-Math.exp(noncentralTLogUpperTail({ t: -t, df, noncentrality: -noncentrality })))
  return logChiExpectation({
    df,
    near: Math.min(0, Math.log((Math.abs(noncentrality) + 1) / Math.abs(t))),
    logOf: (logS) => normalLogUpperTail(t * Math.exp(logS) - noncentrality),
  })
}
