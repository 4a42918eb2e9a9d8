/** The Poisson distribution: k events where `mean` are expected. */
import { fail } from '../fail.ts'
import { logGammaPrefix, logIncompleteGamma, logIncompleteGammaUpper } from '../special/incomplete-gamma.ts'

export interface PoissonArguments {
  readonly k: number
  readonly mean: number
}

/** ln P(X = k). −∞ where the probability is 0. */
export function poissonLogPmf({ k, mean }: PoissonArguments): number {
  check(k, mean)
  if (k < 0) return Number.NEGATIVE_INFINITY
  if (mean === 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY
  return k === 0 ? -mean : logGammaPrefix(k, mean)
}

/** P(X ≤ k), accurate where it is small. */
export function poissonCdf({ k, mean }: PoissonArguments): number {
  check(k, mean)
  return k < 0 ? 0 : Math.exp(logIncompleteGammaUpper({ a: k + 1, x: mean }))
}

/** P(X ≥ k), accurate where it is small: k itself counts. */
export function poissonUpperTail({ k, mean }: PoissonArguments): number {
  check(k, mean)
  return k <= 0 ? 1 : Math.exp(logIncompleteGamma({ a: k, x: mean }))
}

function check(k: number, mean: number): void {
  if (!Number.isInteger(k)) fail('poisson-count-not-whole', { k }, 'pass a whole number')
  if (!(mean >= 0 && mean < Number.POSITIVE_INFINITY)) {
    fail('poisson-mean-out-of-range', { mean }, 'pass a finite mean of at least 0')
  }
}
