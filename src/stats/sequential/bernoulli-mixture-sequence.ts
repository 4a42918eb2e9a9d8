/** Confidence sequence for a rate that can be made tightest at a planned number of trials. */
import { type BinomialCount, checkCounts, checkLevel } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { notEstimable, type Outcome } from '../result.ts'
import { bisection } from '../special/bisection.ts'
import { betaMixtureEvidence, checkPrior } from './beta-mixture.ts'
import { normalMixtureRho } from './normal-mixture-rho.ts'

export interface BernoulliMixtureOptions extends BinomialCount {
  /** Number of trials at which the interval is tightest. It steers width, never validity. */
  readonly tightestAt: number
  readonly level: number
}

/**
 * Rates p that the two-sided beta-binomial mixture with terms in [−p, 1 − p] does not reject (Howard, Ramdas, McAuliffe and
 * Sekhon 2021; `bernoulli_confidence_interval` of their confseq).
 *
 * For each p the mixing Beta(pκ, (1−p)κ) is centred at p itself, κ = max(T/(2 ln(1/α) + ln(1 + 2 ln(1/α))) − 1, 1/1000) with T = `tightestAt`,
 * where `betaMixtureSequence` mixes one Beta for all p: narrower for rates near 0 and 1 at the planned time. Valid at every
 * number of trials. Contains the observed rate; at 0 successes the lower end is 0, at all successes the upper end is 1.
 *
 * bernoulliMixtureSequence({ successes: 700, trials: 1000, tightestAt: 100, level: 0.95 }).interval
 * // => { lower: 0.651629…, upper: 0.745949…, … }
 */
export function bernoulliMixtureSequence({ successes, trials, tightestAt, level }: BernoulliMixtureOptions): Outcome {
  checkCounts({ successes, trials })
  checkLevel(level)
  if (!(tightestAt > 0 && Number.isFinite(tightestAt)))
    fail('trials-out-of-range', { trials: tightestAt }, 'pass a positive number of trials to be tightest at')
  if (trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const wall = -Math.log1p(-level)
  const weight = Math.max(normalMixtureRho({ tightestAt, errorRate: 1 - level }) - 1, 1e-3)
  checkPrior({ a: weight, b: weight })
  const stays = (rate: number): boolean =>
    rate > 0 &&
    rate < 1 &&
    betaMixtureEvidence({ successes, trials, a: rate * weight, b: (1 - rate) * weight, nullRate: rate }) < wall
  const value = successes / trials
  return {
    kind: 'estimate',
    value,
    interval: {
      lower: successes === 0 || stays(1e-300) ? 0 : bisection({ inside: value, outside: 0, holds: stays }),
      upper:
        successes === trials || stays(1 - Number.EPSILON / 2)
          ? 1
          : bisection({ inside: value, outside: 1, holds: stays }),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: trials,
    method: 'bernoulli-mixture-confidence-sequence',
    assumptions: ['independent-trials', 'constant-rate'],
    caveats: [],
  }
}
