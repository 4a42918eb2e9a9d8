/** The binomial distribution: k successes in n independent trials of probability p. */
import { fail } from '../fail.ts'
import { devianceTerm } from '../special/deviance-term.ts'
import { firstCount } from '../special/first-count.ts'
import { logBetaTail } from '../special/incomplete-beta.ts'
import { stirlingError } from '../special/log-gamma.ts'

export interface BinomialArguments {
  /** Successes, 0…n; the tails also take values outside and answer 0 or 1. */
  readonly k: number
  readonly n: number
  readonly p: number
}

/** ln P(X = k), Loader's saddle-point form (2000). −∞ where the probability is 0. */
export function binomialLogPmf({ k, n, p }: BinomialArguments): number {
  check(k, n, p)
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY
  if (p === 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY
  if (p === 1) return k === n ? 0 : Number.NEGATIVE_INFINITY
  if (n === 0) return 0
  if (k === 0) return n * Math.log1p(-p)
  if (k === n) return n * Math.log(p)
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    devianceTerm(k, n * p) -
    devianceTerm(n - k, n * (1 - p)) -
    0.5 * Math.log(2 * Math.PI * k * (1 - k / n))
  )
}

/** P(X = k). */
export function binomialPmf(options: BinomialArguments): number {
  return Math.exp(binomialLogPmf(options))
}

/** P(X ≤ k), accurate where it is small. */
export function binomialCdf(options: BinomialArguments): number {
  return Math.exp(binomialLogCdf(options))
}

/** P(X ≥ k), accurate where it is small: k itself counts. `binomialUpperTail({ k: 600, n: 1000, p: 0.5 }) // => 1.3642320780330092e-10` */
export function binomialUpperTail(options: BinomialArguments): number {
  return Math.exp(binomialLogUpperTail(options))
}

/** ln P(X ≤ k) = ln I_{1−p}(n − k, k + 1). */
export function binomialLogCdf({ k, n, p }: BinomialArguments): number {
  check(k, n, p)
  if (k < 0) return Number.NEGATIVE_INFINITY
  if (k >= n || p === 0) return 0
  if (k === 0) return n * Math.log1p(-p)
  return logBetaTail(1 - p, p, n - k, k + 1)
}

/** ln P(X ≥ k) = ln I_p(k, n − k + 1). */
export function binomialLogUpperTail({ k, n, p }: BinomialArguments): number {
  check(k, n, p)
  if (k <= 0 || p === 1) return k > n ? Number.NEGATIVE_INFINITY : 0
  if (k > n || p === 0) return Number.NEGATIVE_INFINITY
  if (k === n) return n * Math.log(p)
  return logBetaTail(p, 1 - p, k, n - k + 1)
}

/** Smallest k with P(X ≤ k) ≥ probability. `binomialQuantile({ probability: 0.5, n: 10, p: 0.5 }) // => 5` */
export function binomialQuantile({
  probability,
  n,
  p,
}: {
  readonly probability: number
  readonly n: number
  readonly p: number
}): number {
  if (!(probability >= 0 && probability <= 1)) {
    fail('probability-out-of-range', { probability }, 'pass a number from 0 to 1')
  }
  check(0, n, p)
  if (probability === 1) return p === 0 ? 0 : n
  return firstCount({ fails: -1, holds: n, condition: (k) => binomialCdf({ k, n, p }) >= probability })
}

function check(k: number, n: number, p: number): void {
  if (!Number.isInteger(k) || !Number.isInteger(n) || n < 0) {
    fail('binomial-counts-not-whole', { k, n }, 'pass whole numbers with n of at least 0')
  }
  if (!(p >= 0 && p <= 1)) fail('probability-out-of-range', { p }, 'pass a number from 0 to 1')
}
