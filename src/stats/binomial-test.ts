/** Exact tests of a rate against a threshold, down to five sigma and beyond. */

import { type BinomialCount, checkAlpha, checkCounts, checkRate } from './check-inputs.ts'
import { binomialLogCdf, binomialLogPmf, binomialLogUpperTail, binomialUpperTail } from './distributions/binomial.ts'
import { normalUpperQuantile } from './distributions/normal.ts'
import { notEstimable, type TestOutcome } from './result.ts'
import { firstCount } from './special/first-count.ts'

export interface BinomialTestOptions extends BinomialCount {
  /** Threshold under test, strictly between 0 and 1. */
  readonly nullRate: number
  readonly alternative: 'two-sided' | 'greater' | 'less'
}

/**
 * Exact binomial test of "the rate is `nullRate`" (or on its wrong side, for a one-sided alternative).
 *
 * greater: P(X ≥ k); less: P(X ≤ k); two-sided: the probability of all counts no likelier than k (minimum likelihood, as
 * R's binom.test). Exact in the far tail, where z-approximations are wrong by factors: at 12 of 1000 against 0.004 the
 * score test says 3.1e-5, the truth is 8.9e-4. A p below about 1e-308 is returned as 0; nothing else is. `statistic` is the
 * number of successes. Assumes independent trials and a fixed number of them; says nothing about judge or frame error.
 *
 * binomialTest({ successes: 600, trials: 1000, nullRate: 0.5, alternative: 'greater' }).pValue // => 1.364232078033e-10
 */
export function binomialTest(options: BinomialTestOptions): TestOutcome {
  const { successes, trials, nullRate, alternative } = options
  checkCounts(options)
  checkRate(nullRate)
  if (trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  return {
    kind: 'test',
    statistic: successes,
    pValue: pValueOf(options),
    alternative,
    nullValue: nullRate,
    n: trials,
    method: 'exact-binomial',
    assumptions: ['independent-trials', 'constant-rate', 'trials-fixed-in-advance'],
    caveats: [],
  }
}

/**
 * One-sided sigma of a p-value: the z with P(Z > z) = p. Five sigma is 2.87e-7.
 *
 * sigmaEquivalent(1e-5) // => 4.264890793922825
 */
export function sigmaEquivalent(pValue: number): number {
  return normalUpperQuantile(pValue)
}

/**
 * Smallest number of successes whose one-sided exact p-value against `nullRate` is at most `alpha`. One more than the
 * number of trials says that no result can reach it.
 *
 * criticalCount({ trials: 1000, nullRate: 0.5, alpha: 1e-5 }) // => 568
 */
export function criticalCount({
  trials,
  nullRate,
  alpha,
}: {
  readonly trials: number
  readonly nullRate: number
  readonly alpha: number
}): number {
  checkCounts({ successes: 0, trials })
  checkRate(nullRate)
  checkAlpha(alpha)
  return firstCount({
    fails: 0,
    holds: trials + 1,
    condition: (k) => binomialUpperTail({ k, n: trials, p: nullRate }) <= alpha,
  })
}

function pValueOf({ successes: k, trials: n, nullRate: p, alternative }: BinomialTestOptions): number {
  if (alternative === 'greater') return Math.exp(binomialLogUpperTail({ k, n, p }))
  if (alternative === 'less') return Math.exp(binomialLogCdf({ k, n, p }))
  return twoSided(k, n, p)
}

/** Sums both tails of counts no likelier than k; likelihoods that differ only by rounding count as equal. */
function twoSided(k: number, n: number, p: number): number {
  const limit = binomialLogPmf({ k, n, p }) + 1e-7
  const noLikelier = (count: number): boolean => binomialLogPmf({ k: count, n, p }) <= limit
  const mode = Math.min(n, Math.floor((n + 1) * p))
  if (k <= mode) {
    if (noLikelier(mode)) return 1
    const upper = firstCount({ fails: mode, holds: n + 1, condition: noLikelier })
    return Math.min(1, Math.exp(binomialLogCdf({ k, n, p })) + Math.exp(binomialLogUpperTail({ k: upper, n, p })))
  }
  if (noLikelier(mode)) return 1
  const above = firstCount({ fails: -1, holds: mode, condition: (count) => !noLikelier(count) })
  return Math.min(1, Math.exp(binomialLogUpperTail({ k, n, p })) + Math.exp(binomialLogCdf({ k: above - 1, n, p })))
}
