/** Mean squares of a complete rows × columns table with one value per cell. */
import { exactSum } from './special/exact-sum.ts'

export interface MeanSquares {
  /** Between rows, n − 1 degrees of freedom. */
  readonly row: number
  /** Between columns, k − 1. */
  readonly column: number
  /** Interaction and error, (n − 1)(k − 1). */
  readonly residual: number
  /** Within rows, n(k − 1): column and residual together. */
  readonly within: number
  readonly grandMean: number
}

/** Two-way analysis of variance without replication (Fisher 1925). Needs n ≥ 2 rows and k ≥ 2 columns. */
export function twoWayMeanSquares({
  values,
  columns: k,
}: {
  readonly values: Float64Array
  readonly columns: number
}): MeanSquares {
  const n = values.length / k
  const grandMean = exactSum(values) / values.length
  const rowMeans = Float64Array.from({ length: n }, (_, i) => exactSum(values.subarray(i * k, (i + 1) * k)) / k)
  const columnMeans = Float64Array.from({ length: k }, (_, j) => {
    const column = Float64Array.from({ length: n }, (_, i) => values[i * k + j] ?? Number.NaN)
    return exactSum(column) / n
  })
  const residuals = values.map(
    (value, at) => (value - (rowMeans[Math.floor(at / k)] ?? 0) - (columnMeans[at % k] ?? 0) + grandMean) ** 2,
  )
  const column = n * exactSum(columnMeans.map((mean) => (mean - grandMean) ** 2))
  const residual = exactSum(residuals)
  return {
    row: (k * exactSum(rowMeans.map((mean) => (mean - grandMean) ** 2))) / (n - 1),
    column: column / (k - 1),
    residual: residual / ((n - 1) * (k - 1)),
    within: (column + residual) / (n * (k - 1)),
    grandMean,
  }
}
