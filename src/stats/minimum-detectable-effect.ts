/** Items needed to see a difference between two systems, and the difference that a number of items can show. */
import { checkAlpha, checkPositive, checkPower } from './check-inputs.ts'
import { normalUpperQuantile } from './distributions/normal.ts'
import { fail } from './fail.ts'

export interface DifferenceDesign {
  /** Variance over items of the true difference A − B of one item: ω². From a pilot's variance components. */
  readonly itemVariance: number
  /** Mean variance of one response of A to a fixed item, over repeats. 0 for a deterministic system. */
  readonly responseVarianceA: number
  readonly responseVarianceB: number
  /** Responses averaged per item. */
  readonly resamplesA: number
  readonly resamplesB: number
  /** Design effect of clusters on the difference, not on the scores; 1 without clusters. */
  readonly designEffect: number
  /** Error rate of the test. */
  readonly alpha: number
  /** Wanted probability of a significant result. */
  readonly power: number
  readonly alternative: 'two-sided' | 'one-sided'
}

/**
 * Smallest true difference that a paired comparison on `items` items detects with the wanted power.
 *
 * δ = (z_α + z_power) √(deff (ω² + σ²_A/K_A + σ²_B/K_B) / items) (Miller 2024, "Adding error bars to evals", §5, with a
 * design effect). Normal approximation: for fewer than about 50 independent items, or rates near 0 and 1, use the exact
 * `mcnemarPower`. Resampling only shrinks the response part; no number of repeats goes below ω². Refuses 0 items.
 *
 * minimumDetectableEffect({ items: 198, itemVariance: 1 / 9, responseVarianceA: 1 / 6, responseVarianceB: 1 / 6,
 *   resamplesA: 1, resamplesB: 1, designEffect: 1, alpha: 0.05, power: 0.8, alternative: 'two-sided' }) // => 0.13273…
 */
export function minimumDetectableEffect(options: DifferenceDesign & { readonly items: number }): number {
  const { items } = options
  if (!(items > 0 && items < Number.POSITIVE_INFINITY)) fail('items-out-of-range', { items }, 'pass at least 1 item')
  return standardisedEffect(options) * Math.sqrt(varianceOfOneItem(options) / items)
}

/** z_α + z_power: standard errors between the null and a difference that is detected with that power. */
export function standardisedEffect({
  alpha,
  power,
  alternative,
}: Pick<DifferenceDesign, 'alpha' | 'power' | 'alternative'>): number {
  checkAlpha(alpha)
  checkPower(power, alpha)
  return normalUpperQuantile(alternative === 'two-sided' ? alpha / 2 : alpha) - normalUpperQuantile(power)
}

/** What one item adds to the variance of the mean difference, design effect included. */
export function varianceOfOneItem(options: Omit<DifferenceDesign, 'alpha' | 'power' | 'alternative'>): number {
  const { itemVariance, responseVarianceA, responseVarianceB, resamplesA, resamplesB, designEffect } = options
  const variances = { itemVariance, responseVarianceA, responseVarianceB }
  for (const [name, variance] of Object.entries(variances)) {
    if (!(variance >= 0 && variance < Number.POSITIVE_INFINITY))
      fail('variance-out-of-range', { [name]: variance }, 'pass variances of at least 0')
  }
  if (!(resamplesA >= 1 && resamplesB >= 1)) {
    fail('resamples-out-of-range', { resamplesA, resamplesB }, 'pass at least 1 response per item')
  }
  checkPositive({ designEffect })
  return designEffect * (itemVariance + responseVarianceA / resamplesA + responseVarianceB / resamplesB)
}
