/** Difference of the means of two independent samples. */
import { checkLevel } from './check-inputs.ts'
import { fewClusters, signedRoots } from './cluster-mean.ts'
import { type ClusterCorrection, clusterRobustVariance } from './cluster-robust-variance.ts'
import { type ClusterCodes, type Clusters, groupClusters } from './clusters.ts'
import { normalUpperQuantile, normalUpperTail } from './distributions/normal.ts'
import { studentTUpperQuantile, studentTUpperTail } from './distributions/student-t.ts'
import { exchangeableClusterVariance } from './exchangeable-cluster-variance.ts'
import { type Interval, notEstimable, type Outcome, type TestOutcome } from './result.ts'
import { skewnessAllowance, skewnessNotSeen } from './skewness-allowance.ts'

export interface IndependentSample {
  readonly values: ArrayLike<number>
  /** Cluster code per value; `undefined` where values are independent. */
  readonly clusters: ClusterCodes
}

export interface UnpairedDifferenceOptions {
  readonly first: IndependentSample
  readonly second: IndependentSample
  /** `exchangeable` for clustered samples that t is to judge; CR0 to CR3 to reproduce what others print. */
  readonly correction: ClusterCorrection | 'exchangeable'
  /** `t`: Welch's. `normal`: the z interval that several harnesses print, for reproducing them. */
  readonly reference: 't' | 'normal'
  readonly level: number
}

/**
 * ȳ₁ − ȳ₂ ± q · √(SE₁² + SE₂²) with Welch–Satterthwaite degrees of freedom (Welch 1947) over the samples' own.
 *
 * Two models on the same items are not independent samples: there this interval wastes what pairing gives
 * (`pairedDifference`), and is kept to reproduce tools that print it. Clustered samples use `clusterRobustVariance`, or
 * `exchangeableClusterVariance`: where clusters of unequal sizes correlate, CR2 labelled 95 % covers 92 to 95 %.
 * `exchangeable` intervals by t also allow for skewness (`skewnessAllowance`); those that reproduce others do not.
 * Refuses samples with fewer than 2 clusters, and two samples that both do not vary. May leave the range of a
 * difference of rates; for two independent rates use a method for rates.
 *
 * unpairedDifference({ first, second, correction: 'exchangeable', reference: 't', level: 0.95 }).difference
 */
export function unpairedDifference(options: UnpairedDifferenceOptions): {
  readonly difference: Outcome
  readonly test: TestOutcome
} {
  const { reference, level, correction } = options
  checkLevel(level)
  const samples = [options.first, options.second].map(({ values, clusters }) => groupClusters(values, clusters))
  const n = samples.reduce((sum, { count }) => sum + count, 0)
  const smallest = Math.min(...samples.map(({ count }) => count))
  if (smallest < 2) {
    const refusal = notEstimable('too-few-values', { needed: 2, given: smallest })
    return { difference: refusal, test: refusal }
  }
  const variances = samples.map((sample) =>
    correction === 'exchangeable' ? exchangeableClusterVariance(sample) : clusterRobustVariance(sample, correction),
  )
  const variance = variances.reduce((sum, each) => sum + each.variance, 0)
  const value = (samples[0]?.mean ?? Number.NaN) - (samples[1]?.mean ?? Number.NaN)
  if (!(variance > 0)) {
    const refusal = notEstimable('no-variation', { n, value })
    return { difference: refusal, test: refusal }
  }
  const standardError = Math.sqrt(variance)
  const degreesOfFreedom =
    variance ** 2 / variances.reduce((sum, each) => sum + each.variance ** 2 / each.degreesOfFreedom, 0)
  const isT = reference === 't'
  const tail = (1 - level) / 2
  const margin = (isT ? studentTUpperQuantile(tail, degreesOfFreedom) : normalUpperQuantile(tail)) * standardError
  const statistic = value / standardError
  const size = Math.abs(statistic)
  const clustered = options.first.clusters !== undefined || options.second.clusters !== undefined
  const shared = {
    ...(isT ? { degreesOfFreedom } : {}),
    n,
    method: `unpaired${clustered ? `-cluster-robust-${correction}` : ''}-${isT ? 'welch-t' : 'normal'}`,
    assumptions: ['samples-independent', 'clusters-independent', 'mean-approximately-normal'],
    caveats: clustered ? fewClusters(smallest) : [],
  } as const
  const interval: Interval = {
    lower: value - margin,
    upper: value + margin,
    level,
    kind: 'confidence',
    side: 'two-sided',
  }
  const allows = correction === 'exchangeable' && isT
  const wider = allows
    ? skewnessAllowance({
        pulls: Float64Array.from(
          samples.flatMap((sample, at) => [...pullsOf(sample, variances[at]?.variance ?? 0, at)]),
        ),
        otherVariance: 0,
        value,
        degreesOfFreedom,
        interval,
        ends: undefined,
      })
    : undefined
  return {
    difference: {
      ...shared,
      kind: 'estimate',
      value,
      standardError,
      interval: wider?.interval ?? interval,
      caveats: [
        ...shared.caveats,
        ...(allows ? skewnessNotSeen(smallest) : []),
        ...(wider === undefined ? [] : [wider.caveat]),
      ],
      ...(wider && { method: `${shared.method}-with-skewness` }),
    },
    test: {
      ...shared,
      kind: 'test',
      statistic,
      pValue: Math.min(1, 2 * (isT ? studentTUpperTail(size, degreesOfFreedom) : normalUpperTail(size))),
      alternative: 'two-sided',
      nullValue: 0,
    },
  }
}

/** How far each unit pulls the difference: those of the second sample the other way. Their squares add up to its variance. */
function pullsOf(sample: Clusters, variance: number, at: number): Float64Array {
  const { variance: ofParts, parts } = clusterRobustVariance(sample, 'cr2')
  const scale = ofParts > 0 ? Math.sqrt(variance / ofParts) : 0
  return signedRoots(sample, parts).map((pull) => (at === 0 ? pull : -pull) * scale)
}
