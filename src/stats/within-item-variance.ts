/** How much one item's score varies from run to run. */
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import { checkLevel, checkRange, type ScoreRange } from './check-inputs.ts'
import { clusterMean } from './cluster-mean.ts'
import { withLeftOut } from './flip-rate.ts'
import { meanInterval } from './mean-interval.ts'
import { type RepeatedRuns, repeatedItems } from './repeated-items.ts'
import { notEstimable, type Outcome } from './result.ts'
import { varianceOf } from './sample-moments.ts'

/**
 * Variance of one run of a fixed item, averaged over items: prediction noise.
 *
 * Per item the sample variance of its runs (for 0/1 scores K/(K − 1) · p̂(1 − p̂), half its flip rate), unbiased; the
 * interval is over items, with clusters. With a range the variance of two or more scores is at most half its width
 * squared, and the interval stays within that and never closes at 0; without one it is t's and refuses runs that never
 * differ. Items with one run are left out and counted.
 *
 * withinItemVariance({ values: [1, 0, 1, 1], items: [1, 1, 2, 2], clusters: undefined, range: { lower: 0, upper: 1 }, level: 0.95 })
 *   .value // => 0.25
 */
export function withinItemVariance({
  range,
  level,
  ...runs
}: RepeatedRuns & { readonly range: ScoreRange | undefined; readonly level: number }): Outcome {
  checkLevel(level)
  if (range !== undefined) checkRange(runs.values, range)
  const { count, summarise, clusters, leftOut } = repeatedItems(runs, { least: 2 })
  if (count === 0) return notEstimable('needs-repeated-runs', { items: leftOut, needed: 2 })
  return withLeftOut(interval(summarise(sampleVariance), { clusters, range, level }), {
    method: 'within-item-variance',
    leftOut,
    needed: 2,
  })
}

type IntervalOptions = Pick<RepeatedRuns, 'clusters'> & {
  readonly range: ScoreRange | undefined
  readonly level: number
}

function interval(values: Float64Array, { clusters, range, level }: IntervalOptions): Outcome {
  if (range !== undefined) {
    const most = (range.upper - range.lower) ** 2 / 2
    // Rounding can take the variance of two opposite ends a last bit above what it can be.
    const capped = values.map((value) => Math.min(value, most))
    return boundedMeanInterval({ values: capped, clusters, range: { lower: 0, upper: most }, level })
  }
  return clusters === undefined
    ? meanInterval({ values, skewness: 'allow', level })
    : clusterMean({ values, clusters, correction: 'cr2', level })
}

function sampleVariance(runs: Float64Array): number {
  if (runs[0] === runs[runs.length - 1]) return 0
  return varianceOf(runs, 1)
}
