/**
 * Sparse LDLᵀ factorisation of a symmetric positive definite matrix of fixed pattern, with the entries of the inverse
 * inside that pattern.
 *
 * Up-looking algorithm (Davis 2005, "Algorithm 849: a concise sparse Cholesky factorization package") with the
 * elimination tree found once; selected inverse by Takahashi's equations. The order of the unknowns is the caller's:
 * eliminating the factor with the most levels first keeps the factor of crossed designs sparse.
 */

/** Upper triangle by columns: rows of column k are `rows[starts[k]]` … with row ≤ k; every diagonal entry is present. */
export interface SparsePattern {
  readonly size: number
  readonly starts: Int32Array
  readonly rows: Int32Array
}

export class SparseLdl {
  readonly #pattern: SparsePattern
  readonly #parent: Int32Array
  readonly #starts: Int32Array
  readonly #rows: Int32Array
  readonly #values: Float64Array
  readonly #diagonal: Float64Array
  readonly #inverseValues: Float64Array
  readonly #inverseDiagonal: Float64Array
  readonly #work: Float64Array
  readonly #flag: Int32Array
  readonly #stack: Int32Array
  readonly #filled: Int32Array

  constructor(pattern: SparsePattern) {
    this.#pattern = pattern
    const { size, starts, rows } = pattern
    this.#parent = new Int32Array(size).fill(-1)
    this.#flag = new Int32Array(size).fill(-1)
    const counts = new Int32Array(size)
    for (let k = 0; k < size; k++) {
      this.#flag[k] = k
      for (let p = starts[k] ?? 0; p < (starts[k + 1] ?? 0); p++) {
        let i = rows[p] ?? 0
        while (i < k && this.#flag[i] !== k) {
          if (this.#parent[i] === -1) this.#parent[i] = k
          counts[i] = (counts[i] ?? 0) + 1
          this.#flag[i] = k
          i = this.#parent[i] ?? 0
        }
      }
    }
    this.#starts = new Int32Array(size + 1)
    for (let k = 0; k < size; k++) this.#starts[k + 1] = (this.#starts[k] ?? 0) + (counts[k] ?? 0)
    const entries = this.#starts[size] ?? 0
    this.#rows = new Int32Array(entries)
    this.#values = new Float64Array(entries)
    this.#inverseValues = new Float64Array(entries)
    this.#diagonal = new Float64Array(size)
    this.#inverseDiagonal = new Float64Array(size)
    this.#work = new Float64Array(size)
    this.#stack = new Int32Array(size)
    this.#filled = new Int32Array(size)
  }

  /** Factors the matrix with these entries, in the order of the pattern; false where it is not positive definite. */
  factor(entries: Float64Array): boolean {
    const { size, starts, rows } = this.#pattern
    const work = this.#work
    const flag = this.#flag.fill(-1)
    const stack = this.#stack
    const filled = this.#filled.fill(0)
    const columnStarts = this.#starts
    const columnRows = this.#rows
    const values = this.#values
    for (let k = 0; k < size; k++) {
      let top = size
      flag[k] = k
      work[k] = 0
      for (let p = starts[k] ?? 0; p < (starts[k + 1] ?? 0); p++) {
        let i = rows[p] ?? 0
        work[i] = (work[i] ?? 0) + (entries[p] ?? 0)
        let length = 0
        while (flag[i] !== k) {
          stack[length++] = i
          flag[i] = k
          i = this.#parent[i] ?? 0
        }
        while (length > 0) stack[--top] = stack[--length] ?? 0
      }
      let pivot = work[k] ?? 0
      work[k] = 0
      for (; top < size; top++) {
        const i = stack[top] ?? 0
        const yi = work[i] ?? 0
        work[i] = 0
        const start = columnStarts[i] ?? 0
        const end = start + (filled[i] ?? 0)
        for (let p = start; p < end; p++) {
          const row = columnRows[p] ?? 0
          work[row] = (work[row] ?? 0) - (values[p] ?? 0) * yi
        }
        const lower = yi / (this.#diagonal[i] ?? 1)
        pivot -= lower * yi
        columnRows[end] = k
        values[end] = lower
        filled[i] = (filled[i] ?? 0) + 1
      }
      if (!(pivot > 0)) return false
      this.#diagonal[k] = pivot
    }
    return true
  }

  logDeterminant(): number {
    let sum = 0
    for (let k = 0; k < this.#diagonal.length; k++) sum += Math.log(this.#diagonal[k] ?? 1)
    return sum
  }

  /** Solves A x = b in place. */
  solve(x: Float64Array): void {
    const starts = this.#starts
    const rows = this.#rows
    const values = this.#values
    const { size } = this.#pattern
    for (let j = 0; j < size; j++) {
      const xj = x[j] ?? 0
      for (let p = starts[j] ?? 0; p < (starts[j + 1] ?? 0); p++) {
        const row = rows[p] ?? 0
        x[row] = (x[row] ?? 0) - (values[p] ?? 0) * xj
      }
    }
    for (let j = size - 1; j >= 0; j--) {
      let sum = (x[j] ?? 0) / (this.#diagonal[j] ?? 1)
      for (let p = starts[j] ?? 0; p < (starts[j + 1] ?? 0); p++) sum -= (values[p] ?? 0) * (x[rows[p] ?? 0] ?? 0)
      x[j] = sum
    }
  }

  /** Entries of A⁻¹ at the places of the pattern, in its order. Call after `factor`. */
  selectedInverse(target: Float64Array): void {
    const { size, starts: patternStarts, rows: patternRows } = this.#pattern
    const starts = this.#starts
    const rows = this.#rows
    const values = this.#values
    const inverse = this.#inverseValues
    const diagonal = this.#inverseDiagonal
    const position = this.#flag.fill(-1)
    const sums = this.#work
    for (let j = size - 1; j >= 0; j--) {
      const start = starts[j] ?? 0
      const end = starts[j + 1] ?? 0
      for (let p = start; p < end; p++) {
        position[rows[p] ?? 0] = p - start
        sums[p - start] = 0
      }
      for (let a = 0; a < end - start; a++) {
        const k = rows[start + a] ?? 0
        const la = values[start + a] ?? 0
        let own = (diagonal[k] ?? 0) * la
        for (let p = starts[k] ?? 0; p < (starts[k + 1] ?? 0); p++) {
          const b = position[rows[p] ?? 0] ?? -1
          if (b < 0) continue
          const z = inverse[p] ?? 0
          sums[b] = (sums[b] ?? 0) + z * la
          own += z * (values[start + b] ?? 0)
        }
        sums[a] = (sums[a] ?? 0) + own
      }
      let corner = 1 / (this.#diagonal[j] ?? 1)
      for (let a = 0; a < end - start; a++) {
        inverse[start + a] = -(sums[a] ?? 0)
        corner += (sums[a] ?? 0) * (values[start + a] ?? 0)
        position[rows[start + a] ?? 0] = -1
      }
      diagonal[j] = corner
    }
    for (let a = 0; a < size; a++) sums[a] = 0
    for (let k = 0; k < size; k++) {
      for (let p = patternStarts[k] ?? 0; p < (patternStarts[k + 1] ?? 0); p++) {
        const i = patternRows[p] ?? 0
        target[p] = i === k ? (diagonal[k] ?? 0) : this.#inverseAt(k, i)
      }
    }
  }

  /** A⁻¹ at row > column, by bisection in the column. */
  #inverseAt(row: number, column: number): number {
    let low = this.#starts[column] ?? 0
    let high = (this.#starts[column + 1] ?? 0) - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const at = this.#rows[middle] ?? 0
      if (at === row) return this.#inverseValues[middle] ?? 0
      if (at < row) low = middle + 1
      else high = middle - 1
    }
    return 0
  }
}
