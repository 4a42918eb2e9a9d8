/** Mean and variance of a sample, to the last bit the same for every order of its values. */
import { checkFinite, checkWhole } from './check-inputs.ts'
import { exactSum } from './special/exact-sum.ts'

/** Σ y / n. Refuses no values. */
export function meanOf(values: ArrayLike<number>): number {
  checkWhole({ values: values.length }, { least: 1 })
  const mean = exactSum(values) / values.length
  if (!Number.isFinite(mean)) checkFinite(values)
  return mean
}

/** Σ (y − ȳ)² / (n − lost): `lost` is 1 for the unbiased variance of a sample, 0 for that of a population. */
export function varianceOf(values: ArrayLike<number>, lost: 0 | 1): number {
  checkWhole({ values: values.length - lost }, { least: 1 })
  const mean = meanOf(values)
  const squares = new Float64Array(values.length)
  for (let row = 0; row < squares.length; row++) squares[row] = ((values[row] ?? Number.NaN) - mean) ** 2
  return exactSum(squares) / (values.length - lost)
}
