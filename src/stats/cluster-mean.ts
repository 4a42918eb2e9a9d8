/** Mean of values that come in clusters, with a cluster-robust t interval. */
import { checkLevel, checkRange, type ScoreRange } from './check-inputs.ts'
import { type ClusterCorrection, clusterRobustVariance } from './cluster-robust-variance.ts'
import { type ClusterTotals, clusterTotals } from './clusters.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import { endClustersInterval } from './end-clusters-interval.ts'
import { type Caveat, type Interval, notEstimable, type Outcome } from './result.ts'
import { skewnessAllowance, skewnessNotSeen } from './skewness-allowance.ts'

export interface ClusterMeanOptions {
  readonly values: ArrayLike<number>
  /** Cluster code of each value, any integers: passage, question family, item with repeats. */
  readonly clusters: ArrayLike<number>
  /** `cr2` is recommended; `cr0` and `cr1` reproduce other tools, which differ in it. */
  readonly correction: ClusterCorrection
  /** Ends of the range of a score, where it has one: the interval then stays inside it and holds near its ends. */
  readonly range?: ScoreRange
  readonly level: number
}

/**
 * Mean over rows with a variance that allows any correlation inside clusters.
 *
 * Variances and degrees of freedom: see `clusterRobustVariance`; CR0, CR1 and CR3 use t(G − 1), CR2 Satterthwaite's t.
 * `n` is the number of clusters. Rows count equally, so a large cluster weighs more; average first if clusters should
 * count equally. Refuses fewer than 2 clusters, and values that are all equal: `boundedMeanInterval` still answers there, and is
 * narrower for rates. With fewer than about 10 clusters every cluster-robust variance is rough: the outcome says so.
 *
 * A t interval of skewed scores is too short: for 0/1 scores at a rate of 0.05 in clusters that lean together it covers 0.82 to
 * 0.88, with 10 clusters or 60. With `range` `endClustersInterval` holds 95 % there (calibration `means-in-range`), without it
 * `skewnessAllowance` (`clustered-t-limits`); the interval may then leave the range of a score.
 *
 * clusterMean({ values: [1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1], clusters: [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4], correction: 'cr1', level: 0.95 })
 *   .standardError // => 0.19869688…
 */
export function clusterMean({ values, clusters, correction, range, level }: ClusterMeanOptions): Outcome {
  checkLevel(level)
  if (range !== undefined) checkRange(values, range)
  const totals = clusterTotals(values, clusters)
  const { count, mean, constant } = totals
  if (count < 2) return notEstimable('too-few-values', { needed: 2, given: count })
  if (constant) return notEstimable('no-variation', { n: count, value: mean })
  const { variance, degreesOfFreedom, parts } = clusterRobustVariance(totals, correction)
  // Clusters that differ inside but not in their means leave a variance of exactly zero: no evidence of certainty.
  if (!(variance > 1e-28 * Math.max(1, mean * mean))) return notEstimable('no-variation-between-clusters', { n: count })
  const standardError = Math.sqrt(variance)
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * standardError
  const interval: Interval = {
    lower: mean - margin,
    upper: mean + margin,
    level,
    kind: 'confidence',
    side: 'two-sided',
  }
  const wider =
    range === undefined
      ? skewnessAllowance({
          pulls: signedRoots(totals, parts),
          otherVariance: 0,
          value: mean,
          degreesOfFreedom,
          interval,
          ends: totals.pair,
        })
      : endClustersInterval({ totals, range, degreesOfFreedom, interval })
  return {
    kind: 'estimate',
    value: mean,
    standardError,
    degreesOfFreedom,
    interval: wider?.interval ?? interval,
    n: count,
    method: `cluster-robust-${correction}-t${wider === undefined ? '' : range === undefined ? '-with-skewness' : '-with-ends'}`,
    assumptions: ['clusters-independent', 'mean-approximately-normal'],
    caveats: [
      ...fewClusters(count),
      ...(range === undefined ? skewnessNotSeen(count) : []),
      ...(wider === undefined ? [] : [wider.caveat]),
    ],
  }
}

/** How far each cluster pulls the mean, from the parts of its variance. */
export function signedRoots({ sums, sizes, mean }: ClusterTotals, parts: Float64Array): Float64Array {
  return parts.map((part, g) => Math.sign((sums[g] ?? 0) - (sizes[g] ?? 0) * mean) * Math.sqrt(part))
}

/** Below about 10 clusters the variance itself is poorly known; every cluster-robust number carries this. */
export function fewClusters(count: number): readonly Caveat[] {
  return count < 10 ? [{ code: 'few-clusters', severity: 'caution', values: { clusters: count } }] : []
}
