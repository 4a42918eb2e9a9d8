/** Quantiles of graded item scores: what most items reach, which a mean does not tell. */
import { notEstimable, type Outcome, quantileBound, quantileSequence } from '../../../stats/index.ts'

export interface ItemQuantile {
  /** Share of items that score no more than it. */
  readonly probability: number
  /** At every number of items from the first that counts, and for all quantiles at once. */
  readonly anytime: Outcome
  /** Narrower, for this quantile by itself and a number of items that was fixed before. */
  readonly fixed: Outcome
}

export interface QuantileOptions {
  readonly level: number
  readonly quantiles: readonly number[]
  /** Items from which the bounds are to hold. */
  readonly quantileFrom: number
  readonly range: { readonly lower: number; readonly upper: number } | undefined
}

const unlimited = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }

/** None for fewer items than the bounds hold from. */
export function itemQuantiles(
  values: Float64Array,
  { level, quantiles, quantileFrom, range = unlimited }: QuantileOptions,
): readonly ItemQuantile[] {
  if (values.length < quantileFrom) return []
  return quantiles.map((probability) => ({
    probability,
    anytime: quantileSequence({ values, probability, from: quantileFrom, level, range }),
    fixed: bothSides(values, { probability, level, range }),
  }))
}

/** An order statistic on either side, each at half of the error rate; an end that no item bounds is that of the range. */
function bothSides(
  values: Float64Array,
  {
    probability,
    level,
    range,
  }: Pick<QuantileOptions, 'level'> & {
    readonly probability: number
    readonly range: { readonly lower: number; readonly upper: number }
  },
): Outcome {
  const half = { values, probability, level: (1 + level) / 2 }
  const lower = quantileBound({ ...half, side: 'lower' })
  const upper = quantileBound({ ...half, side: 'upper' })
  const known = lower.kind === 'estimate' ? lower : upper
  if (known.kind === 'not-estimable') return notEstimable(known.because.code, known.because.values)
  return {
    ...known,
    interval: {
      lower: lower.kind === 'estimate' ? lower.interval.lower : range.lower,
      upper: upper.kind === 'estimate' ? upper.interval.upper : range.upper,
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
  }
}
