/**
 * Probability that a run of 0/1 trials reaches a boundary on its successes, exactly: the power of a sequential test.
 *
 * The walk's law is carried from trial to trial and what reaches the boundary is taken out (the recursion of Armitage,
 * McPherson and Rowe 1969, "Repeated significance tests on accumulating data", JRSS A 132).
 */
import { checkProbabilities } from '../check-inputs.ts'
import { fail } from '../fail.ts'

export interface CrossingOptions {
  /** Successes that suffice after trial 1, 2, … n; Infinity where none do. */
  readonly boundary: ArrayLike<number>
  /** Probability of a success, in every trial alike. */
  readonly rate: number
}

/** Mass that is no longer followed, per trial. */
const negligible = 1e-18

/**
 * P(S_t ≥ boundary_t for some t ≤ n). Costs about n · √n steps.
 *
 * crossingProbability({ boundary: [Infinity, 2, 3], rate: 0.5 }) // => 0.25
 */
export function crossingProbability({ boundary, rate }: CrossingOptions): number {
  checkProbabilities({ rate })
  // mass[k]: probability of k successes so far without having crossed; outside low … high it is nought.
  let mass = new Float64Array(64)
  mass[0] = 1
  let low = 0
  let high = 0
  let crossed = 0
  for (let t = 0; t < boundary.length; t++) {
    const bound = boundary[t] ?? Number.NaN
    if (Number.isNaN(bound)) fail('boundary-not-a-number', { trial: t + 1 }, 'pass Infinity where nothing suffices')
    high++
    if (high >= mass.length) {
      const grown = new Float64Array(2 * mass.length)
      grown.set(mass)
      mass = grown
    }
    for (let k = high; k > low; k--) mass[k] = (mass[k] ?? 0) * (1 - rate) + (mass[k - 1] ?? 0) * rate
    mass[low] = (mass[low] ?? 0) * (1 - rate)
    for (; high >= low && high >= bound; high--) {
      crossed += mass[high] ?? 0
      mass[high] = 0
    }
    for (; high >= low && (mass[high] ?? 0) < negligible; high--) mass[high] = 0
    for (; low <= high && (mass[low] ?? 0) < negligible; low++) mass[low] = 0
    if (low > high) break
  }
  return Math.min(1, crossed)
}
