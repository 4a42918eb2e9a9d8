/** The quadratic form x′ A⁻ x of a symmetric matrix that may be singular. */
import { checkFinite, checkLengths, checkWhole } from '../check-inputs.ts'

export interface SemidefiniteForm {
  readonly rank: number
  /** x′ A⁻ x for x in the column space of A. */
  readonly quadraticForm: (x: Float64Array) => number
}

/**
 * Cholesky factor of a positive semi-definite k × k matrix, row-major; rows whose pivot vanishes (at or below 1e-9 of
 * their diagonal) are linear in earlier ones and are left out. `cholesky` refuses such matrices instead.
 *
 * semidefiniteForm(Float64Array.of(2, -2, -2, 2), 2).rank // => 1
 */
export function semidefiniteForm(matrix: Float64Array, k: number): SemidefiniteForm {
  checkWhole({ k }, { least: 0, most: 20_000 })
  checkLengths({ matrix: matrix.length, entries: k * k })
  checkFinite(matrix)
  const lower = new Float64Array(k * k)
  const kept: number[] = []
  for (let row = 0; row < k; row++) {
    for (const column of kept) {
      let sum = matrix[row * k + column] ?? 0
      for (const inner of kept) {
        if (inner >= column) break
        sum -= (lower[row * k + inner] ?? 0) * (lower[column * k + inner] ?? 0)
      }
      lower[row * k + column] = sum / (lower[column * k + column] ?? 1)
    }
    const diagonal = matrix[row * k + row] ?? 0
    let pivot = diagonal
    for (const inner of kept) pivot -= (lower[row * k + inner] ?? 0) ** 2
    if (pivot > 1e-9 * diagonal) {
      lower[row * k + row] = Math.sqrt(pivot)
      kept.push(row)
    }
  }
  const quadraticForm = (x: Float64Array): number => {
    const solved = new Float64Array(k)
    let quadratic = 0
    for (const row of kept) {
      let value = x[row] ?? 0
      for (const inner of kept) {
        if (inner >= row) break
        value -= (lower[row * k + inner] ?? 0) * (solved[inner] ?? 0)
      }
      value /= lower[row * k + row] ?? 1
      solved[row] = value
      quadratic += value * value
    }
    return quadratic
  }
  return { rank: kept.length, quadraticForm }
}
