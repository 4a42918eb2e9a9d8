/** Cholesky factorisation of symmetric positive definite matrices, dense, row-major. */
import { checkFinite } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { rowProduct } from './row-product.ts'

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
      const sum = (matrix[rowI + j] ?? 0) - rowProduct(lower, rowI, lower, rowJ, j)
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
export function solveCholesky({ size, lower }: CholeskyFactor, right: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const x = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    x[i] = ((right[i] ?? 0) - rowProduct(lower, i * size, x, 0, i)) / (lower[i * size + i] ?? 1)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < size; k++) sum -= (lower[k * size + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * size + i] ?? 1)
  }
  // What is no number anywhere has reached the first entry by now.
  if (Number.isNaN(x[0])) checkFinite(right)
  return x
}

/** A⁻¹ = L⁻ᵀ L⁻¹, symmetric to the last bit, dense. */
export function invertCholesky({ size, lower }: CholeskyFactor): Float64Array<ArrayBuffer> {
  // Row c holds column c of L⁻¹, from the diagonal on.
  const columns = new Float64Array(size * size)
  for (let c = 0; c < size; c++) {
    const row = c * size
    for (let i = c; i < size; i++) {
      const sum = (i === c ? 1 : 0) - rowProduct(lower, i * size + c, columns, row + c, i - c)
      columns[row + i] = sum / (lower[i * size + i] ?? 1)
    }
  }
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = rowProduct(columns, i * size + i, columns, j * size + i, size - i)
      inverse[i * size + j] = entry
      inverse[j * size + i] = entry
    }
  }
  return inverse
}

/** ln det A = 2 Σ ln L_ii. */
export function logDeterminant({ size, lower }: CholeskyFactor): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += Math.log(lower[i * size + i] ?? 1)
  return 2 * sum
}
