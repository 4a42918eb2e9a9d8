/**
 * Hedged betting confidence sequence for the mean of scores in [0, 1].
 *
 * For each candidate mean m two bettors stake a predictable fraction λ_t of their wealth on "the next score is above m"
 * and "below m"; the mean of their wealths is a nonnegative martingale if m is the mean of every score given the past,
 * so wealth ≥ 1/α rules m out at any time (Waudby-Smith and Ramdas 2024, "Estimating means of bounded random variables
 * by betting", Theorem 3). Stakes: λ_t = √(2 ln(2/α) / (σ̂²_{t−1} t ln(1+t))), cut to ½/m and ½/(1−m).
 *
 * Scores may be of any law on [0, 1]: graded, few-valued or cluster means; they need not be independent, only of the
 * same mean given what came before.
 */

import { checkLevel, checkProbabilities } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import type { Outcome } from '../result.ts'
import { notEstimable } from '../result.ts'
import { bisection } from '../special/bisection.ts'

export interface BettingOptions {
  /** Scores in the order they were observed, each in [0, 1]. */
  readonly values: ArrayLike<number>
  readonly level: number
}

/**
 * The interval after the last score, valid at every time simultaneously.
 *
 * Refuses no scores. Costs about 100 passes over the scores.
 */
export function bettingSequence({ values, level }: BettingOptions): Outcome {
  checkLevel(level)
  checkUnitScores(values)
  if (values.length === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const stakes = predictableStakes(values, { level })
  const wall = -Math.log1p(-level)
  const stays = (mean: number): boolean => hedgedLogWealth({ values, stakes, mean }) < wall
  const value = meanOf(values)
  return {
    kind: 'estimate',
    value,
    interval: {
      lower: value === 0 ? 0 : bisection({ inside: value, outside: 0, holds: (mean) => mean > 0 && stays(mean) }),
      upper: value === 1 ? 1 : bisection({ inside: value, outside: 1, holds: (mean) => mean < 1 && stays(mean) }),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: values.length,
    method: 'hedged-betting-confidence-sequence',
    assumptions: ['bounded-scores', 'constant-mean'],
    caveats: [],
  }
}

/** ln of the hedged wealth against H0: mean = `mean` after all scores, at error rate 1 − level (which sets the stakes). */
export function bettingLogEvidence({ values, level, mean }: BettingOptions & { readonly mean: number }): number {
  checkLevel(level)
  checkUnitScores(values)
  checkProbabilities({ mean })
  return hedgedLogWealth({ values, stakes: predictableStakes(values, { level }), mean })
}

/** λ_1 … λ_n before cutting: each depends only on earlier scores. */
function predictableStakes(values: ArrayLike<number>, { level }: { readonly level: number }): Float64Array {
  const stakes = new Float64Array(values.length)
  const numerator = 2 * Math.log(2 / (1 - level))
  let sum = 0.5
  let squares = 0.25
  for (let i = 0; i < values.length; i++) {
    const t = i + 1
    const variance = squares / t
    stakes[i] = Math.sqrt(numerator / (variance * t * Math.log1p(t)))
    const score = values[i] ?? 0
    sum += score
    const mean = sum / (t + 1)
    squares += (score - mean) ** 2
  }
  return stakes
}

interface WealthArguments {
  readonly values: ArrayLike<number>
  readonly stakes: Float64Array
  readonly mean: number
}

function hedgedLogWealth({ values, stakes, mean }: WealthArguments): number {
  const capAbove = 0.5 / mean
  const capBelow = 0.5 / (1 - mean)
  let above = 0
  let below = 0
  for (let i = 0; i < stakes.length; i++) {
    const stake = stakes[i] ?? 0
    const surprise = (values[i] ?? 0) - mean
    above += Math.log1p(Math.min(stake, capAbove) * surprise)
    below += Math.log1p(-Math.min(stake, capBelow) * surprise)
  }
  const larger = Math.max(above, below)
  return larger - Math.LN2
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0
  return Math.min(1, sum / values.length)
}

/** Refuses scores outside [0, 1]. */
export function checkUnitScores(values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    if (!(value >= 0 && value <= 1)) {
      fail('score-outside-unit-interval', { value, position: i + 1 }, 'rescale scores to 0–1 by their declared range')
    }
  }
}
