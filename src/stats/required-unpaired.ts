/** Items per arm that a comparison of two rates needs when each system answers items of its own. */
import { fail } from './fail.ts'
import { standardisedEffect } from './minimum-detectable-effect.ts'

export interface UnpairedRates {
  readonly rateA: number
  readonly rateB: number
  /** Error rate of the two-sided test. */
  readonly alpha: number
  readonly power: number
}

/**
 * n per arm = [(z_{α/2} √(2 p̄ q̄) + z_power √(p_A q_A + p_B q_B)) / (p_A − p_B)]² (Fleiss 1981, §3.2, without continuity
 * correction).
 *
 * Normal approximation for independent items. It is here for the contrast: the same difference on shared items takes a
 * fraction of it. Refuses equal rates.
 *
 * unpairedItems({ rateA: 0.7, rateB: 0.72, alpha: 0.05, power: 0.8 }) // => 8079.24…
 */
export function unpairedItems({ rateA, rateB, alpha, power }: UnpairedRates): number {
  for (const rate of [rateA, rateB]) {
    if (!(rate >= 0 && rate <= 1)) fail('rate-out-of-range', { rate }, 'pass rates from 0 to 1')
  }
  if (rateA === rateB) fail('effect-out-of-range', { rateA, rateB }, 'pass two rates that differ')
  const zAlpha = standardisedEffect({ alpha, power: 0.5, alternative: 'two-sided' })
  const zPower = standardisedEffect({ alpha, power, alternative: 'two-sided' }) - zAlpha
  const middle = (rateA + rateB) / 2
  const spread = rateA * (1 - rateA) + rateB * (1 - rateB)
  return ((zAlpha * Math.sqrt(2 * middle * (1 - middle)) + zPower * Math.sqrt(spread)) / (rateA - rateB)) ** 2
}
