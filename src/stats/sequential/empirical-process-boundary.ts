/** Band around an empirical distribution function that holds at every number of observations. */
import { checkAlpha } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { bisection } from '../special/bisection.ts'

export interface EmpiricalProcessBoundaryOptions {
  /** Number of observations so far; not before `from`. */
  readonly t: number
  /** Number of observations m from which the band holds. */
  readonly from: number
  readonly errorRate: number
  /** A > 1/√2: the factor before the iterated logarithm; 0.85 is usual. */
  readonly factor: number
}

/**
 * A √((ln(1 + ln(t/m)) + C)/t): the greatest distance between the empirical and the true distribution function exceeds it
 * at any t ≥ m with probability at most α (Howard and Ramdas 2022, "Sequential estimation of quantiles", Theorem 2).
 *
 * C solves α = min over η in (1, 2A²) of 4 exp(−γ²C)(1 + 1/((γ² − 1) ln η)), γ = √(2/η)(A − √(2(η − 1)/C)). For fixed t
 * see `distributionBand`. Independent draws of one distribution.
 *
 * empiricalProcessBoundary({ t: 1000, from: 100, errorRate: 0.05, factor: 0.85 }) // => 0.0820477…
 */
export function empiricalProcessBoundary({ t, from, errorRate, factor }: EmpiricalProcessBoundaryOptions): number {
  checkAlpha(errorRate)
  if (!(Number.isFinite(from) && from >= 1))
    fail('start-out-of-range', { from }, 'pass a number of observations of at least 1')
  if (!(Number.isFinite(t) && t >= from)) fail('time-before-start', { t, from }, 'look only from the first time on')
  if (!(factor > Math.SQRT1_2 && factor <= 10))
    fail('factor-out-of-range', { factor }, 'pass a factor above 0.7072 and at most 10, such as 0.85')
  let outside = 1
  while (leastSpent(outside, factor) > errorRate) outside *= 2
  const constant = bisection({ inside: outside, outside: 0, holds: (c) => leastSpent(c, factor) <= errorRate })
  return Math.min(1, factor * Math.sqrt((Math.log1p(Math.log(t / from)) + constant) / t))
}

const gridSize = 64

/** Error rate spent with constant C at the best epoch ratio: the best of a grid, then golden section beside it. */
function leastSpent(constant: number, factor: number): number {
  const ratioAt = (share: number): number => 1 + (2 * factor * factor - 1) * share
  const spent = (share: number): number => spentAt({ ratio: ratioAt(share), constant, factor })
  let best = 1
  for (let k = 1; k < gridSize; k++) if (spent(k / gridSize) < spent(best / gridSize)) best = k
  let low = (best - 1) / gridSize
  let high = (best + 1) / gridSize
  for (let step = 0; step < 60; step++) {
    const third = (high - low) * 0.381_966_011_250_105
    if (spent(low + third) <= spent(high - third)) high -= third
    else low += third
  }
  return spent((low + high) / 2)
}

function spentAt({
  ratio,
  constant,
  factor,
}: {
  readonly ratio: number
  readonly constant: number
  readonly factor: number
}): number {
  const gamma = Math.sqrt(2 / ratio) * (factor - Math.sqrt((2 * (ratio - 1)) / constant))
  if (!(gamma > 1 && ratio > 1)) return Number.POSITIVE_INFINITY
  return 4 * Math.exp(-gamma * gamma * constant) * (1 + 1 / ((gamma * gamma - 1) * Math.log(ratio)))
}
