/** What a rerun would show: replication probability, interval for its mean, agreement on the ranking. */
import { checkAlpha, checkLevel, checkNumbers, checkPositive } from './check-inputs.ts'
import { normalCdf, normalUpperQuantile } from './distributions/normal.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import { fail } from './fail.ts'
import type { Outcome } from './result.ts'

export interface ReplicationProbability {
  /** As if the observed effect were the true one: Φ(|z| − z_crit). */
  readonly point: number
  /** With the uncertainty of the observed effect: Φ((|z| − z_crit)/√2). The one to quote. */
  readonly predictive: number
}

/**
 * Probability that a rerun of the same size is significant with the same sign (Goodman 1992; Killeen 2005 with
 * p_rep's √2). A result at exactly p = 0.05 replicates half the time.
 *
 * replicationProbability({ z: 1.959964, alpha: 0.05 }).predictive // => 0.5
 */
export function replicationProbability({
  z,
  alpha,
}: {
  readonly z: number
  /** Two-sided significance level of both runs. */
  readonly alpha: number
}): ReplicationProbability {
  checkAlpha(alpha)
  if (!Number.isFinite(z)) fail('value-not-finite', { z }, 'pass estimate over standard error')
  const excess = Math.abs(z) - normalUpperQuantile(alpha / 2)
  return { point: normalCdf(excess), predictive: normalCdf(excess / Math.SQRT2) }
}

export interface RerunOptions {
  readonly value: number
  /** Standard errors of this run and of the rerun; of prediction noise only where the items are the same. */
  readonly standardError: number
  readonly rerunStandardError: number
  readonly degreesOfFreedom: number
  /** Independent units behind the value. */
  readonly n: number
  readonly level: number
}

/**
 * Prediction interval for the mean of a rerun: value ± t·√(SE₁² + SE₂²).
 *
 * Assumes nothing changed between the runs; may leave the range of the score. Standard errors of 0 are refused.
 *
 * rerunInterval({ value: 0.6, standardError: 0.02, rerunStandardError: 0.02, degreesOfFreedom: 99, n: 100, level: 0.95 })
 */
export function rerunInterval(options: RerunOptions): Outcome {
  const { value, standardError, rerunStandardError, degreesOfFreedom, n, level } = options
  checkLevel(level)
  checkNumbers({ value })
  checkPositive({ standardError, rerunStandardError, n })
  const error = Math.hypot(standardError, rerunStandardError)
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * error
  checkNumbers({ margin })
  return {
    kind: 'estimate',
    value,
    standardError: error,
    degreesOfFreedom,
    interval: { lower: value - margin, upper: value + margin, level, kind: 'prediction', side: 'two-sided' },
    n,
    method: 'rerun-prediction-t',
    assumptions: ['nothing-changed-between-runs', 'mean-approximately-normal'],
    caveats: [],
  }
}

/**
 * Probability that two runs agree on which of two systems is better: Φ(d)² + Φ(−d)², d the true difference in standard
 * errors of one run. At d = 1 it is 0.733: a one-sigma lead is a coin with a thumb on it.
 *
 * rankAgreement(2) // => 0.9555…
 */
export function rankAgreement(d: number): number {
  checkNumbers({ d })
  return normalCdf(d) ** 2 + normalCdf(-d) ** 2
}
