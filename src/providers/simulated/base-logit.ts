/** The ability that gives a success rate over items of varying difficulty. */

/**
 * Solves E[logistic(b − s·Z)] = accuracy for b, with Z standard normal: a population of items is harder for a model than
 * its middle item, because difficulty costs more than ease gains. Trapezoidal rule over ±9 standard deviations (error
 * below 1e-12, as for any smooth integrand that vanishes at the ends), bisection to 2^-60 of the bracket.
 *
 * baseLogit({ accuracy: 0.8, spread: 0 }).toFixed(4) // => '1.3863'
 */
export function baseLogit({ accuracy, spread }: { readonly accuracy: number; readonly spread: number }): number {
  const logit = Math.log(accuracy) - Math.log1p(-accuracy)
  if (spread === 0) return logit
  // The mean lies between rate one half and the rate of the middle item, so the solution lies beyond the plain logit.
  let [low, high] = [-Math.abs(logit) * (1 + spread) - spread, Math.abs(logit) * (1 + spread) + spread]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (meanRate(middle, spread) < accuracy) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function meanRate(logit: number, spread: number): number {
  let sum = 0
  let weights = 0
  for (let point = -180; point <= 180; point++) {
    const z = point / 20
    const weight = Math.exp((-z * z) / 2)
    sum += weight / (1 + Math.exp(-(logit + spread * z)))
    weights += weight
  }
  return sum / weights
}
