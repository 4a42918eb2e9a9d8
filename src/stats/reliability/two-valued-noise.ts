/** Limits for the noise variance of 0/1 scores, which is p(1 − p) and errs as the rate does. */
import { degreesOfParts } from '../degrees-of-parts.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
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
  const total = exactSum(sumsOfSquares)
  const parts = sumsOfSquares.map((sum) => (sum - total / items) ** 2)
  const error = Math.sqrt((exactSum(parts) * items) / (items - 1)) / total
  const degreesOfFreedom = Math.max(1, Math.min(items - 1, degreesOfParts(parts)))
  const factor = Math.exp(studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * error)
  return { lower: meanSquare / factor, upper: meanSquare * factor }
}
