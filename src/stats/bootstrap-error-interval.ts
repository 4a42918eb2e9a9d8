/** t interval around a statistic with its bootstrap standard error. */
import type { BootstrapDistribution } from './bootstrap-distribution.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import { type DeleteOneVariance, deleteOneVariance } from './resampling/delete-one-variance.ts'
import type { Caveat, Interval } from './result.ts'
import { skewnessAllowance } from './skewness-allowance.ts'
import { exactSum } from './special/exact-sum.ts'
import { twoValues } from './two-values.ts'

/**
 * θ̂ ± t · √max(V* · inflation, V_J) (Hesterberg 2015, "What teachers should know about the bootstrap", §4: the t interval with
 * bootstrap standard error, and narrowness bias), V* the bootstrap variance and the rest from `deleteOneVariance`.
 *
 * A percentile interval has no t quantile and is short by √((G − 1)/G) besides: with 8 clusters it covers 0.87 for 0.95.
 * Units of unequal size make V* too small by more than G/(G − 1); the jackknife V_J leans the other way. Symmetric but for skewed
 * units (`skewnessAllowance`), `scores` being what a mean is of, if it is one: resample the logarithm of a ratio, and the logit
 * of a share that may come close to its ends.
 */
export function bootstrapErrorInterval({
  distribution,
  strata,
  scores,
  level,
}: {
  readonly distribution: BootstrapDistribution
  readonly strata: readonly Float64Array[]
  readonly scores: ArrayLike<number> | undefined
  readonly level: number
}): { readonly interval: Interval; readonly degreesOfFreedom: number; readonly allowances: readonly Caveat[] } {
  const { variance, degreesOfFreedom, inflation }: DeleteOneVariance = deleteOneVariance(strata)
  const { observed: value, standardDeviation } = distribution
  const errorVariance = Math.max(standardDeviation ** 2 * inflation, variance)
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * Math.sqrt(errorVariance)
  const interval: Interval = {
    lower: value - margin,
    upper: value + margin,
    level,
    kind: 'confidence',
    side: 'two-sided',
  }
  const most = strata.reduce((largest, { length }) => Math.max(largest, length), 0)
  const found = strata
    .map((without) => {
      const pulls = pullsOf(without)
      const own = exactSum(pulls.map((pull) => pull ** 2))
      const otherVariance = Math.max(0, errorVariance - own)
      const ends = without.length === most && scores !== undefined ? twoValues(scores) : undefined
      return skewnessAllowance({ pulls, otherVariance, value, degreesOfFreedom, interval, ends })
    })
    .filter((each) => each !== undefined)
  return {
    interval: {
      ...interval,
      lower: found.reduce((least, each) => Math.min(least, each.interval.lower), interval.lower),
      upper: found.reduce((largest, each) => Math.max(largest, each.interval.upper), interval.upper),
    },
    degreesOfFreedom,
    allowances: found.map(({ caveat }) => caveat).slice(0, 1),
  }
}

/** How far each unit pulls the statistic, from the statistic without it: their squares add up to the jackknife variance. */
function pullsOf(without: Float64Array): Float64Array {
  const units = without.length
  const mean = exactSum(without) / units
  return without.map((value) => (mean - value) * Math.sqrt((units - 1) / units))
}
