/** Jeffreys' interval for a rate. */
import { type BinomialCount, checkCounts, checkLevel } from './check-inputs.ts'
import { notEstimable, type Outcome } from './result.ts'
import { inverseIncompleteBeta } from './special/inverse-incomplete-beta.ts'

/**
 * Rate of successes with the equal-tailed credible interval under Jeffreys' prior Beta(½, ½).
 *
 * Ends are the quantiles of Beta(k + ½, n − k + ½), except that the lower end is 0 at 0 successes and the upper end 1 at
 * all successes (Brown, Cai and DasGupta 2001, "Interval estimation for a binomial proportion", §4.1.2): without this the
 * coverage falls to 0 at the ends. A good average coverage, no guarantee: below the level for many rates. Assumes
 * independent trials. Refuses no trials.
 *
 * jeffreys({ successes: 5, trials: 100, level: 0.95 }).interval // => { lower: 0.0193318, upper: 0.1061001, … }
 */
export function jeffreys(options: BinomialCount & { readonly level: number }): Outcome {
  const { successes, trials, level } = options
  checkCounts(options)
  checkLevel(level)
  if (trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const p = (1 - level) / 2
  const shapes = { a: successes + 0.5, b: trials - successes + 0.5 }
  const lower = successes === 0 ? 0 : inverseIncompleteBeta({ p, tail: 'lower', ...shapes }).x
  const upper = successes === trials ? 1 : inverseIncompleteBeta({ p, tail: 'upper', ...shapes }).x
  return {
    kind: 'estimate',
    value: successes / trials,
    interval: {
      // At levels near 0 both are the median, found from either side.
      lower: Math.min(lower, upper),
      upper: Math.max(lower, upper),
      level,
      kind: 'credible',
      side: 'two-sided',
    },
    n: trials,
    method: 'jeffreys',
    assumptions: ['independent-trials', 'constant-rate', 'prior-as-stated'],
    caveats: [],
  }
}
