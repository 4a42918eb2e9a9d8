/** The noncentral F distribution: noncentral chi-squared over an independent chi-squared, each by its degrees of freedom. */
import { fail } from '../fail.ts'
import { logBetaTail } from '../special/incomplete-beta.ts'
import { checkNoncentrality, mostDegreesOfFreedom } from './noncentral-chi-squared.ts'
import { logPoissonMixture } from './poisson-mixture.ts'

export interface NoncentralFArguments {
  readonly f: number
  /** Of the numerator. */
  readonly df1: number
  /** Of the denominator. */
  readonly df2: number
  /** Of the numerator's chi-squared, at least 0. */
  readonly noncentrality: number
}

/** P(F ≤ f), accurate where it is small. `noncentralFCdf({ f: 2, df1: 3, df2: 20, noncentrality: 8 }) // => 0.22861…` */
export function noncentralFCdf(options: NoncentralFArguments): number {
  const [x, y] = shares(options)
  const { df1, df2, noncentrality } = options
  return Math.exp(
    logPoissonMixture({ mean: noncentrality / 2, logTerm: (j) => logBetaTail(y, x, df1 / 2 + j, df2 / 2) }),
  )
}

/** P(F > f), accurate where it is small: the power of an F test with critical value f. */
export function noncentralFUpperTail(options: NoncentralFArguments): number {
  const [x, y] = shares(options)
  const { df1, df2, noncentrality } = options
  return Math.exp(
    logPoissonMixture({ mean: noncentrality / 2, logTerm: (j) => logBetaTail(x, y, df2 / 2, df1 / 2 + j) }),
  )
}

/** df2 / (df2 + df1 f) and its complement, neither by subtraction. */
function shares({ f, df1, df2, noncentrality }: NoncentralFArguments): readonly [number, number] {
  if (!(df1 > 0 && df2 > 0 && df1 + df2 <= mostDegreesOfFreedom)) {
    fail('degrees-of-freedom-out-of-range', { df1, df2 }, 'pass degrees of freedom above 0, together at most 10^12')
  }
  checkNoncentrality(noncentrality)
  if (!(f >= 0)) fail('f-statistic-out-of-range', { f }, 'pass a statistic of at least 0')
  if (f === Number.POSITIVE_INFINITY) return [0, 1]
  const ratio = (df1 / df2) * f
  return ratio > 1e300 ? [1 / ratio, 1] : [1 / (1 + ratio), ratio / (1 + ratio)]
}
