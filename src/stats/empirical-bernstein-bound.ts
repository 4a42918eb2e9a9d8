/** Mean of bounded scores with an interval that holds for every sample size and law, narrower where scores vary little. */
import { checkLevel, checkRange, type ScoreRange } from './check-inputs.ts'
import { notEstimable, type Outcome } from './result.ts'
import { meanOf, varianceOf } from './sample-moments.ts'

export interface EmpiricalBernsteinBoundOptions {
  /** Independent scores, of one law, at a number fixed in advance. */
  readonly values: ArrayLike<number>
  readonly range: ScoreRange
  readonly level: number
  readonly side: 'two-sided' | 'lower' | 'upper'
}

/**
 * x̄ ± (√(2 V ln(2/δ)/n) + 7 w ln(2/δ)/(3(n − 1))), V the sample variance, w the width of the range, δ the error rate of one
 * side (Maurer and Pontil 2009, "Empirical Bernstein bounds and sample-variance penalization", Theorem 4).
 *
 * A finite-sample guarantee at a fixed number of scores; looking earlier voids it (`empiricalBernsteinSequence` does not
 * mind). The betting interval is narrower; this one is a formula. Cut to the range; keeps a width where nothing varies.
 * Refuses fewer than two scores.
 *
 * empiricalBernsteinBound({ values: [0, 1, 1, 0, 1, 1, 1, 0, 1, 1], range: { lower: 0, upper: 1 }, level: 0.9, side: 'lower' })
 */
export function empiricalBernsteinBound({ values, range, level, side }: EmpiricalBernsteinBoundOptions): Outcome {
  checkLevel(level)
  checkRange(values, range)
  const n = values.length
  if (n < 2) return notEstimable('too-few-values', { needed: 2, given: n })
  const scores = Float64Array.from(values)
  const value = Math.min(range.upper, Math.max(range.lower, meanOf(scores)))
  const spent = (1 - level) / (side === 'two-sided' ? 2 : 1)
  const logTerm = Math.log(2 / spent)
  const width = range.upper - range.lower
  const margin = Math.sqrt((2 * varianceOf(scores, 1) * logTerm) / n) + (7 * width * logTerm) / (3 * (n - 1))
  return {
    kind: 'estimate',
    value,
    interval: {
      lower: side === 'upper' ? range.lower : Math.max(range.lower, value - margin),
      upper: side === 'lower' ? range.upper : Math.min(range.upper, value + margin),
      level,
      kind: 'confidence',
      side,
    },
    n,
    method: 'maurer-pontil-empirical-bernstein',
    assumptions: ['independent-values', 'bounded-scores'],
    caveats: [],
  }
}
