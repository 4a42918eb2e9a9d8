/** Items that a paired yes/no comparison needs. */
import { checkProbabilities } from './check-inputs.ts'
import { fail } from './fail.ts'
import { type McNemarPowerOptions, openMcNemarPower } from './mcnemar-power.ts'
import { standardisedEffect } from './minimum-detectable-effect.ts'
import type { OnProgress } from './progress.ts'

/**
 * Closed-form number of pairs for McNemar's test, n = [(z_α √ψ + z_power √(ψ − Δ²)) / Δ]², ψ = onlyA + onlyB, Δ = onlyA − onlyB
 * (Connor 1987). A first guess: the asymptotic test, not the exact one.
 *
 * approximatePairs({ onlyA: 0.11, onlyB: 0.09, alpha: 0.05, power: 0.8 }) // => 3922.08…
 */
export function approximatePairs({ onlyA, onlyB, alpha, power }: PairsOptions): number {
  checkProbabilities({ onlyA, onlyB })
  const psi = onlyA + onlyB
  checkProbabilities({ either: psi })
  const delta = onlyA - onlyB
  if (delta === 0) fail('effect-out-of-range', { onlyA, onlyB }, 'pass two probabilities that differ')
  const zAlpha = standardisedEffect({ alpha, power: 0.5, alternative: 'two-sided' })
  const zPower = standardisedEffect({ alpha, power, alternative: 'two-sided' }) - zAlpha
  return ((zAlpha * Math.sqrt(psi) + zPower * Math.sqrt(psi - delta * delta)) / delta) ** 2
}

/**
 * A number of pairs from which the exact power stays at the wanted level.
 *
 * Exact power is a saw-tooth in the number of pairs; this is the end of the first run of 10 sizes, each 1 % further, that
 * all reach the power, searched from the closed form — sizes a little below may also do. Progress counts the sizes tried.
 *
 * requiredPairs({ onlyA: 0.0225, onlyB: 0.0025, alpha: 0.05, power: 0.8, method: 'exact' }) // => 507
 */
export function requiredPairs(
  options: PairsOptions & Pick<McNemarPowerOptions, 'method'>,
  onProgress?: OnProgress,
): number {
  const { power } = options
  const powerOf = openMcNemarPower(options)
  let tried = 0
  const reaches = (pairs: number): boolean => {
    onProgress?.({ done: tried++, total: undefined })
    return powerOf(pairs) >= power
  }
  const step = (pairs: number): number => pairs + Math.max(1, Math.round(pairs / 100))
  let pairs = Math.max(1, Math.floor(approximatePairs(options) / 2))
  for (;;) {
    let run = 0
    let next = pairs
    while (run < 10 && reaches(next)) {
      run++
      next = step(next)
    }
    if (run === 10) return pairs
    pairs = step(next)
  }
}

type PairsOptions = Pick<McNemarPowerOptions, 'onlyA' | 'onlyB' | 'alpha'> & { readonly power: number }

/**
 * How often two classifiers agree, guessed from the better one's accuracy and the difference: the regression of Card et al.
 * (2020) over GLUE submissions, 0.41422307 + 0.58187475·accuracy − 0.46624237·difference, kept inside what the two
 * accuracies allow. A prior for planning without a pilot; a pilot's own agreement is always better.
 *
 * typicalAgreement({ accuracy: 0.8, difference: 0.02 }) // => 0.8704
 */
export function typicalAgreement({
  accuracy,
  difference,
}: {
  /** Of the baseline. */
  readonly accuracy: number
  /** New minus baseline. */
  readonly difference: number
}): number {
  const other = accuracy + difference
  if (!(accuracy >= 0 && accuracy <= 1 && other >= 0 && other <= 1)) {
    fail('probability-out-of-range', { accuracy, difference }, 'pass accuracies from 0 to 1')
  }
  const guess = 0.414_223_07 + 0.581_874_75 * accuracy - 0.466_242_37 * difference
  return Math.min(1 - Math.abs(difference), Math.max(Math.abs(accuracy + other - 1), guess))
}
