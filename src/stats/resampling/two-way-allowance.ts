/** The t interval of a mean over two crossed ways, made to allow for levels that the sample lacks. */
import type { ScoreRange } from '../check-inputs.ts'
import { signedRoots } from '../cluster-mean.ts'
import type { RobustVariance } from '../cluster-robust-variance.ts'
import type { ClusterTotals } from '../clusters.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import { endClustersInterval } from '../end-clusters-interval.ts'
import type { Caveat, Interval } from '../result.ts'
import { skewnessAllowance } from '../skewness-allowance.ts'
import { type TwoValues, twoValues } from '../two-values.ts'

/** Levels of one way, with the variance of the mean that they make by themselves. */
export interface Way {
  readonly totals: ClusterTotals
  readonly robust: RobustVariance
}

export interface TwoWayAllowanceOptions {
  /** The way with more levels, and the other. */
  readonly finer: Way
  readonly coarser: Way
  readonly values: ArrayLike<number>
  readonly range: ScoreRange | undefined
  readonly value: number
  /** Of the mean, both ways together. */
  readonly variance: number
  readonly degreesOfFreedom: number
  /** t interval of the sample. */
  readonly interval: Interval
}

export interface TwoWayAllowance {
  readonly interval: Interval
  readonly caveats: readonly Caveat[]
}

/**
 * Hull of the t interval, of what `endClustersInterval` (with a range) or `skewnessAllowance` makes of it for the finer way, of
 * `skewnessAllowance` for the coarser, and of the t interval of the logit where scores have a range or take two values.
 *
 * The mean of few prompts that carry the variance is skewed unless it is in the middle: t alone covers 0.93 with 100 items × 20
 * prompts at a rate of 0.2, and 0.89 with 10 prompts of larger effects at 0.8. The ends of the range say little about prompts,
 * none of which comes near them.
 */
export function twoWayAllowance(options: TwoWayAllowanceOptions): TwoWayAllowance {
  const { finer, coarser, values, range, value, variance, degreesOfFreedom, interval } = options
  const pair = twoValues(values)
  const skewed = ({ totals, robust }: Way, pairOfScores: TwoValues | undefined) =>
    skewnessAllowance({
      pulls: signedRoots(totals, robust.parts),
      otherVariance: Math.max(0, variance - robust.variance),
      value,
      degreesOfFreedom,
      interval,
      ends: pairOfScores,
    })
  const found = [
    range === undefined
      ? skewed(finer, pair)
      : endClustersInterval({ totals: finer.totals, range, degreesOfFreedom, interval }),
    skewed(coarser, undefined),
  ].filter((each) => each !== undefined)
  const ends = range ?? (pair === undefined ? undefined : { lower: pair.low, upper: pair.high })
  const logit = ends === undefined ? [] : [logitInterval({ ...options, ends })]
  const all = [interval, ...found.map((each) => each.interval), ...logit]
  const hull = {
    lower: Math.min(...all.map(({ lower }) => lower)),
    upper: Math.max(...all.map(({ upper }) => upper)),
  }
  return {
    interval: {
      ...interval,
      // Rounding may have carried the mean itself past an end.
      lower: range === undefined ? hull.lower : Math.max(Math.min(range.lower, value), hull.lower),
      upper: range === undefined ? hull.upper : Math.min(Math.max(range.upper, value), hull.upper),
    },
    caveats: found.map(({ caveat }) => caveat),
  }
}

/** t on the scale ln((y − lower)/(upper − y)), its error by the delta method; `interval` where the mean lies at an end. */
function logitInterval({
  ends: { lower, upper },
  value,
  variance,
  degreesOfFreedom,
  interval,
}: TwoWayAllowanceOptions & { readonly ends: ScoreRange }): Interval {
  const share = (value - lower) / (upper - lower)
  const error = Math.sqrt(variance) / ((upper - lower) * share * (1 - share))
  const margin = studentTUpperQuantile((1 - interval.level) / 2, degreesOfFreedom) * error
  const center = Math.log(share / (1 - share))
  if (!Number.isFinite(center) || !Number.isFinite(margin)) return interval
  const at = (logit: number): number => lower + (upper - lower) / (1 + Math.exp(-logit))
  return { ...interval, lower: at(center - margin), upper: at(center + margin) }
}
