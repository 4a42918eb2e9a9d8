/**
 * Predictable plug-in empirical-Bernstein confidence sequence for the mean of scores in [0, 1].
 *
 * Closed form and O(1) per score (Waudby-Smith and Ramdas 2024, Theorem 2; Howard et al. 2021):
 *   lower end (Σλx − ln(1/α₁) − Σ (x_t − x̄_{t−1})² ψ(λ_t)) / Σλ, ψ(λ) = −ln(1−λ) − λ, x̄_0 = 0; upper end by 1 − x;
 *   λ_t = min(½, √(2 ln(1/α₁) / (σ̂²_{t−1} t ln(1+t)))), α₁ = α/2 for each side.
 * Wider than betting, but it can be kept as running sums: the one to show live on a long run.
 */

import { checkLevel } from '../check-inputs.ts'
import type { Outcome } from '../result.ts'
import { notEstimable } from '../result.ts'
import { checkUnitScores } from './betting.ts'

/** Running sums; `advance` adds one score, `empiricalBernsteinInterval` reads them at any time. */
export interface EmpiricalBernsteinState {
  readonly level: number
  readonly n: number
  readonly sum: number
  readonly squares: number
  readonly stakeSum: number
  readonly stakedScores: number
  readonly penaltyBelow: number
  readonly penaltyAbove: number
}

export function startEmpiricalBernstein(level: number): EmpiricalBernsteinState {
  checkLevel(level)
  return { level, n: 0, sum: 0, squares: 0.25, stakeSum: 0, stakedScores: 0, penaltyBelow: 0, penaltyAbove: 0 }
}

export function advanceEmpiricalBernstein(state: EmpiricalBernsteinState, score: number): EmpiricalBernsteinState {
  checkUnitScores([score])
  const t = state.n + 1
  const variance = state.squares / t
  const logTerm = Math.log(2 / (1 - state.level))
  const stake = Math.min(0.5, Math.sqrt((2 * logTerm) / (variance * t * Math.log1p(t))))
  const uncertainty = -Math.log1p(-stake) - stake
  // Before the first score each side guesses its own end: the upper end is the lower end of the mirrored scores.
  const meanBelow = state.n === 0 ? 0 : state.sum / state.n
  const meanAbove = state.n === 0 ? 1 : state.sum / state.n
  const sum = state.sum + score
  const shrunkMean = (0.5 + sum) / (t + 1)
  return {
    level: state.level,
    n: t,
    sum,
    squares: state.squares + (score - shrunkMean) ** 2,
    stakeSum: state.stakeSum + stake,
    stakedScores: state.stakedScores + stake * score,
    penaltyBelow: state.penaltyBelow + (score - meanBelow) ** 2 * uncertainty,
    penaltyAbove: state.penaltyAbove + (score - meanAbove) ** 2 * uncertainty,
  }
}

export function empiricalBernsteinInterval(state: EmpiricalBernsteinState): Outcome {
  if (state.n === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const centre = state.stakedScores / state.stakeSum
  const logTerm = Math.log(2 / (1 - state.level))
  return {
    kind: 'estimate',
    value: state.sum / state.n,
    interval: {
      lower: Math.max(0, centre - (logTerm + state.penaltyBelow) / state.stakeSum),
      upper: Math.min(1, centre + (logTerm + state.penaltyAbove) / state.stakeSum),
      level: state.level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: state.n,
    method: 'empirical-bernstein-confidence-sequence',
    assumptions: ['bounded-scores', 'constant-mean'],
    caveats: [],
  }
}

/** The interval after all scores, for scores that are already in hand. */
export function empiricalBernsteinSequence({
  values,
  level,
}: {
  readonly values: ArrayLike<number>
  readonly level: number
}): Outcome {
  let state = startEmpiricalBernstein(level)
  for (let i = 0; i < values.length; i++) state = advanceEmpiricalBernstein(state, values[i] ?? Number.NaN)
  return empiricalBernsteinInterval(state)
}
