/** Wilson's score interval for a rate. */
import { type BinomialCount, checkCounts, checkLevel } from './check-inputs.ts'
import { normalUpperQuantile } from './distributions/normal.ts'
import { type Interval, notEstimable, type Outcome } from './result.ts'

export interface RateIntervalOptions extends BinomialCount {
  readonly level: number
  /** Where the error is spent: half on each end, or all of it on one. */
  readonly side: Interval['side']
}

/**
 * Rate of successes with Wilson's score interval: the rates p with |p̂ − p| ≤ z √(p(1−p)/n) (Wilson 1927).
 *
 * Centre (p̂ + z²/2n) / (1 + z²/n). Close to its level on average over p; below it for some p, most of all for one-sided
 * limits near 0 and 1 — where the level must hold, use `clopperPearson`. Assumes independent trials: repeats of one item
 * are not. At 0 successes the lower end is 0, at all successes the upper end is 1; the other end never is, so the width is
 * never zero. Refuses no trials.
 *
 * wilson({ successes: 10, trials: 20, level: 0.95, side: 'two-sided' }).interval // => { lower: 0.299298…, upper: 0.700702…, … }
 */
export function wilson(options: RateIntervalOptions): Outcome {
  const { successes, trials, level, side } = options
  checkCounts(options)
  checkLevel(level)
  if (trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const limits = wilsonLimits({ successes, trials, z: criticalValue(level, side) })
  return {
    kind: 'estimate',
    value: successes / trials,
    interval: {
      lower: side === 'upper' ? 0 : limits.lower,
      upper: side === 'lower' ? 1 : limits.upper,
      level,
      kind: 'confidence',
      side,
    },
    n: trials,
    method: 'wilson',
    assumptions: ['independent-trials', 'constant-rate'],
    caveats: [],
  }
}

/** Both score limits at a critical value z > 0; the ends at the boundaries are exactly 0 and 1. */
export function wilsonLimits({ successes, trials, z }: BinomialCount & { readonly z: number }): {
  readonly lower: number
  readonly upper: number
} {
  const failures = trials - successes
  const zz = z * z
  const root = z * Math.sqrt(zz / 4 + successes * (failures / trials))
  const total = trials + zz
  // The two roots multiply to k²/(n(n+z²)): the lower end is never the difference of two nearly equal numbers.
  const upper = (successes + zz / 2 + root) / total
  return {
    lower: successes === 0 ? 0 : ((successes / trials) * (successes / total)) / upper,
    upper: failures === 0 ? 1 : Math.min(1, upper),
  }
}

/** z of a two-sided or one-sided interval. */
export function criticalValue(level: number, side: Interval['side']): number {
  return normalUpperQuantile(side === 'two-sided' ? (1 - level) / 2 : 1 - level)
}
