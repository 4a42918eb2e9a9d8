/** A mean score of which some values are missing, clustered or graded: what the missing ones could do to it. */
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import type { ScoreRange } from './check-inputs.ts'
import type { ClusterCodes } from './clusters.ts'
import { fail } from './fail.ts'
import type { Outcome } from './result.ts'

export interface MissingMeanBoundsOptions {
  /** One value per unit with what is missing at its worst, and at its best; parallel. */
  readonly worst: ArrayLike<number>
  readonly best: ArrayLike<number>
  readonly clusters: ClusterCodes
  readonly range: ScoreRange
  readonly level: number
}

export interface MissingMeanBounds {
  /** Mean if everything missing were at its worst, with its own interval; and at its best. */
  readonly worst: Outcome
  readonly best: Outcome
  /** Interval that covers both means together; its value is their midpoint, not an estimate of the mean. */
  readonly region: Outcome
}

/**
 * Bounds on a mean that assume nothing about why scores are missing (Manski 1989), for scores that `missingBounds` cannot
 * count: graded, repeated, partly missing or clustered.
 *
 * The region runs from the lower limit of the all-worst mean to the upper limit of the all-best mean, each with error
 * (1 − level)/2, so that it covers both, and every mean between them, with at least `level` as far as
 * `boundedMeanInterval` keeps its own (Horowitz and Manski 2000). For independent 0/1 units it equals `missingBounds`.
 * A unit with nothing missing has the same value in both. Throws where a worst value exceeds its best.
 *
 * missingMeanBounds({ worst: [1, 0, 0], best: [1, 1, 0], clusters: undefined, range: { lower: 0, upper: 1 }, level: 0.95 })
 */
export function missingMeanBounds({ worst, best, ...options }: MissingMeanBoundsOptions): MissingMeanBounds {
  if (worst.length !== best.length) {
    fail('lengths-differ', { worst: worst.length, best: best.length }, 'pass both values of every unit')
  }
  for (let unit = 0; unit < worst.length; unit++) {
    const [low, high] = [worst[unit] ?? Number.NaN, best[unit] ?? Number.NaN]
    if (low > high) fail('worst-above-best', { unit, worst: low, best: high }, 'pass the two the other way round')
  }
  const low = boundedMeanInterval({ ...options, values: worst })
  const high = boundedMeanInterval({ ...options, values: best })
  if (low.kind === 'not-estimable' || high.kind === 'not-estimable') {
    return { worst: low, best: high, region: low.kind === 'not-estimable' ? low : high }
  }
  return {
    worst: low,
    best: high,
    region: {
      kind: 'estimate',
      value: (low.value + high.value) / 2,
      interval: { ...low.interval, upper: high.interval.upper },
      n: low.n,
      method: `manski-${low.method}`,
      assumptions: [...low.assumptions, 'nothing-assumed-about-missing'],
      caveats: low.caveats,
    },
  }
}
