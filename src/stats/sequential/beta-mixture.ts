/**
 * Robbins' beta mixture for a rate: the default confidence sequence for successes and failures.
 *
 * For H0: rate = p, the mixture likelihood ratio
 *   E(p) = B(a+S, b+n−S) / (B(a, b) · p^S (1−p)^(n−S))
 * is a martingale with mean 1, so by Ville's inequality P(E(p) ≥ 1/α at any n) ≤ α. The rates with E(p) < 1/α form an
 * interval that holds at every n at once: look as often as you like (Robbins 1970, "Statistical methods related to the
 * law of the iterated logarithm"). Needs independent trials of one rate, or at least trials whose conditional rate given
 * the past is p; a model that changes during the run voids it.
 */

import { type BinomialCount, checkCounts, checkLevel, checkProbabilities, checkRate } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import type { Estimate, Outcome } from '../result.ts'
import { notEstimable } from '../result.ts'
import { bisection } from '../special/bisection.ts'
import { incompleteBetaUpper, logIncompleteBetaUpper } from '../special/incomplete-beta.ts'
import { logBeta } from './log-beta.ts'

export interface BetaPrior {
  /** Weights of the mixing Beta(a, b); a = b = 1 mixes uniformly. They steer where the interval is narrow, never its validity. */
  readonly a: number
  readonly b: number
}

/**
 * Confidence sequence for a rate, valid at every number of trials simultaneously.
 *
 * Before the first trial there is no estimate. At 0 successes the lower end is 0, at all successes the upper end is 1.
 *
 * betaMixtureSequence({ successes: 700, trials: 1000, a: 1, b: 1, level: 0.95 }).interval // => { lower: 0.6469848, upper: 0.7496620 }
 */
export function betaMixtureSequence(options: BinomialCount & BetaPrior & { readonly level: number }): Outcome {
  const { successes, trials, a, b, level } = options
  checkCounts(options)
  checkPrior(options)
  checkLevel(level)
  if (trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const value = successes / trials
  const limit = -Math.log1p(-level)
  const inside = (rate: number): boolean => betaMixtureEvidence({ successes, trials, a, b, nullRate: rate }) < limit
  const lower =
    successes === 0 ? 0 : bisection({ inside: value, outside: 0, holds: (rate) => rate > 0 && inside(rate) })
  const upper =
    successes === trials ? 1 : bisection({ inside: value, outside: 1, holds: (rate) => rate < 1 && inside(rate) })
  const estimate: Estimate = {
    kind: 'estimate',
    value,
    interval: { lower, upper, level, kind: 'confidence', side: 'two-sided' },
    n: trials,
    method: 'beta-mixture-confidence-sequence',
    assumptions: ['independent-trials', 'constant-rate'],
    caveats: [],
  }
  return estimate
}

/** ln of the e-value against H0: rate = nullRate. Above ln(1/α) at any time rejects at error rate α. */
export function betaMixtureLogEvidence(options: BinomialCount & BetaPrior & { readonly nullRate: number }): number {
  checkCounts(options)
  checkPrior(options)
  checkProbabilities({ nullRate: options.nullRate })
  return betaMixtureEvidence(options)
}

/** The same for any number of successes up to the trials, whole or not. */
export function betaMixtureEvidence(options: BinomialCount & BetaPrior & { readonly nullRate: number }): number {
  const { successes, trials, a, b, nullRate } = options
  return (
    logBeta(a + successes, b + trials - successes) -
    logBeta(a, b) -
    logLikelihood({ successes, trials, rate: nullRate })
  )
}

/**
 * ln of the e-value against the one-sided H0: rate ≤ nullRate (`greater`) or rate ≥ nullRate (`less`).
 *
 * The mixing Beta(a, b) is cut to the alternative, so every component is a likelihood ratio that favours rates beyond
 * the null; the mixture is then a test supermartingale under every rate of the null. This is the mixture SPRT: it is
 * built for thresholds, not for a second point hypothesis.
 */
export function oneSidedBetaMixtureLogEvidence(
  options: BinomialCount & BetaPrior & { readonly nullRate: number; readonly alternative: 'greater' | 'less' },
): number {
  const { successes, trials, nullRate, alternative } = options
  checkCounts(options)
  checkPrior(options)
  checkRate(nullRate)
  if (alternative === 'less') {
    return oneSidedBetaMixtureLogEvidence({
      successes: trials - successes,
      trials,
      a: options.b,
      b: options.a,
      nullRate: 1 - nullRate,
      alternative: 'greater',
    })
  }
  const { a, b } = options
  if (incompleteBetaUpper({ x: nullRate, a, b }) === 0) {
    fail(
      'prior-misses-alternative',
      { a, b, nullRate },
      'choose a prior with weight beyond the threshold, such as a = b = 1',
    )
  }
  return (
    betaMixtureLogEvidence({ successes, trials, a, b, nullRate }) +
    logIncompleteBetaUpper({ x: nullRate, a: a + successes, b: b + trials - successes }) -
    logIncompleteBetaUpper({ x: nullRate, a, b })
  )
}

/** S ln p + (n − S) ln(1 − p), with 0 · ln 0 = 0. */
export function logLikelihood({ successes, trials, rate }: BinomialCount & { readonly rate: number }): number {
  const failures = trials - successes
  return (successes === 0 ? 0 : successes * Math.log(rate)) + (failures === 0 ? 0 : failures * Math.log1p(-rate))
}

/** A prior with more weight leaves an interval no width that a double can show. */
const largestWeight = 1e12

/** Refuses weights that are not positive, or too large. */
export function checkPrior({ a, b }: BetaPrior): void {
  if (!(a > 0 && b > 0 && a <= largestWeight && b <= largestWeight)) {
    fail('prior-out-of-range', { a, b }, 'pass two positive numbers up to 10^12, such as 1 and 1')
  }
}
