/** Sums over a Poisson number of terms, of which the small ones never get lost beside 1. */
import { outOfReach } from '../special/out-of-reach.ts'
import { poissonLogPmf } from './poisson.ts'

/** Terms below e^−40 of the largest, 4e-18, change no digit. */
const negligible = 40

/** The sum takes some 18√peak terms: beyond this, seconds. */
const farthestPeak = 1e8

/**
 * ln Σ_j Poisson(j; mean) · exp(logTerm(j)), j = 0, 1, 2 …
 *
 * All terms are positive, so the relative error is that of one term. The weighted terms must have one peak, as they do
 * for tails of gamma and beta distributions in their shape (products of log-concave sequences). The peak is climbed to
 * from the mean, and the sum taken outwards from it: about 18√mean terms.
 */
export function logPoissonMixture({
  mean,
  logTerm,
}: {
  readonly mean: number
  readonly logTerm: (j: number) => number
}): number {
  if (mean === 0) return logTerm(0)
  const value = (j: number): number => poissonLogPmf({ k: j, mean }) + logTerm(j)
  const peak = climb(value, Math.round(mean))
  if (peak > farthestPeak) return outOfReach({ mean, peak })
  const top = value(peak)
  if (top === Number.NEGATIVE_INFINITY) return top
  let sum = 1
  for (const direction of [1, -1]) {
    for (let j = peak + direction; j >= 0; j += direction) {
      const below = top - value(j)
      // Also where a term is no number: a sum that never falls would never end.
      if (!(below <= negligible)) break
      sum += Math.exp(-below)
    }
  }
  return top + Math.log(sum)
}

/** Steps double while they gain and halve when they do not. */
function climb(value: (j: number) => number, start: number): number {
  let at = start
  let best = value(at)
  let step = Math.max(1, Math.round(Math.sqrt(start)))
  while (step >= 1) {
    const better = [at + step, at - step].find((j) => j >= 0 && value(j) > best)
    if (better === undefined) {
      step = Math.floor(step / 2)
    } else {
      at = better
      best = value(at)
      step *= 2
    }
  }
  return at
}
