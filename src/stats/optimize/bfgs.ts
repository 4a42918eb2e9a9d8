/** Quasi-Newton minimisation of a smooth function with its gradient (BFGS; Nocedal and Wright 2006, ch. 6). */

export interface Evaluation {
  readonly value: number
  readonly gradient: Float64Array
}

export interface BfgsResult {
  readonly point: Float64Array
  readonly value: number
  readonly gradient: Float64Array
  readonly evaluations: number
  readonly converged: boolean
}

/**
 * Minimises from `start`, stepping first along −H₀⁻¹ · gradient with `inverseHessian` (size × size).
 *
 * Backtracking line search with sufficient decrease; stops when the predicted decrease of a step is below `tolerance`
 * in the function's own unit. A function value that is not finite counts as +∞.
 */
export function bfgs({
  start,
  inverseHessian,
  evaluate,
  tolerance,
  maximumEvaluations,
}: {
  readonly start: Float64Array
  readonly inverseHessian: Float64Array
  readonly evaluate: (point: Float64Array) => Evaluation
  readonly tolerance: number
  readonly maximumEvaluations: number
}): BfgsResult {
  const size = start.length
  const inverse = Float64Array.from(inverseHessian)
  let point = Float64Array.from(start)
  let current = evaluate(point)
  let evaluations = 1
  let converged = false
  while (evaluations < maximumEvaluations) {
    const step = multiply(inverse, current.gradient).map((entry) => -entry)
    const slope = dot(step, current.gradient)
    if (!(slope < 0)) {
      // The inverse lost its direction: fall back on steepest descent, scaled to a unit step.
      resetToIdentity(inverse, size, 1 / Math.max(1, norm(current.gradient)))
      if (norm(current.gradient) === 0) {
        converged = true
        break
      }
      continue
    }
    if (-slope < tolerance) {
      converged = true
      break
    }
    let scale = 1
    let next: Evaluation | undefined
    let moved = point
    while (scale > 1e-12 && evaluations < maximumEvaluations) {
      moved = point.map((entry, i) => entry + scale * (step[i] ?? 0))
      const tried = evaluate(moved)
      evaluations++
      if (Number.isFinite(tried.value) && tried.value <= current.value + 1e-4 * scale * slope) {
        next = tried
        break
      }
      scale /= 2
    }
    if (next === undefined) {
      // No decrease at any length: rounding is all that is left.
      converged = -slope < 1e3 * tolerance
      break
    }
    updateInverse({
      inverse,
      size,
      moved: moved.map((entry, i) => entry - (point[i] ?? 0)),
      turned: next.gradient.map((entry, i) => entry - (current.gradient[i] ?? 0)),
    })
    point = moved
    current = next
  }
  return { point, value: current.value, gradient: current.gradient, evaluations, converged }
}

function updateInverse({
  inverse,
  size,
  moved,
  turned,
}: {
  readonly inverse: Float64Array
  readonly size: number
  readonly moved: Float64Array
  readonly turned: Float64Array
}): void {
  const curvature = dot(moved, turned)
  if (!(curvature > 1e-12 * norm(moved) * norm(turned))) return
  const hy = multiply(inverse, turned)
  const factor = 1 + dot(turned, hy) / curvature
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      inverse[i * size + j] =
        (inverse[i * size + j] ?? 0) +
        (factor * (moved[i] ?? 0) * (moved[j] ?? 0) - (hy[i] ?? 0) * (moved[j] ?? 0) - (moved[i] ?? 0) * (hy[j] ?? 0)) /
          curvature
    }
  }
}

function resetToIdentity(matrix: Float64Array, size: number, scale: number): void {
  matrix.fill(0)
  for (let i = 0; i < size; i++) matrix[i * size + i] = scale
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array<ArrayBuffer> {
  const size = vector.length
  const product = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    let sum = 0
    for (let j = 0; j < size; j++) sum += (matrix[i * size + j] ?? 0) * (vector[j] ?? 0)
    product[i] = sum
  }
  return product
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let i = 0; i < left.length; i++) sum += (left[i] ?? 0) * (right[i] ?? 0)
  return sum
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector))
}
