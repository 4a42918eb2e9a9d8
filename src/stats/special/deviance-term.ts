/** The saddle-point deviance of Loader's binomial and Poisson probabilities. */

/**
 * x ln(x / mean) + mean − x, for x ≥ 0 and mean > 0: zero at x = mean and positive elsewhere.
 *
 * Loader (2000), "Fast and accurate computation of binomial probabilities", `bd0`. Near the mean the three terms cancel,
 * so there it is the series d·v + 2x Σ v^(2j+1)/(2j+1) with d = x − mean, v = d / (x + mean).
 *
 * devianceTerm(3, 2) // => 0.21639532432449322
 */
export function devianceTerm(x: number, mean: number): number {
  if (x === 0) return mean
  const difference = x - mean
  const v = difference / (x + mean)
  if (Math.abs(v) > 0.4) return x * Math.log(x / mean) - difference
  const squared = v * v
  let power = 2 * x * v
  let sum = difference * v
  for (let odd = 3; ; odd += 2) {
    power *= squared
    const next = sum + power / odd
    if (next === sum) return sum
    sum = next
  }
}
