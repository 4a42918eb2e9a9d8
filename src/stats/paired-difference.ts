/** Mean of paired differences, with its t interval and t test. */
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import { checkLevel, checkRange, type ScoreRange } from './check-inputs.ts'
import { fewClusters } from './cluster-mean.ts'
import { type ClusterCorrection, clusterRobustVariance } from './cluster-robust-variance.ts'
import { type ClusterCodes, type Clusters, groupClusters } from './clusters.ts'
import { studentTUpperQuantile, studentTUpperTail } from './distributions/student-t.ts'
import { type Caveat, type NotEstimable, notEstimable, type Outcome, type TestOutcome } from './result.ts'

export interface PairedDifferenceOptions {
  /** First minus second, one per pair: pairing, and averaging over repeats of an item, are the caller's. */
  readonly differences: ArrayLike<number>
  /** Cluster code per pair; `undefined` where pairs are independent. */
  readonly clusters: ClusterCodes
  /** With independent pairs `cr1`, `cr2` and the classical s²/n are one and the same. */
  readonly correction: ClusterCorrection
  /** Range of a difference, `{ lower: -1, upper: 1 }` for rates; `undefined` where scores have none. */
  readonly range: ScoreRange | undefined
  readonly level: number
}

export interface PairedDifference {
  readonly difference: Outcome
  /** Two-sided t test of no difference. `signFlipTest` needs no normality and handles ties exactly. */
  readonly test: TestOutcome
}

/**
 * d̄ ± t · SE with the cluster-robust SE of `clusterRobustVariance` (independent pairs: s/√n and t(n − 1)).
 *
 * Where that interval would leave the declared range, or where nothing varies, the interval is that of
 * `boundedMeanInterval` and the method says so. A test cannot be formed where nothing varies: it is then not estimable,
 * and the exact sign-flip test still answers. Refuses fewer than 2 clusters. Few pairs that differ at all make t rough:
 * below 10 such clusters the outcome carries a caveat. Gains of 1 in 20 without losses, in clusters that lean together, are covered
 * with 0.82 to 0.89 (calibration `clustered-t-limits`).
 *
 * pairedDifference({ differences: [1, 0, 1, 1], clusters: undefined, correction: 'cr2', range: undefined, level: 0.95 })
 *   .test // => t = 3, p = 0.0577
 */
export function pairedDifference(options: PairedDifferenceOptions): PairedDifference {
  const { differences, range, level } = options
  checkLevel(level)
  if (range !== undefined) checkRange(differences, range)
  const clusters = groupClusters(differences, options.clusters)
  const { count, mean, values } = clusters
  if (count < 2) {
    const refusal = notEstimable('too-few-values', { needed: 2, given: count })
    return { difference: refusal, test: refusal }
  }
  const { variance, degreesOfFreedom } = clusterRobustVariance(clusters, options.correction)
  const scale = Math.max(Math.abs(values[0] ?? 0), ...extremes(values))
  if (!(variance > 1e-28 * scale * scale)) return withoutVariation(options, clusters)
  const standardError = Math.sqrt(variance)
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * standardError
  const [lower, upper] = [mean - margin, mean + margin]
  const clustered = options.clusters !== undefined
  const shared = {
    degreesOfFreedom,
    n: count,
    method: clustered ? `paired-cluster-robust-${options.correction}-t` : 'paired-t',
    assumptions: [clustered ? 'clusters-independent' : 'independent-pairs', 'mean-approximately-normal'],
    caveats: [...(clustered ? fewClusters(count) : []), ...fewDiffering(clusters)],
  } as const
  const leaves = range !== undefined && (lower < range.lower || upper > range.upper)
  const statistic = mean / standardError
  return {
    difference: leaves
      ? boundedMeanInterval({ values: differences, clusters: options.clusters, range, level })
      : {
          ...shared,
          kind: 'estimate',
          value: mean,
          standardError,
          interval: { lower, upper, level, kind: 'confidence', side: 'two-sided' },
        },
    test: {
      ...shared,
      kind: 'test',
      statistic,
      pValue: Math.min(1, 2 * studentTUpperTail(Math.abs(statistic), degreesOfFreedom)),
      alternative: 'two-sided',
      nullValue: 0,
    },
  }
}

function withoutVariation({ differences, range, level, clusters: codes }: PairedDifferenceOptions, clusters: Clusters) {
  const refusal: NotEstimable = notEstimable('no-variation', { n: clusters.count, value: clusters.mean })
  return {
    difference:
      range === undefined ? refusal : boundedMeanInterval({ values: differences, clusters: codes, range, level }),
    test: refusal,
  }
}

function extremes(values: Float64Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [Math.abs(low), Math.abs(high)]
}

/** Clusters whose differences are not all zero: only they carry information. */
function fewDiffering({ count, starts, values }: Clusters): readonly Caveat[] {
  let differing = 0
  for (let g = 0; g < count; g++) {
    if (values.subarray(starts[g], starts[g + 1]).some((value) => value !== 0)) differing++
  }
  return differing < 10 && differing < count
    ? [{ code: 'few-units-differ', severity: 'caution', values: { differing, units: count } }]
    : []
}
