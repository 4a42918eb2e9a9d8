/** The beta distribution on [0, 1]. */
import { incompleteBeta, incompleteBetaUpper } from '../special/incomplete-beta.ts'
import { inverseIncompleteBeta } from '../special/inverse-incomplete-beta.ts'

interface Shapes {
  readonly a: number
  readonly b: number
}

/** P(X ≤ x). */
export function betaCdf(options: Shapes & { readonly x: number }): number {
  return incompleteBeta(options)
}

/** P(X > x), accurate where it is small. */
export function betaUpperTail(options: Shapes & { readonly x: number }): number {
  return incompleteBetaUpper(options)
}

/** The x with P(X ≤ x) = p. `betaQuantile({ p: 0.025, a: 5, b: 96 }) // => 0.016431879…` */
export function betaQuantile({ p, a, b }: Shapes & { readonly p: number }): number {
  return inverseIncompleteBeta({ p, tail: 'lower', a, b }).x
}

/** The x with P(X > x) = p. Pass the tail itself. `betaUpperQuantile({ p: 1e-10, a: 1, b: 1e6 }) // => 2.3025585…e-5` */
export function betaUpperQuantile({ p, a, b }: Shapes & { readonly p: number }): number {
  return inverseIncompleteBeta({ p, tail: 'upper', a, b }).x
}
