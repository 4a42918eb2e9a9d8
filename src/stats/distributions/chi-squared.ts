/** The chi-squared distribution: Gamma(df/2) doubled. Degrees of freedom may be fractional. */
import {
  incompleteGamma,
  incompleteGammaUpper,
  inverseIncompleteGamma,
  logIncompleteGammaUpper,
} from '../special/incomplete-gamma.ts'

/** P(X ≤ x). */
export function chiSquaredCdf(x: number, df: number): number {
  return incompleteGamma({ a: df / 2, x: x / 2 })
}

/** P(X > x), accurate where it is small. `chiSquaredUpperTail(200, 1) // => 2.088487583762545e-45` */
export function chiSquaredUpperTail(x: number, df: number): number {
  return incompleteGammaUpper({ a: df / 2, x: x / 2 })
}

/** ln P(X > x). */
export function chiSquaredLogUpperTail(x: number, df: number): number {
  return logIncompleteGammaUpper({ a: df / 2, x: x / 2 })
}

/** The x with P(X ≤ x) = p. `chiSquaredQuantile(0.025, 20) // => 9.590777392264867` */
export function chiSquaredQuantile(p: number, df: number): number {
  return 2 * inverseIncompleteGamma({ p, tail: 'lower', a: df / 2 })
}

/** The x with P(X > x) = p. Pass the tail itself. */
export function chiSquaredUpperQuantile(p: number, df: number): number {
  return 2 * inverseIncompleteGamma({ p, tail: 'upper', a: df / 2 })
}
