/** What ignoring clusters would have cost: how much larger the variance of a mean is than its rows suggest. */
import { checkNumbers } from './check-inputs.ts'
import { type ClusterCorrection, clusterRobustVariance } from './cluster-robust-variance.ts'
import { groupClusters } from './clusters.ts'
import { fail } from './fail.ts'
import { type NotEstimable, notEstimable } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface DesignEffect {
  readonly kind: 'design-effect'
  /** Variance with clusters over variance without: 3.4 means that the naive interval is √3.4 times too narrow. */
  readonly designEffect: number
  /** Rows / design effect: how many independent rows the sample is worth. */
  readonly effectiveRows: number
  readonly clusteredStandardError: number
  /** s/√N over rows, s² with N − 1. */
  readonly naiveStandardError: number
  readonly rows: number
  readonly clusters: number
}

/**
 * Kish's design effect of a mean (Kish 1965), measured: cluster-robust variance over s²/N.
 *
 * For a paired comparison measure it on the differences; the design effect of scores is far larger. Values below 1
 * are real where clusters are balanced (a question and its negation). Refuses fewer than 2 clusters and constants.
 *
 * designEffect({ values, clusters, correction: 'cr1' })
 */
export function designEffect({
  values,
  clusters,
  correction,
}: {
  readonly values: ArrayLike<number>
  readonly clusters: ArrayLike<number>
  readonly correction: ClusterCorrection
}): DesignEffect | NotEstimable {
  const grouped = groupClusters(values, clusters)
  const rows = grouped.values.length
  if (grouped.count < 2) return notEstimable('too-few-values', { needed: 2, given: grouped.count })
  if (grouped.constant) return notEstimable('no-variation', { n: grouped.count, value: grouped.mean })
  const naive = exactSum(grouped.values.map((value) => (value - grouped.mean) ** 2)) / (rows - 1) / rows
  const { variance } = clusterRobustVariance(grouped, correction)
  return {
    kind: 'design-effect',
    designEffect: variance / naive,
    // Perfectly balanced clusters cancel all variance between them; the rows are then worth more than any count.
    effectiveRows: variance > 0 ? (rows * naive) / variance : Number.POSITIVE_INFINITY,
    clusteredStandardError: Math.sqrt(variance),
    naiveStandardError: Math.sqrt(naive),
    rows,
    clusters: grouped.count,
  }
}

/**
 * Design effect for planning, 1 + (m − 1)ρ: m rows per cluster with intraclass correlation ρ.
 *
 * designEffectOfIcc({ rowsPerCluster: 10, icc: 0.2 }) // => 2.8
 */
export function designEffectOfIcc({
  rowsPerCluster,
  icc,
}: {
  readonly rowsPerCluster: number
  readonly icc: number
}): number {
  checkNumbers({ rowsPerCluster, icc })
  const effect = 1 + (rowsPerCluster - 1) * icc
  if (!(rowsPerCluster >= 1 && icc <= 1 && effect >= 0)) {
    fail('icc-out-of-range', { rowsPerCluster, icc }, 'pass 1 or more rows and a correlation from −1/(rows − 1) to 1')
  }
  return effect
}
