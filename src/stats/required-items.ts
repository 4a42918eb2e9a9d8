/** How many items a comparison of two systems needs. */
import { checkCountable } from './check-inputs.ts'
import { fail } from './fail.ts'
import { type DifferenceDesign, standardisedEffect, varianceOfOneItem } from './minimum-detectable-effect.ts'

export interface RequiredItems {
  /** Whole items to use. */
  readonly items: number
  /** The formula's value before rounding up. */
  readonly exact: number
}

/**
 * Items with which a true difference of `effect` is detected with the wanted power: the inverse of
 * `minimumDetectableEffect`, n = (z_α + z_power)² deff (ω² + σ²_A/K_A + σ²_B/K_B) / δ² (Miller 2024, §5).
 *
 * requiredItems({ effect: 0.03, itemVariance: 1 / 9, responseVarianceA: 0, responseVarianceB: 0, resamplesA: 1,
 *   resamplesB: 1, designEffect: 1, alpha: 0.05, power: 0.8, alternative: 'two-sided' }).items // => 969
 */
export function requiredItems(options: DifferenceDesign & { readonly effect: number }): RequiredItems {
  const { effect } = options
  if (!(effect > 0)) fail('effect-out-of-range', { effect }, 'pass the smallest difference worth finding, above 0')
  const exact = (standardisedEffect(options) / effect) ** 2 * varianceOfOneItem(options)
  checkCountable({ items: exact })
  return { items: Math.max(1, Math.ceil(exact)), exact }
}
