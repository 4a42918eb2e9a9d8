/** Fisher's F distribution. Degrees of freedom may be fractional. */
import { fail } from '../fail.ts'
import { logBetaTail } from '../special/incomplete-beta.ts'
import { inverseIncompleteBeta } from '../special/inverse-incomplete-beta.ts'

interface Degrees {
  /** Of the numerator. */
  readonly df1: number
  /** Of the denominator. */
  readonly df2: number
}

/** P(F ≤ f). */
export function fCdf({ f, df1, df2 }: Degrees & { readonly f: number }): number {
  checkF(f, df1, df2)
  const [x, y] = shares(f, df1, df2)
  return Math.exp(logBetaTail(y, x, df1 / 2, df2 / 2))
}

/** P(F > f), accurate where it is small. `fUpperTail({ f: 11.027, df1: 5, df2: 15 }) // => 1.3458e-4` */
export function fUpperTail({ f, df1, df2 }: Degrees & { readonly f: number }): number {
  checkF(f, df1, df2)
  const [x, y] = shares(f, df1, df2)
  return Math.exp(logBetaTail(x, y, df2 / 2, df1 / 2))
}

/** The f with P(F ≤ f) = p. 0 and 1 give 0 and ∞. */
export function fQuantile({ p, df1, df2 }: Degrees & { readonly p: number }): number {
  checkDf(df1, df2)
  return fromShares(inverseIncompleteBeta({ p, tail: 'lower', a: df1 / 2, b: df2 / 2 }), df1, df2)
}

/** The f with P(F > f) = p. Pass the tail itself. */
export function fUpperQuantile({ p, df1, df2 }: Degrees & { readonly p: number }): number {
  checkDf(df1, df2)
  return fromShares(inverseIncompleteBeta({ p, tail: 'upper', a: df1 / 2, b: df2 / 2 }), df1, df2)
}

/** df2 / (df2 + df1 f) and its complement, neither by subtraction. */
function shares(f: number, df1: number, df2: number): readonly [number, number] {
  if (f === Number.POSITIVE_INFINITY) return [0, 1]
  const ratio = (df1 / df2) * f
  return ratio > 1e300 ? [1 / ratio, 1] : [1 / (1 + ratio), ratio / (1 + ratio)]
}

function fromShares(share: { readonly x: number; readonly complement: number }, df1: number, df2: number): number {
  return share.complement === 0 ? Number.POSITIVE_INFINITY : (df2 / df1) * (share.x / share.complement)
}

function checkF(f: number, df1: number, df2: number): void {
  checkDf(df1, df2)
  if (!(f >= 0)) fail('f-statistic-out-of-range', { f }, 'pass a statistic of at least 0')
}

function checkDf(df1: number, df2: number): void {
  if (!(df1 > 0 && df2 > 0 && df1 + df2 < Number.POSITIVE_INFINITY)) {
    fail('degrees-of-freedom-out-of-range', { df1, df2 }, 'pass finite degrees of freedom above 0')
  }
}
