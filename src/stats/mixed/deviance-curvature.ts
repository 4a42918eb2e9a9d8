/** Second derivatives of a deviance whose gradient is known, and what follows from them. */
import { cholesky, invertCholesky } from '../linear/cholesky.ts'

export type Evaluate = (point: Float64Array) => { readonly value: number; readonly gradient: Float64Array }

/** Matrix of second derivatives by central differences of the gradient, symmetrised. */
function curvature({ evaluate, point }: { readonly evaluate: Evaluate; readonly point: Float64Array }): Float64Array {
  const size = point.length
  const hessian = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const width = 1e-4 * Math.max(1, Math.abs(point[i] ?? 0))
    const up = evaluate(point.map((value, k) => (k === i ? value + width : value))).gradient.slice()
    const down = evaluate(point.map((value, k) => (k === i ? value - width : value))).gradient
    for (let j = 0; j < size; j++) hessian[i * size + j] = ((up[j] ?? 0) - (down[j] ?? 0)) / (2 * width)
  }
  return hessian.map((entry, k) => (entry + (hessian[(k % size) * size + Math.floor(k / size)] ?? 0)) / 2)
}

/** Inverse curvature at the start, or a small multiple of the identity where it is not positive definite. */
export function inverseCurvature({
  evaluate,
  point,
}: {
  readonly evaluate: Evaluate
  readonly point: Float64Array
}): Float64Array {
  const size = point.length
  const hessian = curvature({ evaluate, point })
  const factor = cholesky(hessian, size)
  if (factor !== undefined) return invertCholesky(factor)
  const fallback = new Float64Array(size * size)
  for (let i = 0; i < size; i++) fallback[i * size + i] = 1 / Math.max(1, Math.abs(hessian[i * size + i] ?? 1))
  return fallback
}

/**
 * Inverse curvature of the deviance in all parameters. A standard deviation at its boundary 0 has no curvature to lend: its
 * row and column are 0, and the rest is inverted as if that component were known to be absent. Undefined where the
 * curvature is not positive definite.
 */
export function interiorInverse({
  evaluate,
  point,
  columns,
}: {
  readonly evaluate: Evaluate
  readonly point: Float64Array
  /** Coefficients, which come last; standard deviations come before them. */
  readonly columns: number
}): Float64Array | undefined {
  const size = point.length
  const hessian = curvature({ evaluate, point })
  const free = Array.from({ length: size }, (_, i) => i).filter(
    (i) => i >= size - columns || Math.abs(point[i] ?? 0) > 1e-3,
  )
  const block = Float64Array.from(
    { length: free.length ** 2 },
    (_, k) => hessian[(free[Math.floor(k / free.length)] ?? 0) * size + (free[k % free.length] ?? 0)] ?? 0,
  )
  const factor = cholesky(block, free.length)
  if (factor === undefined) return undefined
  const inverse = invertCholesky(factor)
  const full = new Float64Array(size * size)
  for (const [a, i] of free.entries()) {
    for (const [b, j] of free.entries()) full[i * size + j] = inverse[a * free.length + b] ?? Number.NaN
  }
  return full
}
