/** t interval around a statistic with its bootstrap standard error. */
import type { BootstrapDistribution } from './bootstrap-distribution.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import { type DeleteOneVariance, deleteOneVariance } from './resampling/delete-one-variance.ts'
import type { Interval } from './result.ts'

/**
 * θ̂ ± t · √max(V* · inflation, V_J) (Hesterberg 2015, "What teachers should know about the bootstrap", §4: the t interval with
 * bootstrap standard error, and narrowness bias), V* the bootstrap variance and the rest from `deleteOneVariance`.
 *
 * A percentile interval has no t quantile and is short by √((G − 1)/G) besides: with 8 clusters it covers 0.87 for 0.95.
 * Units of unequal size make V* too small by more than G/(G − 1); the jackknife V_J leans the other way. Symmetric:
 * resample the logarithm of a ratio, and the logit of a share that may come close to its ends.
 */
export function bootstrapErrorInterval({
  distribution,
  strata,
  level,
}: {
  readonly distribution: BootstrapDistribution
  readonly strata: readonly Float64Array[]
  readonly level: number
}): { readonly interval: Interval; readonly degreesOfFreedom: number } {
  const { variance, degreesOfFreedom, inflation }: DeleteOneVariance = deleteOneVariance(strata)
  const { observed, standardDeviation } = distribution
  const error = Math.sqrt(Math.max(standardDeviation ** 2 * inflation, variance))
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * error
  return {
    interval: { lower: observed - margin, upper: observed + margin, level, kind: 'confidence', side: 'two-sided' },
    degreesOfFreedom,
  }
}
