/**
 * The regularised incomplete beta function I_x(a, b) and its complement, plain and logarithmic: the tails of the beta,
 * binomial, Student t and F distributions.
 *
 * Each tail is a saddle-point prefix (Loader 2000) over the even part of the continued fraction of DiDonato and Morris
 * (1992), "Algorithm 708", equation 9, run by Lentz's method. Below the mean a/(a+b) all its terms are positive, so the
 * small tail never comes from a subtraction. Relative error ≤ 1e-12 for a, b from 0.5 to 1e6 down to 1e-300.
 */

import { fail } from '../fail.ts'
import { devianceTerm } from './deviance-term.ts'
import { stirlingError } from './log-gamma.ts'
import { outOfReach } from './out-of-reach.ts'

export interface IncompleteBetaArguments {
  /** In [0, 1]. */
  readonly x: number
  /** 1 − x, where the caller knows it with more digits than the subtraction would keep. */
  readonly complement?: number
  readonly a: number
  readonly b: number
}

/** I_x(a, b) = P(Beta(a, b) ≤ x). `incompleteBeta({ x: 0.5, a: 70, b: 31 }) // => 3.925069822796835e-5` */
export function incompleteBeta(options: IncompleteBetaArguments): number {
  return Math.exp(logIncompleteBeta(options))
}

/** 1 − I_x(a, b) = P(Beta(a, b) > x), accurate where it is small. */
export function incompleteBetaUpper(options: IncompleteBetaArguments): number {
  return Math.exp(logIncompleteBetaUpper(options))
}

/** ln I_x(a, b), finite where I_x(a, b) underflows. −∞ at x = 0. */
export function logIncompleteBeta({ x, complement = 1 - x, a, b }: IncompleteBetaArguments): number {
  check(x, complement, a, b)
  return logBetaTail(x, complement, a, b)
}

/** ln(1 − I_x(a, b)). −∞ at x = 1. */
export function logIncompleteBetaUpper({ x, complement = 1 - x, a, b }: IncompleteBetaArguments): number {
  check(x, complement, a, b)
  return logBetaTail(complement, x, b, a)
}

/** `logIncompleteBeta` for arguments already known to be good. `y` is 1 − x. */
export function logBetaTail(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY
  if (y <= 0) return 0
  if (x * b <= a * y) return logBetaPrefix(x, y, a, b) - Math.log(continuedFraction(x, y, a, b))
  const other = logBetaPrefix(y, x, b, a) - Math.log(continuedFraction(y, x, b, a))
  return other > -Math.LN2 ? Math.log(-Math.expm1(other)) : Math.log1p(-Math.exp(other))
}

/** ln[xᵃ yᵇ / B(a, b)]: the density of logit X for X ~ Beta(a, b). */
export function logBetaPrefix(x: number, y: number, a: number, b: number): number {
  const total = a + b
  return (
    0.5 * Math.log((a / total) * b * (1 / (2 * Math.PI))) +
    (stirlingError(total) - stirlingError(a) - stirlingError(b)) -
    devianceTerm(a, total * x) -
    devianceTerm(b, total * y)
  )
}

/** prefix / I_x(a, b) for x ≤ a/(a+b). */
function continuedFraction(x: number, y: number, a: number, b: number): number {
  const lambda = a * y - b * x
  let value = (a * (lambda + 1)) / (a + 1)
  let c = value
  let d = 0
  for (let m = 1; m <= 100_000; m++) {
    const below = a + 2 * m - 1
    const numerator = ((m * (a + m - 1)) / below) * ((a + b + m - 1) / below) * (b - m) * x * x
    const denominator = m + (m * (b - m) * x) / below + ((a + m) * (lambda + 1 + m * (1 + y))) / (below + 2)
    d = 1 / (denominator + numerator * d)
    c = denominator + numerator / c
    const change = c * d
    value *= change
    if (Math.abs(change - 1) < 2e-16) return value
  }
  return outOfReach({ x, a, b })
}

function check(x: number, complement: number, a: number, b: number): void {
  if (!(x >= 0 && x <= 1 && complement >= 0 && complement <= 1 && a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY)) {
    fail('incomplete-beta-outside-domain', { x, a, b }, 'pass x in [0, 1] and finite shapes a, b above 0')
  }
}
