/** Exact interval for a rate. */
import { type BinomialCount, checkCounts, checkLevel } from './check-inputs.ts'
import { notEstimable, type Outcome } from './result.ts'
import { inverseIncompleteBeta } from './special/inverse-incomplete-beta.ts'
import type { RateIntervalOptions } from './wilson.ts'

/**
 * Rate of successes with the exact binomial interval of Clopper and Pearson (1934).
 *
 * lower: P(X ≥ k | p) = α, the α quantile of Beta(k, n−k+1); upper: P(X ≤ k | p) = α, the upper α point of
 * Beta(k+1, n−k); α is 1 − level, halved when two-sided. Covers with at least `level` for every rate and every n, so it is
 * the one for guarantees; on average it is wider than `wilson`. Assumes independent trials of one rate and a number of
 * trials fixed before looking. At 0 successes the lower end is 0, at all successes the upper end is 1. Refuses no trials.
 *
 * clopperPearson({ successes: 5, trials: 100, level: 0.95, side: 'two-sided' }).interval // => { lower: 0.01643188, upper: 0.11283491, … }
 */
export function clopperPearson(options: RateIntervalOptions): Outcome {
  const { successes, trials, level, side } = options
  checkCounts(options)
  checkLevel(level)
  if (trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const tail = side === 'two-sided' ? (1 - level) / 2 : 1 - level
  const counts = { successes, trials, tail }
  return {
    kind: 'estimate',
    value: successes / trials,
    interval: {
      lower: side === 'upper' ? 0 : clopperPearsonLower(counts),
      upper: side === 'lower' ? 1 : clopperPearsonUpper(counts),
      level,
      kind: 'confidence',
      side,
    },
    n: trials,
    method: 'clopper-pearson',
    assumptions: ['independent-trials', 'constant-rate', 'trials-fixed-in-advance'],
    caveats: [],
  }
}

interface TailCounts extends BinomialCount {
  /** Error probability of this one limit. */
  readonly tail: number
}

/** Lower limit with error probability `tail`, for counts already checked. */
export function clopperPearsonLower({ successes, trials, tail }: TailCounts): number {
  if (successes === 0) return 0
  return inverseIncompleteBeta({ p: tail, tail: 'lower', a: successes, b: trials - successes + 1 }).x
}

/** Upper limit with error probability `tail`, for counts already checked. */
export function clopperPearsonUpper({ successes, trials, tail }: TailCounts): number {
  if (successes === trials) return 1
  return inverseIncompleteBeta({ p: tail, tail: 'upper', a: successes + 1, b: trials - successes }).x
}
