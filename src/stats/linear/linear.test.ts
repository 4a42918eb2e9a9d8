import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { cholesky, invertCholesky, logDeterminant, solveCholesky } from './cholesky.ts'
import { SparseLdl } from './sparse-ldl.ts'

/** B Bᵀ + I with about `density` of B's entries nonzero. */
function positiveDefinite(seed: number, size: number, density: number): Float64Array {
  const random = openRandom(seed)
  const b = Float64Array.from({ length: size * size }, () => (random.uniform() < density ? random.normal() : 0))
  return Float64Array.from({ length: size * size }, (_, k) => {
    const i = Math.floor(k / size)
    const j = k % size
    let sum = i === j ? 1 : 0
    for (let m = 0; m < size; m++) sum += (b[i * size + m] ?? 0) * (b[j * size + m] ?? 0)
    return sum
  })
}

test('solveCholesky, invertCholesky and logDeterminant satisfy A x = b, A A⁻¹ = I and det of a 2 × 2', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1000 }), (size, seed) => {
      const a = positiveDefinite(seed, size, 0.7)
      const factor = cholesky(a, size)
      if (factor === undefined) throw new Error('not positive definite')
      const b = Float64Array.from({ length: size }, (_, i) => i - 2)
      const x = solveCholesky(factor, b)
      const inverse = invertCholesky(factor)
      for (let i = 0; i < size; i++) {
        let left = 0
        for (let j = 0; j < size; j++) left += (a[i * size + j] ?? 0) * (x[j] ?? 0)
        expect(left).toBeCloseTo(b[i] ?? Number.NaN, 8)
        for (let j = 0; j < size; j++) {
          let product = 0
          for (let m = 0; m < size; m++) product += (a[i * size + m] ?? 0) * (inverse[m * size + j] ?? 0)
          expect(product).toBeCloseTo(i === j ? 1 : 0, 8)
        }
      }
    }),
    { seed: 1, numRuns: 60 },
  )
  const two = cholesky(Float64Array.of(4, 2, 2, 3), 2)
  expect(two === undefined ? Number.NaN : logDeterminant(two)).toBeCloseTo(Math.log(8), 12)
})

test('cholesky refuses a matrix that is not positive definite and one that is not square', () => {
  expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined()
  expect(cholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined()
  expect(() => cholesky(Float64Array.of(1, 2, 3), 2)).toThrow(/square/)
})

test('SparseLdl agrees with the dense factorisation: solution, determinant and the entries of the inverse in its pattern', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 25 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.constantFrom(0.05, 0.2, 0.6),
      (size, seed, density) => {
        const a = positiveDefinite(seed, size, density)
        const rows: number[] = []
        const entries: number[] = []
        const starts = new Int32Array(size + 1)
        for (let k = 0; k < size; k++) {
          for (let i = 0; i <= k; i++) {
            if (i !== k && a[i * size + k] === 0) continue
            rows.push(i)
            entries.push(a[i * size + k] ?? 0)
          }
          starts[k + 1] = rows.length
        }
        const ldl = new SparseLdl({ size, starts, rows: Int32Array.from(rows) })
        // Twice: a second factorisation must not be touched by what the first left behind.
        expect(ldl.factor(Float64Array.from(entries, (entry) => 2 * entry))).toBe(true)
        ldl.selectedInverse(new Float64Array(rows.length))
        expect(ldl.factor(Float64Array.from(entries))).toBe(true)
        const dense = cholesky(a, size)
        if (dense === undefined) throw new Error('not positive definite')
        expect(ldl.logDeterminant()).toBeCloseTo(logDeterminant(dense), 8)
        const x = Float64Array.from({ length: size }, (_, i) => Math.sin(i))
        const expected = solveCholesky(dense, x)
        ldl.solve(x)
        for (let i = 0; i < size; i++) expect(x[i]).toBeCloseTo(expected[i] ?? Number.NaN, 8)
        const inverse = invertCholesky(dense)
        const selected = new Float64Array(rows.length)
        ldl.selectedInverse(selected)
        for (let k = 0; k < size; k++) {
          for (let p = starts[k] ?? 0; p < (starts[k + 1] ?? 0); p++) {
            expect(selected[p]).toBeCloseTo(inverse[(rows[p] ?? 0) * size + k] ?? Number.NaN, 8)
          }
        }
      },
    ),
    { seed: 2, numRuns: 120 },
  )
})

test('SparseLdl.factor says no to a matrix that is not positive definite', () => {
  const ldl = new SparseLdl({ size: 2, starts: Int32Array.of(0, 1, 3), rows: Int32Array.of(0, 0, 1) })
  expect(ldl.factor(Float64Array.of(1, 2, 1))).toBe(false)
  expect(ldl.factor(Float64Array.of(1, 0.5, 1))).toBe(true)
})
