/** Limits for the noise variance of 0/1 scores, which is p(1 − p) and errs as the rate does. */
import { degreesOfParts } from '../degrees-of-parts.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import type { Interval } from '../result.ts'
import { skewnessAllowance } from '../skewness-allowance.ts'
import { exactSum } from '../special/exact-sum.ts'
import type { MeanSquareLimits } from './mean-square-interval.ts'

/**
 * MS · exp(±t · s) with s² = n/(n − 1) · Σ (S_i − S̄)² / (Σ S_i)², from the sums of squares S_i of n items: the delta method for ln MS
 * with items as independent units, t with the smaller of n − 1 and the degrees of freedom of the parts.
 *
 * χ² limits suppose normal scores; for 0/1 scores at a rate of 0.05 they cover 0.5. Models and conditions are taken as they are.
 */
export function twoValuedNoise({
  meanSquare,
  sumsOfSquares,
  level,
}: {
  readonly meanSquare: number
  readonly sumsOfSquares: Float64Array
  readonly level: number
}): MeanSquareLimits {
  const items = sumsOfSquares.length
  const mean = exactSum(sumsOfSquares) / items
  const deviations = sumsOfSquares.map((sum) => sum - mean)
  const degreesOfFreedom = Math.max(1, Math.min(items - 1, degreesOfParts(deviations.map((each) => each ** 2))))
  const error = Math.sqrt(relativeVariance(sumsOfSquares))
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * error
  const interval: Interval = {
    lower: Math.exp(-margin),
    upper: Math.exp(margin),
    level,
    kind: 'confidence',
    side: 'two-sided',
  }
  const skewed = skewnessAllowance({
    pulls: deviations.map((each) => each / (mean * Math.sqrt(items * (items - 1)))),
    otherVariance: 0,
    value: 1,
    degreesOfFreedom,
    interval,
    ends: undefined,
  })
  const { lower, upper } = skewed?.interval ?? interval
  return { lower: Math.max(0, meanSquare * lower), upper: meanSquare * upper }
}

/** Variance of a sum of items' squares over the square of it, as the items show it; 2/ν for a χ² with ν degrees of freedom. */
export function relativeVariance(squares: Float64Array): number {
  const items = squares.length
  const total = exactSum(squares)
  return (exactSum(squares.map((square) => (square - total / items) ** 2)) * items) / ((items - 1) * total ** 2)
}
