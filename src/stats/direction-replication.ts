/** Would a rerun point the same way? */
import { checkLevel, checkNumbers, checkPositive } from './check-inputs.ts'
import { normalCdf, normalUpperQuantile } from './distributions/normal.ts'
import type { Outcome } from './result.ts'

export interface DirectionReplicationOptions {
  /** Effect over its standard error. */
  readonly z: number
  /** Independent units behind the effect. */
  readonly n: number
  readonly level: number
}

/**
 * Probability that a rerun of the same size shows an effect of the same sign: Φ(|z|/√2) (Killeen 2005, "An alternative to
 * null-hypothesis significance tests").
 *
 * With a flat prior the standardised true effect is N(|z|, 1), and a rerun then points the same way with probability
 * Φ(effect): its mean over that is the value, its central quantiles Φ(|z| ∓ z_level) the credible interval, widened where
 * needed to hold the value. z = 0 gives one half. Assumes that the rerun draws new units of the same kind and that nothing
 * else changes; a result selected for being significant replicates less often than this says.
 *
 * directionReplication({ z: 2, n: 100, level: 0.95 }).value // => 0.9214
 */
export function directionReplication({ z, n, level }: DirectionReplicationOptions): Outcome {
  checkLevel(level)
  checkNumbers({ z })
  checkPositive({ n })
  const size = Math.abs(z)
  const margin = normalUpperQuantile((1 - level) / 2)
  const value = normalCdf(size / Math.SQRT2)
  return {
    kind: 'estimate',
    value,
    interval: {
      // Near-certainty rounds to 1; certainty is not what a sample shows.
      lower: Math.min(value, normalCdf(size - margin), 1 - Number.EPSILON),
      upper: Math.max(value, normalCdf(size + margin)),
      level,
      kind: 'credible',
      side: 'two-sided',
    },
    n,
    method: 'direction-replication-flat-prior',
    assumptions: ['flat-prior-on-effect', 'nothing-changed-between-runs', 'mean-approximately-normal'],
    caveats: [],
  }
}
