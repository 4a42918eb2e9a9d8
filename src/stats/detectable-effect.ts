/** The smallest effect that an existing design would detect, with how well that itself is known. */
import { checkLevel, checkPositive } from './check-inputs.ts'
import { chiSquaredQuantile, chiSquaredUpperQuantile } from './distributions/chi-squared.ts'
import { fail } from './fail.ts'
import { standardisedEffect } from './minimum-detectable-effect.ts'
import { notEstimable, type Outcome } from './result.ts'

export interface DetectableEffectOptions {
  /** Of the estimate whose design is judged: pairing, repeats and clusters are already in it. */
  readonly standardError: number
  readonly degreesOfFreedom: number
  /** Independent units behind the standard error. */
  readonly n: number
  /** Error rate of the two-sided test. */
  readonly alpha: number
  readonly power: number
  readonly level: number
}

/**
 * δ = (z_{α/2} + z_power) · SE: the true effect that a two-sided test detects with the wanted power (Bloom 1995, "Minimum
 * detectable effects"), with the interval that the χ² of the estimated variance gives, δ √(df/χ²).
 *
 * The same as `minimumDetectableEffect` for the design that the standard error came from. Normal approximation: with few
 * units the effect is somewhat larger. The interval assumes that the squared standard error is scaled χ², as for normal
 * values; skewed differences make it too short. Refuses a standard error of 0.
 *
 * detectableEffect({ standardError: 0.02, degreesOfFreedom: 197, n: 198, alpha: 0.05, power: 0.8, level: 0.95 }).value // => 0.05603…
 */
export function detectableEffect(options: DetectableEffectOptions): Outcome {
  const { standardError, degreesOfFreedom: df, n, alpha, power, level } = options
  checkLevel(level)
  checkPositive({ n })
  if (!(standardError >= 0 && Number.isFinite(standardError))) {
    fail('standard-error-not-positive', { error: standardError }, 'pass a finite standard error')
  }
  if (!(df > 0)) fail('degrees-of-freedom-out-of-range', { df }, 'pass degrees of freedom above 0')
  if (standardError === 0) return notEstimable('no-variation', { n, value: 0 })
  const value = standardisedEffect({ alpha, power, alternative: 'two-sided' }) * standardError
  const tail = (1 - level) / 2
  return {
    kind: 'estimate',
    value,
    degreesOfFreedom: df,
    interval: {
      lower: value * Math.sqrt(df / chiSquaredUpperQuantile(tail, df)),
      upper: value * Math.sqrt(df / chiSquaredQuantile(tail, df)),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n,
    method: 'detectable-effect-normal',
    assumptions: ['clusters-independent', 'mean-approximately-normal', 'variance-scaled-chi-squared'],
    caveats: [],
  }
}
