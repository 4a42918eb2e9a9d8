/** Items that it takes to show that a difference stays within a margin. */
import { checkAlpha, checkPower } from './check-inputs.ts'
import { checkMargin } from './comparison/equivalence-power.ts'
import { normalCdf, normalUpperQuantile } from './distributions/normal.ts'
import { fail } from './fail.ts'

export interface EquivalenceDesign {
  /** Largest difference that does not matter, above 0. */
  readonly margin: number
  /** True difference, new minus old. */
  readonly difference: number
  /** Variance of one item's difference, design effect included. */
  readonly variance: number
  /** Error rate of each one-sided test. */
  readonly alpha: number
  /** Wanted probability of showing it. */
  readonly power: number
  /** `equivalence`: inside ±margin, by two one-sided tests. `non-inferiority`: above −margin. */
  readonly claim: 'equivalence' | 'non-inferiority'
}

/**
 * Smallest number of items (not rounded) with which the claim is shown with the wanted power.
 *
 * Non-inferiority: n = (z_α + z_β)² σ² / (margin + Δ)². Equivalence: power is Φ((m − Δ)/se − z_α) + Φ((m + Δ)/se − z_α) − 1
 * (Schuirmann 1987), solved for n; at Δ = 0 this is n = (z_α + z_{β/2})² σ² / m². Normal approximation. Refuses a
 * difference that the margin does not hold.
 *
 * equivalenceItems({ margin: 0.02, difference: 0, variance: 0.13, alpha: 0.05, power: 0.8, claim: 'equivalence' }) // => 2783.2…
 */
export function equivalenceItems({ margin, difference, variance, alpha, power, claim }: EquivalenceDesign): number {
  checkMargin(margin)
  if (!(variance >= 0)) fail('variance-out-of-range', { variance }, 'pass a variance of at least 0')
  checkAlpha(alpha)
  checkPower(power, alpha)
  const room = claim === 'equivalence' ? margin - Math.abs(difference) : margin + difference
  if (!(room > 0)) {
    fail(
      'difference-outside-margin',
      { difference, margin },
      'only a true difference inside the margin can be shown to be',
    )
  }
  const zAlpha = normalUpperQuantile(alpha)
  const once = ((zAlpha - normalUpperQuantile(power)) / room) ** 2 * variance
  if (claim === 'non-inferiority' || variance === 0) return once
  const powerAt = (n: number): number => {
    const error = Math.sqrt(variance / n)
    return normalCdf((margin - difference) / error - zAlpha) + normalCdf((margin + difference) / error - zAlpha) - 1
  }
  // Both tests must succeed: never fewer items than one alone, never more than with the miss split evenly.
  let low = once
  let high = ((zAlpha + normalUpperQuantile((1 - power) / 2)) / room) ** 2 * variance
  for (let step = 0; step < 200 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2
    if (powerAt(middle) >= power) high = middle
    else low = middle
  }
  return high
}
