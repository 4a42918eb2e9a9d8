/** Lower limit for a mean of bounded draws that assumes nothing of their distribution. */
import { checkRate } from './check-inputs.ts'
import { fail } from './fail.ts'
import { bisection } from './special/bisection.ts'

/**
 * Largest mean m that n independent draws from [0, 1] with the observed mean x̄ refute at `errorRate`.
 *
 * P(X̄ ≥ x) ≤ exp(−n KL(x ‖ m)) for every distribution on [0, 1] with mean m < x (Hoeffding 1963, theorem 1), and for draws
 * without replacement from a finite list as well (his theorem 4); KL is that of two Bernoulli distributions. The limit
 * solves n KL(x̄ ‖ m) = ln(1/errorRate). Valid for every n, for skewed draws too, and wide: a mean of 1 gives errorRate^(1/n).
 * For an upper limit pass 1 − x̄ and turn the limit around. Gives 0 at a mean of 0; refuses no draws.
 *
 * hoeffdingLowerLimit({ mean: 1, n: 20, errorRate: 0.05 }) // => 0.86089…
 */
export function hoeffdingLowerLimit({
  mean,
  n,
  errorRate,
}: {
  readonly mean: number
  readonly n: number
  readonly errorRate: number
}): number {
  checkRate(errorRate)
  if (!(mean >= 0 && mean <= 1)) {
    fail('score-outside-unit-interval', { value: mean }, 'rescale scores to 0–1 by their declared range')
  }
  if (!Number.isInteger(n) || n < 1) fail('too-few-values', { needed: 1, given: n }, 'pass the number of draws')
  if (mean === 0) return 0
  const limit = -Math.log(errorRate) / n
  return bisection({ inside: 0, outside: mean, holds: (low) => low === 0 || divergence(mean, low) >= limit })
}

/** Bernoulli KL(x ‖ m) for m < x. */
function divergence(x: number, m: number): number {
  return x * (Math.log(x) - Math.log(m)) + (x === 1 ? 0 : (1 - x) * Math.log((1 - x) / (1 - m)))
}
