/**
 * Normal-mixture boundary: how far a sub-Gaussian sum may stray from 0 at any time.
 *
 * S_t is a sum of centred terms and v_t its intrinsic time, the variance that bounds it: t/4 for scores in [0, 1]. The
 * mixture over N(0, 1/ρ) of exp(λS − λ²v/2) is a nonnegative supermartingale, so with probability 1 − α its logarithm stays
 * below ln(1/α) at all times (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021, "Time-uniform, nonparametric,
 * nonasymptotic confidence sequences", Proposition 5 and 6):
 *   two-sided  ½ ln(ρ/(v+ρ)) + s²/(2(v+ρ));   greater  ½ ln(4ρ/(v+ρ)) + s²/(2(v+ρ)) + ln Φ(s/√(v+ρ)).
 */
import { normalLogCdf } from '../distributions/normal.ts'
import { fail } from '../fail.ts'
import { bisection } from '../special/bisection.ts'
import { checkIntrinsicTime, type MixtureSide } from './mixture-side.ts'
import { type NormalMixtureTuning, sideRho } from './normal-mixture-rho.ts'

export interface NormalMixtureOptions extends NormalMixtureTuning {
  /** Intrinsic time so far, v ≥ 0. */
  readonly time: number
  readonly side: MixtureSide
}

/** ln of the mixture at sum `sum`: evidence against mean 0. Above ln(1/α) at any time rejects at error rate α. */
export function normalMixtureLogEvidence(options: NormalMixtureOptions & { readonly sum: number }): number {
  const { sum, time, side } = options
  checkIntrinsicTime(time)
  if (!Number.isFinite(sum)) fail('value-not-finite', { row: 0, value: sum }, 'pass a finite sum of centred terms')
  const rho = sideRho(options)
  const total = time + rho
  const exponent = (sum / total) * (sum / 2)
  switch (side) {
    case 'two-sided':
      return 0.5 * Math.log(rho / total) + exponent
    case 'greater':
      return 0.5 * Math.log((4 * rho) / total) + exponent + normalLogCdf(sum / Math.sqrt(total))
    default:
      return side satisfies never
  }
}

/**
 * Largest sum that does not reject at error rate α: |S_t| (two-sided) or S_t (greater) exceeds it at any time with
 * probability at most α. At time 0 it is already positive.
 *
 * normalMixtureBoundary({ time: 100, tightestAt: 100, errorRate: 0.05, side: 'two-sided' }) // => 30.35209…
 */
export function normalMixtureBoundary(options: NormalMixtureOptions): number {
  const { time, errorRate, side } = options
  checkIntrinsicTime(time)
  const rho = sideRho(options)
  const wall = -Math.log(errorRate)
  const twoSided = Math.sqrt((time + rho) * (Math.log1p(time / rho) + 2 * wall))
  if (side === 'two-sided') return twoSided
  // ln Φ ≤ 0 and ln 4 > 0: the one-sided evidence at 0 is at most 0, and at the two-sided bound for α it is above the wall.
  return bisection({
    inside: 0,
    outside: twoSided,
    holds: (sum) => normalMixtureLogEvidence({ ...options, sum }) < wall,
  })
}
