/** Cholesky factorisation of symmetric positive definite matrices, dense, row-major. */
import { fail } from '../fail.ts'

/** Lower triangle L of A = L Lᵀ; entries above the diagonal are 0. */
export interface CholeskyFactor {
  readonly size: number
  readonly lower: Float64Array
}

/**
 * Factors A, of which only the lower triangle is read. Returns undefined where A is not positive definite to working
 * precision: a pivot at or below 1e-13 of the largest diagonal entry.
 */
export function cholesky(matrix: Float64Array, size: number): CholeskyFactor | undefined {
  if (matrix.length !== size * size)
    fail('matrix-not-square', { entries: matrix.length, size }, 'pass size × size entries')
  const lower = new Float64Array(size * size)
  let largest = 0
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i] ?? 0)
  for (let i = 0; i < size; i++) {
    const rowI = i * size
    for (let j = 0; j <= i; j++) {
      const rowJ = j * size
      let sum = matrix[rowI + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (lower[rowI + k] ?? 0) * (lower[rowJ + k] ?? 0)
      if (i === j) {
        if (!(sum > 1e-13 * largest)) return undefined
        lower[rowI + i] = Math.sqrt(sum)
      } else {
        lower[rowI + j] = sum / (lower[rowJ + j] ?? 1)
      }
    }
  }
  return { size, lower }
}

/** Solves A x = b; returns x. */
export function solveCholesky(factor: CholeskyFactor, right: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const x = new Float64Array(factor.size)
  for (let i = 0; i < x.length; i++) x[i] = right[i] ?? 0
  solveFrom({ ...factor, x, first: 0 })
  return x
}

/** A⁻¹, symmetric, dense: of each column what lies on and below the diagonal, as what is above is known by then. */
export function invertCholesky({ size, lower }: CholeskyFactor): Float64Array<ArrayBuffer> {
  const inverse = new Float64Array(size * size)
  const x = new Float64Array(size)
  for (let column = 0; column < size; column++) {
    x.fill(0)
    x[column] = 1
    solveFrom({ size, lower, x, first: column })
    for (let row = column; row < size; row++) {
      inverse[row * size + column] = x[row] ?? 0
      inverse[column * size + row] = x[row] ?? 0
    }
  }
  return inverse
}

/** Entries `first` and later of A⁻¹ x, in place, for an x that is 0 before them. */
function solveFrom({ size, lower, x, first }: CholeskyFactor & { readonly x: Float64Array; readonly first: number }) {
  for (let i = first; i < size; i++) {
    let sum = x[i] ?? 0
    for (let k = first; k < i; k++) sum -= (lower[i * size + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * size + i] ?? 1)
  }
  for (let i = size - 1; i >= first; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < size; k++) sum -= (lower[k * size + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * size + i] ?? 1)
  }
}

/** ln det A = 2 Σ ln L_ii. */
export function logDeterminant({ size, lower }: CholeskyFactor): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += Math.log(lower[i * size + i] ?? 1)
  return 2 * sum
}
