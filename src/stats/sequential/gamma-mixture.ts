/**
 * Gamma-mixture boundaries of sums with heavier than Gaussian tails: sub-exponential and sub-Poisson of scale c.
 *
 * Both mix exp(λS − ψ(λ)v) over a gamma law of λ, which gives closed forms in the incomplete gamma function (Howard, Ramdas,
 * McAuliffe and Sekhon 2021, Propositions 9 and 10), one-sided. With R = ρ/c², V = v/c², ρ tuned as in `normalMixtureRho`
 * at 2α:
 *   sub-exponential  R ln R − ln Γ(R) − ln P(R, R) + ln Γ(V+R) + ln P(V+R, q+R) − (V+R) ln(q+R) + q,  q = (cs + v)/c²;
 *   sub-Poisson      R ln R − ln Γ(R) − ln Q(R, R) + ln Γ(q+R) + ln Q(q+R, V+R) − (q+R) ln(V+R) + V,  q = s/c + V.
 */
import { checkAlpha } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { bisection } from '../special/bisection.ts'
import { logIncompleteGamma, logIncompleteGammaUpper } from '../special/incomplete-gamma.ts'
import { logGamma } from '../special/log-gamma.ts'
import { checkIntrinsicTime } from './mixture-side.ts'
import { normalMixtureBoundary } from './normal-mixture.ts'
import { type NormalMixtureTuning, sideRho } from './normal-mixture-rho.ts'

export interface GammaMixtureOptions extends NormalMixtureTuning {
  readonly tail: 'sub-exponential' | 'sub-poisson'
  /** Intrinsic time so far. */
  readonly time: number
  /** Scale c > 0: what a single term can add beyond the Gaussian. */
  readonly scale: number
}

/** ln of the mixture at sum `sum`, for sums of at least 0: evidence that the mean is above 0. */
export function gammaMixtureLogEvidence(options: GammaMixtureOptions & { readonly sum: number }): number {
  const { sum, time, scale, tail } = options
  check(options)
  if (!(sum >= 0 && Number.isFinite(sum))) fail('sum-out-of-range', { sum }, 'pass a finite sum of 0 or more')
  const r = sideRho({ ...options, side: 'greater' }) / scale ** 2
  const v = time / scale ** 2
  const q = sum / scale + v
  const start = r * Math.log(r) - logGamma(r)
  switch (tail) {
    case 'sub-exponential':
      return (
        start -
        logIncompleteGamma({ a: r, x: r }) +
        logGamma(v + r) +
        logIncompleteGamma({ a: v + r, x: q + r }) -
        (v + r) * Math.log(q + r) +
        q
      )
    case 'sub-poisson':
      return (
        start -
        logIncompleteGammaUpper({ a: r, x: r }) +
        logGamma(q + r) +
        logIncompleteGammaUpper({ a: q + r, x: v + r }) -
        (q + r) * Math.log(v + r) +
        v
      )
    default:
      return tail satisfies never
  }
}

/**
 * Largest sum that does not reject at error rate α: S_t exceeds it at any time with probability at most α.
 *
 * gammaMixtureBoundary({ tail: 'sub-exponential', time: 100, tightestAt: 100, errorRate: 0.05, scale: 2 }) // => 33.02017…
 */
export function gammaMixtureBoundary(options: GammaMixtureOptions): number {
  check(options)
  const wall = -Math.log(options.errorRate)
  const holds = (sum: number): boolean => gammaMixtureLogEvidence({ ...options, sum }) < wall
  let outside = normalMixtureBoundary({ ...options, side: 'greater' })
  while (holds(outside)) outside *= 2
  return bisection({ inside: 0, outside, holds })
}

function check({ time, scale, errorRate }: GammaMixtureOptions): void {
  checkIntrinsicTime(time)
  checkAlpha(errorRate)
  if (!(scale > 0 && Number.isFinite(scale))) fail('scale-out-of-range', { scale }, 'pass a positive, finite scale')
}
