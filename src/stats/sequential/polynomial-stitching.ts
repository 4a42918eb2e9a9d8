/**
 * Polynomial stitching: the closed-form boundary that grows as the law of the iterated logarithm allows.
 *
 * With ℓ = s ln ln(η v/v₀) + ln(ζ(s)/(ln η)^s) + ln(1/α), k₁ = (η^¼ + η^(−¼))/√2, k₂ = (√η + 1)/2,
 *   u(v) = √(k₁² v ℓ + (k₂ c ℓ)²) + k₂ c ℓ
 * bounds a sub-gamma sum of scale c at all intrinsic times v with probability 1 − α (Howard, Ramdas, McAuliffe and Sekhon
 * 2021, Theorem 1). c = 0 for sub-Gaussian sums. One-sided: for |S| use it at α/2. A mixture boundary is tighter over any
 * practical range; this one needs no solving and shows the rate.
 */
import { checkAlpha } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { riemannZeta } from '../special/riemann-zeta.ts'
import { checkIntrinsicTime } from './mixture-side.ts'

export interface PolynomialStitchingOptions {
  /** Intrinsic time so far; before `from` the boundary is that at `from`. */
  readonly time: number
  /** Intrinsic time v₀ from which the boundary starts to grow. */
  readonly from: number
  /** Scale c of the sub-gamma sum; may be negative. */
  readonly scale: number
  readonly errorRate: number
  /** Exponent s, above 1 and at most 100; 1.4 is usual. */
  readonly exponent: number
  /** Ratio η > 1 of the ends of an epoch; 2 is usual. */
  readonly epochRatio: number
}

/**
 * The boundary at one intrinsic time.
 *
 * polynomialStitching({ time: 100, from: 10, scale: 3, errorRate: 0.05, exponent: 1.4, epochRatio: 2 }) // => 64.48755…
 */
export function polynomialStitching(options: PolynomialStitchingOptions): number {
  const { time, from, scale, errorRate, exponent, epochRatio } = options
  checkIntrinsicTime(time)
  checkAlpha(errorRate)
  if (!(from > 0 && Number.isFinite(from)))
    fail('intrinsic-time-out-of-range', { time: from }, 'pass a positive, finite intrinsic time to start from')
  if (!Number.isFinite(scale)) fail('scale-not-finite', { scale }, 'pass 0 for sub-Gaussian sums')
  if (!(epochRatio > 1 && Number.isFinite(epochRatio)))
    fail('epoch-ratio-out-of-range', { epochRatio }, 'pass a ratio above 1, such as 2')
  if (!(exponent > 1 && exponent <= 100))
    fail('exponent-out-of-range', { exponent }, 'pass an exponent above 1 and at most 100, such as 1.4')
  const v = Math.max(time, from)
  const logRatio = Math.log(epochRatio)
  const ell =
    exponent * Math.log(logRatio + Math.log(v / from)) +
    Math.log(riemannZeta(exponent)) -
    exponent * Math.log(logRatio) -
    Math.log(errorRate)
  const squared = (epochRatio ** 0.25 + epochRatio ** -0.25) ** 2 / 2
  const linear = ((Math.sqrt(epochRatio) + 1) / 2) * scale * ell
  return Math.sqrt(squared * v * ell + linear * linear) + linear
}
