/** How far each unit pulls the coefficients of a fit: the parts of a cluster-robust variance. */

/**
 * Rows of −H⁻¹g_u cut down to the coefficients, for the inverse curvature H⁻¹ of a deviance and the gradient g_u that unit u has
 * in it at the fit (Huber 1967; White 1982). Their cross-products sum to the sandwich covariance of the coefficients.
 *
 * `gradients` is units × parameters, `inverse` parameters × parameters with the coefficients last.
 */
export function unitInfluence({
  gradients,
  inverse,
  columns,
}: {
  readonly gradients: Float64Array
  readonly inverse: Float64Array
  readonly columns: number
}): Float64Array {
  const size = Math.sqrt(inverse.length)
  const units = gradients.length / size
  const influence = new Float64Array(units * columns)
  for (let unit = 0; unit < units; unit++) {
    for (let k = 0; k < columns; k++) {
      let sum = 0
      for (let j = 0; j < size; j++)
        sum -= (inverse[(size - columns + k) * size + j] ?? 0) * (gradients[unit * size + j] ?? 0)
      influence[unit * columns + k] = sum
    }
  }
  return influence
}
