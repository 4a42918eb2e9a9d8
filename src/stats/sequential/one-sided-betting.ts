/**
 * One-sided betting against "the mean is at most m₀", one score at a time.
 *
 * A bettor stakes a predictable fraction λ_t on "the next score is above m₀"; the wealth Π(1 + λ_t (x_t − m_t)) is a
 * nonnegative supermartingale under every mean up to m₀, so wealth ≥ 1/α refutes the null at any time (Waudby-Smith and
 * Ramdas 2024, "Estimating means of bounded random variables by betting", §4). Stakes are those of `bettingSequence` for
 * one side, λ_t = √(2 ln(1/α) / (σ̂²_{t−1} t ln(1 + t))), cut to ½/m_t.
 *
 * Scores drawn without replacement from a finite list have, under the null, the conditional mean
 * m_t = (N m₀ − Σ_{i<t} x_i) / (N − t + 1) (the same authors, §5): m_t is then below 0 as soon as the scores seen already
 * prove the null false, and at t = N the mean is known.
 */
import { checkAlpha, checkProbabilities } from '../check-inputs.ts'
import { fail } from '../fail.ts'

export interface BettingNull {
  /** m₀ of the null "mean ≤ m₀", 0–1. */
  readonly nullMean: number
  /** α; sets the stakes, not the validity. */
  readonly errorRate: number
  /** N where the scores are a random order of a finite list; absent for independent draws. */
  readonly population?: number | undefined
}

export interface BettingState {
  readonly trials: number
  readonly sum: number
  /** ¼ + Σ (x_i − μ̂_i)², the regularised sum of squares behind the stakes. */
  readonly squares: number
  /** ln of the wealth; +∞ once the null is impossible. */
  readonly logWealth: number
}

export const startOneSidedBetting: BettingState = { trials: 0, sum: 0, squares: 0.25, logWealth: 0 }

/**
 * The state after one more score in [0, 1].
 *
 * Refuses scores outside the unit interval, and more scores than the population holds.
 */
export function advanceOneSidedBetting(state: BettingState, value: number, bet: BettingNull): BettingState {
  const { nullMean, errorRate, population } = bet
  if (!(nullMean >= 0 && nullMean <= 1)) checkProbabilities({ nullMean })
  checkAlpha(errorRate)
  if (!(value >= 0 && value <= 1)) {
    fail('score-outside-unit-interval', { value }, 'rescale scores to 0–1 by their declared range')
  }
  if (population !== undefined && state.trials >= population) {
    fail('more-scores-than-population', { population }, 'count every member of a finite list once')
  }
  const t = state.trials + 1
  const sum = state.sum + value
  const estimate = (0.5 + sum) / (t + 1)
  return {
    trials: t,
    sum,
    squares: state.squares + (value - estimate) ** 2,
    logWealth: nullIsImpossible({ sum, nullMean, population })
      ? Number.POSITIVE_INFINITY
      : state.logWealth + logGain({ state, value, t, nullMean, errorRate, population }),
  }
}

interface Step extends BettingNull {
  readonly state: BettingState
  readonly value: number
  readonly t: number
}

function logGain({ state, value, t, nullMean, errorRate, population }: Step): number {
  const mean = population === undefined ? nullMean : (population * nullMean - state.sum) / (population - t + 1)
  // Above 1 the null asks for more than any score can give: nothing can be won, and nothing is staked.
  if (mean >= 1) return 0
  const stake = Math.sqrt((2 * Math.log(1 / errorRate)) / ((state.squares / t) * t * Math.log1p(t)))
  if (mean <= 0) return value > 0 ? Number.POSITIVE_INFINITY : 0
  return Math.log1p(Math.min(stake, 0.5 / mean) * (value - mean))
}

/** Scores are never negative: once their sum exceeds N m₀ the mean of the list is above m₀ for certain. */
function nullIsImpossible(options: {
  readonly sum: number
  readonly nullMean: number
  readonly population: number | undefined
}): boolean {
  const { sum, nullMean, population } = options
  return population !== undefined && sum > population * nullMean * (1 + 1e-12) + 1e-12
}
