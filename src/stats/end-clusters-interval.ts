/** The t interval of a mean of clustered, bounded scores, made to allow for clusters at the ends of the range that the sample lacks. */
import type { ScoreRange } from './check-inputs.ts'
import type { ClusterTotals } from './clusters.ts'
import { normalUpperQuantile } from './distributions/normal.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import type { Caveat, Interval } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface EndClustersOptions {
  readonly totals: ClusterTotals
  readonly range: ScoreRange
  readonly degreesOfFreedom: number
  /** t interval of the sample. */
  readonly interval: Interval
}

export interface EndClustersInterval {
  readonly interval: Interval
  readonly caveat: Caveat
}

/** Skewness of the mean from which a t interval falls short: gains in a tenth of 700 pairs have 0.1, in a tenth of 100 pairs 0.27. */
const mostSkewness = 0.1

/**
 * Hull of the t interval and of the one with z² more clusters of average size, half of them at each end of the range (z² = 3.84
 * at 95 %; Agresti and Coull 1998 for a proportion, Agresti and Min 2005 for paired differences), CR2 about their common
 * mean and the degrees of freedom of the sample; cut to the range.
 *
 * A mean of few successes and its standard error are small together: t intervals of 0/1 scores at a rate of 0.05 in clusters
 * that lean together cover 0.7 to 0.9. The hull covers 95 % or more, conservative by design where clusters are few.
 *
 * `undefined` where the t interval needs no help: it stays inside the range and its mean is not skewed, |Σr³|/(Σr²)^1.5 ≤ 0.1 for
 * the residual sums r of the clusters. Needs variation.
 */
export function endClustersInterval(options: EndClustersOptions): EndClustersInterval | undefined {
  const { totals, range, degreesOfFreedom, interval } = options
  const leaves = interval.lower < range.lower || interval.upper > range.upper
  if (!leaves && skewnessOfMean(totals) <= mostSkewness) return undefined
  const tail = (1 - interval.level) / 2
  const added = normalUpperQuantile(tail) ** 2
  const { centre, variance } = withClustersAtEnds(totals, { added, range })
  const margin = studentTUpperQuantile(tail, degreesOfFreedom) * Math.sqrt(variance)
  return {
    interval: {
      ...interval,
      // Rounding may have carried the mean itself past an end.
      lower: Math.max(Math.min(range.lower, totals.mean), Math.min(interval.lower, centre - margin)),
      upper: Math.min(Math.max(range.upper, totals.mean), Math.max(interval.upper, centre + margin)),
    },
    caveat: {
      code: 'interval-allows-for-unseen-clusters',
      severity: 'note',
      values: { added, lower: interval.lower, upper: interval.upper },
    },
  }
}

interface AddedClusters {
  readonly added: number
  readonly range: ScoreRange
}

function withClustersAtEnds(
  { count, rows, sizes, sums, mean }: ClusterTotals,
  { added, range: { lower, upper } }: AddedClusters,
) {
  const size = rows / count
  const all = rows + added * size
  const centre = (rows * mean + (added * size * (lower + upper)) / 2) / all
  const part = (sum: number, own: number): number => ((sum - own * centre) / all) ** 2 / (1 - own / all)
  const atEnds = (added / 2) * (part(size * lower, size) + part(size * upper, size))
  return { centre, variance: exactSum(sums.map((sum, g) => part(sum, sizes[g] ?? 0))) + atEnds }
}

function skewnessOfMean({ sizes, sums, mean }: ClusterTotals): number {
  const residuals = sums.map((sum, g) => sum - (sizes[g] ?? 0) * mean)
  const squares = exactSum(residuals.map((residual) => residual ** 2))
  return Math.abs(exactSum(residuals.map((residual) => residual ** 3))) / squares ** 1.5
}
