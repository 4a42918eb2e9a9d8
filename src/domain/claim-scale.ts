/**
 * A claim put on one scale: "the mean of values in [0, 1] is above a bar".
 *
 * Claims "below" are turned around, differences of two scores are moved to [0, 1], and quantile claims become claims about
 * the share of scores beyond the threshold. One rule then decides all of them.
 */
import type { Claim } from './claim.ts'
import type { MissingReason } from './observations.ts'
import type { StudyScorer } from './study.ts'

export interface ClaimScale {
  /** Threshold on the common scale. */
  readonly bar: number
  /** The declared value clearly on the claimed side, on the common scale. */
  readonly alternative: number | undefined
  /** Whether values can only be 0 and 1. */
  readonly binary: boolean
  /** Value of one response of the model (and of the baseline); a range where scores are missing. */
  readonly valueOf: (score: ScoreCell, baseline: ScoreCell) => ValueRange | 'not-binary'
  /** The way back, for showing an interval in units of the score. */
  readonly toScore: (value: number) => number
}

export type ScoreCell = number | MissingReason

/** What the scorers said of one cell, by their labels. */
export type CellScoresByScorer = Readonly<
  Record<string, { readonly strict: ScoreCell; readonly lenient: ScoreCell } | undefined>
>

/** Worst and best for the claim; equal where the score is known. */
export interface ValueRange {
  readonly worst: number
  readonly best: number
}

/** The scale, or why there is none. */
export function claimScale(claim: Claim, scorer: StudyScorer): ClaimScale | { readonly refused: string } {
  const { lower, upper } = scorer.range
  const width = upper - lower
  if (!Number.isFinite(width)) return { refused: 'score-range-unbounded' }
  const scale = scaleOf(claim, { lower, width })
  if (!(scale.bar > 0 && scale.bar < 1)) return { refused: 'threshold-outside-range' }
  if (scale.alternative !== undefined && !(scale.alternative > 0 && scale.alternative < 1))
    return { refused: 'alternative-outside-range' }
  return scale
}

interface Range {
  readonly lower: number
  readonly width: number
}

function scaleOf(claim: Claim, range: Range): ClaimScale {
  if (claim.kind === 'comparison') return differenceScale(claim, range)
  if (claim.quantifier === 'quantile') return quantileScale(claim)
  const turned = claim.direction === 'below'
  const toUnit = (score: number): number => {
    const unit = (score - range.lower) / range.width
    return turned ? 1 - unit : unit
  }
  const mustBeBinary = claim.quantifier === 'rate'
  return {
    bar: toUnit(claim.threshold),
    alternative: claim.alternative === undefined ? undefined : toUnit(claim.alternative),
    binary: mustBeBinary,
    valueOf: (score) => {
      if (typeof score !== 'number') return unknownValue
      if (mustBeBinary && score !== range.lower && score !== range.lower + range.width) return 'not-binary'
      const value = toUnit(score)
      return { worst: value, best: value }
    },
    toScore: (value) => range.lower + (turned ? 1 - value : value) * range.width,
  }
}

const unknownValue: ValueRange = { worst: 0, best: 1 }

function differenceScale(claim: Claim, { lower, width }: Range): ClaimScale {
  const turned = claim.direction === 'below'
  const toUnit = (difference: number): number => {
    const unit = (difference / width + 1) / 2
    return turned ? 1 - unit : unit
  }
  const bounds = (score: ScoreCell): readonly [number, number] =>
    typeof score === 'number' ? [score, score] : [lower, lower + width]
  return {
    bar: toUnit(claim.threshold),
    alternative: claim.alternative === undefined ? undefined : toUnit(claim.alternative),
    binary: false,
    valueOf: (score, baseline) => {
      const [low, high] = bounds(score)
      const [baseLow, baseHigh] = bounds(baseline)
      const ends = [toUnit(low - baseHigh), toUnit(high - baseLow)]
      return { worst: Math.min(...ends), best: Math.max(...ends) }
    },
    toScore: (value) => ((turned ? 1 - value : value) * 2 - 1) * width,
  }
}

/** "The p-quantile is above t" is "more than 1 − p of the scores are above t"; below likewise with p. */
function quantileScale({ direction, threshold, probability = 0.5 }: Claim): ClaimScale {
  const above = direction === 'above'
  return {
    bar: above ? 1 - probability : probability,
    alternative: undefined,
    binary: true,
    valueOf: (score) => {
      if (typeof score !== 'number') return unknownValue
      const value = (above ? score > threshold : score < threshold) ? 1 : 0
      return { worst: value, best: value }
    },
    toScore: (value) => value,
  }
}
