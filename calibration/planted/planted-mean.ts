/** What a simulated model scores on a population of items: the truth behind planted effects, by quadrature. */
import { baseLogit } from '../../src/providers/simulated/base-logit.ts'

export interface PlantedAbility {
  readonly accuracy: number
  readonly difficultySpread: number
}

/**
 * E[p(b − s·Z)] over items, with Z standard normal and b the logit that gives `accuracy` without effects. `success` turns
 * the logit of an item into its probability of success. Trapezoidal rule over ±9 standard deviations.
 *
 * plantedMean({ accuracy: 0.8, difficultySpread: 1 }, logistic).toFixed(6) // => '0.800000'
 */
export function plantedMean(
  { accuracy, difficultySpread: spread }: PlantedAbility,
  success: (logit: number) => number,
): number {
  const base = baseLogit({ accuracy, spread })
  let sum = 0
  let weights = 0
  for (let point = -180; point <= 180; point++) {
    const z = point / 20
    const weight = Math.exp((-z * z) / 2)
    sum += weight * success(base - spread * z)
    weights += weight
  }
  return sum / weights
}

export function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/**
 * Probability that the right one of equally likely wrong options is chosen, where each place has a pull of its own: the
 * right option weighs (k − 1)·odds, a wrong one 1, each times e to the pull of its place.
 */
export function pulledSuccess(options: {
  readonly logit: number
  readonly pulls: readonly number[]
  readonly rightPlace: number
}): number {
  const { logit, pulls, rightPlace } = options
  const weights = pulls.map(
    (pull, place) => Math.exp(pull) * (place === rightPlace ? (pulls.length - 1) * Math.exp(logit) : 1),
  )
  return (weights[rightPlace] ?? 0) / weights.reduce((sum, weight) => sum + weight, 0)
}
