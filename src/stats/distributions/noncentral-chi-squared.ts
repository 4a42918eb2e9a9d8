/** The noncentral chi-squared distribution: Σ (Z_i + μ_i)² over df normals, noncentrality Σ μ_i². */

import { fail } from '../fail.ts'
import { logIncompleteGamma, logIncompleteGammaUpper } from '../special/incomplete-gamma.ts'
import { outOfReach } from '../special/out-of-reach.ts'
import { logPoissonMixture } from './poisson-mixture.ts'

export interface NoncentralChiSquaredArguments {
  readonly x: number
  /** Above 0, may be fractional. */
  readonly df: number
  /** At least 0; at 0 the distribution is `chiSquaredCdf`'s. */
  readonly noncentrality: number
}

/** P(X ≤ x), accurate where it is small. `noncentralChiSquaredCdf({ x: 5, df: 4, noncentrality: 10 }) // => 0.06648…` */
export function noncentralChiSquaredCdf(options: NoncentralChiSquaredArguments): number {
  return Math.exp(logTail(options, logIncompleteGamma))
}

/**
 * P(X > x), accurate where it is small: the power of a chi-squared test with critical value x.
 *
 * noncentralChiSquaredUpperTail({ x: 7.814727903251179, df: 3, noncentrality: 10 }) // => 0.76106…
 */
export function noncentralChiSquaredUpperTail(options: NoncentralChiSquaredArguments): number {
  return Math.exp(logTail(options, logIncompleteGammaUpper))
}

/** ln P(X > x), finite where the tail underflows. */
export function noncentralChiSquaredLogUpperTail(options: NoncentralChiSquaredArguments): number {
  return logTail(options, logIncompleteGammaUpper)
}

/** A Poisson(λ/2) mixture of chi-squared tails with df + 2j degrees of freedom (Johnson, Kotz and Balakrishnan 1995, 29.2). */
function logTail(
  { x, df, noncentrality }: NoncentralChiSquaredArguments,
  central: (options: { readonly a: number; readonly x: number }) => number,
): number {
  if (!(df > 0 && df <= mostDegreesOfFreedom)) {
    fail('degrees-of-freedom-out-of-range', { df }, 'pass degrees of freedom above 0, at most 10^12')
  }
  checkNoncentrality(noncentrality)
  if (!(x >= 0)) fail('not-a-number', { x }, 'pass a statistic of at least 0')
  if (x > mostStatistic && x < Number.POSITIVE_INFINITY) return outOfReach({ x, df, noncentrality })
  return logPoissonMixture({ mean: noncentrality / 2, logTerm: (j) => central({ a: df / 2 + j, x: x / 2 }) })
}

/** Above these a tail is the normal distribution's, and the sum over √noncentrality terms takes seconds. */
export const mostDegreesOfFreedom = 1e12
const mostNoncentrality = 1e8
const mostStatistic = 1e12

/** Refuses negative, NaN and very large noncentralities. */
export function checkNoncentrality(noncentrality: number): void {
  if (!(noncentrality >= 0 && noncentrality <= mostNoncentrality)) {
    fail('noncentrality-out-of-range', { noncentrality }, 'pass a number from 0 to 10^8')
  }
}
