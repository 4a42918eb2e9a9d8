/** Building blocks of the information in comparisons: Laplacians of weighted graphs. */

/** Adds weight · (e_i − e_j)(e_i − e_j)ᵀ. */
export function addEdge({
  matrix,
  size,
  i,
  j,
  weight,
}: {
  readonly matrix: Float64Array
  readonly size: number
  readonly i: number
  readonly j: number
  readonly weight: number
}): void {
  matrix[i * size + i] = (matrix[i * size + i] ?? 0) + weight
  matrix[j * size + j] = (matrix[j * size + j] ?? 0) + weight
  matrix[i * size + j] = (matrix[i * size + j] ?? 0) - weight
  matrix[j * size + i] = (matrix[j * size + i] ?? 0) - weight
}
