/** Where a mixture boundary is tightest: the variance ρ of what it mixes over. */
import { checkAlpha } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import type { MixtureSide } from './mixture-side.ts'

export interface NormalMixtureTuning {
  /** Intrinsic time at which the boundary is tightest. It steers width, never validity. */
  readonly tightestAt: number
  /** Error rate that the tuning is for, usually the one the boundary is used at. */
  readonly errorRate: number
}

/**
 * ρ of the tightest two-sided boundary at one time, ρ = T / (2 ln(1/α) + ln(1 + 2 ln(1/α))) (Howard et al. 2021, eq. 28,
 * closed approximation). One-sided boundaries use it at 2α.
 *
 * normalMixtureRho({ tightestAt: 100, errorRate: 0.05 }) // => 12.60056…
 */
export function normalMixtureRho({ tightestAt, errorRate }: NormalMixtureTuning): number {
  checkTightestAt(tightestAt)
  checkAlpha(errorRate)
  const twice = -2 * Math.log(errorRate)
  return tightestAt / (twice + Math.log1p(twice))
}

/** ρ of a boundary that is two-sided or not. */
export function sideRho({ tightestAt, errorRate, side }: NormalMixtureTuning & { readonly side: MixtureSide }): number {
  checkAlpha(errorRate)
  return normalMixtureRho({ tightestAt, errorRate: side === 'two-sided' ? errorRate : Math.min(0.9, 2 * errorRate) })
}

function checkTightestAt(tightestAt: number): void {
  if (!(tightestAt > 0 && Number.isFinite(tightestAt)))
    fail(
      'intrinsic-time-out-of-range',
      { time: tightestAt },
      'pass a positive, finite intrinsic time to be tightest at',
    )
}
