/** Mean and variance of a sample, to the last bit the same for every order of its values. */
import { exactSum } from './special/exact-sum.ts'

/** Σ y / n. Empty gives NaN. */
export function meanOf(values: ArrayLike<number>): number {
  return exactSum(values) / values.length
}

/** Σ (y − ȳ)² / (n − lost): `lost` is 1 for the unbiased variance of a sample, 0 for that of a population. */
export function varianceOf(values: ArrayLike<number>, lost: 0 | 1): number {
  const mean = meanOf(values)
  return exactSum(Float64Array.from(values, (value) => (value - mean) ** 2)) / (values.length - lost)
}
