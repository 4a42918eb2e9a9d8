/**
 * Beta mixture for the mean of graded scores in [0, 1]: a confidence sequence that needs only their sum and number.
 *
 * For a score x in [0, 1] the likelihood ratio (q/m)^x ((1−q)/(1−m))^(1−x) is convex in x, hence at most its chord
 * x·q/m + (1−x)(1−q)/(1−m), whose mean is 1 if E[x] = m. Its product is thus a supermartingale under "mean m given the
 * past", and so is Robbins' mixture over q ~ Beta(a, b): `betaMixtureSequence` with a fractional number of successes.
 *
 * The order of the scores does not enter. Betting is narrower where scores vary little, but holds at a stopping time only in
 * the order in which the scores came, which a finished log often no longer tells.
 */
import { checkLevel } from '../check-inputs.ts'
import { notEstimable, type Outcome } from '../result.ts'
import { bisection } from '../special/bisection.ts'
import { exactSum } from '../special/exact-sum.ts'
import { type BetaPrior, betaMixtureEvidence, checkPrior } from './beta-mixture.ts'
import { checkUnitScores } from './betting.ts'

export interface BoundedMixtureOptions extends BetaPrior {
  /** Scores in [0, 1], in any order. */
  readonly values: ArrayLike<number>
  readonly level: number
}

/**
 * The interval after all scores, valid at every number of scores simultaneously. Refuses no scores.
 *
 * Equals `betaMixtureSequence` where all scores are 0 or 1. At a mean of 0 or 1 the end of the range is the bound.
 *
 * boundedMixtureSequence({ values: [0.5, 0.5, 1, 0], a: 1, b: 1, level: 0.95 }).value // => 0.5
 */
export function boundedMixtureSequence({ values, a, b, level }: BoundedMixtureOptions): Outcome {
  checkLevel(level)
  checkUnitScores(values)
  checkPrior({ a, b })
  const trials = values.length
  if (trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const successes = Math.min(trials, exactSum(values))
  const value = successes / trials
  const limit = -Math.log1p(-level)
  const inside = (rate: number): boolean => betaMixtureEvidence({ successes, trials, a, b, nullRate: rate }) < limit
  const ends = { inside: value }
  return {
    kind: 'estimate',
    value,
    interval: {
      lower: successes === 0 ? 0 : bisection({ ...ends, outside: 0, holds: (rate) => rate > 0 && inside(rate) }),
      upper: successes === trials ? 1 : bisection({ ...ends, outside: 1, holds: (rate) => rate < 1 && inside(rate) }),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: trials,
    method: 'bounded-beta-mixture-confidence-sequence',
    assumptions: ['bounded-scores', 'constant-mean'],
    caveats: [],
  }
}
