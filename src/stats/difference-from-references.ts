/** How far one column lies from a sample of reference columns, over shared rows. */
import { checkLevel, checkMatrix } from './check-inputs.ts'
import { fewClusters } from './cluster-mean.ts'
import { clusterRobustVariance } from './cluster-robust-variance.ts'
import { type ClusterCodes, groupClusters } from './clusters.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import { fail } from './fail.ts'
import { type Caveat, notEstimable, type Outcome } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface ReferenceDifferenceOptions {
  /** rows × columns, row-major, complete. Column 0 is the target, the others are the references. */
  readonly values: ArrayLike<number>
  readonly columns: number
  /** Cluster code per row; `undefined` where rows are independent. */
  readonly clusters: ClusterCodes
  readonly level: number
}

/**
 * Excess δ of the target's mean over that of a column drawn like the references: target mean − mean of reference means.
 *
 * Two errors are in it. Rows are a sample: d_i = target − mean of references in row i has a cluster-robust SE (CR2, t).
 * References are a sample: were the target one more of them, its mean would lie within t(R − 1)·s·√(1 + 1/R) of theirs,
 * s the standard deviation of the R reference means (Crawford and Howell 1998, "Comparing an individual's test score
 * against norms derived from small samples"). s contains the sampling of rows, except for what all columns share, so the
 * two are not added: the interval takes the wider of them, and can only be conservative. Assumes reference means roughly
 * normal; with 5 references t has 4 degrees of freedom. Refuses fewer than 2 references or 2 clusters.
 *
 * differenceFromReferences({ values, columns: 6, clusters: undefined, level: 0.95 })
 */
export function differenceFromReferences(options: ReferenceDifferenceOptions): Outcome {
  const { values, columns, level } = options
  checkLevel(level)
  checkMatrix({ values, columns })
  if (columns < 3) fail('too-few-references', { references: columns - 1 }, 'pass at least two reference columns')
  const rows = values.length / columns
  const references = columns - 1
  const means = Float64Array.from({ length: columns }, (_, column) => columnMean({ values, columns, column }))
  const contrast = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    let others = 0
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] ?? Number.NaN
      if (column > 0) others += value
    }
    contrast[row] = (values[row * columns] ?? Number.NaN) - others / references
  }
  const clusters = groupClusters(contrast, options.clusters)
  if (clusters.count < 2) return notEstimable('too-few-values', { needed: 2, given: clusters.count })
  const { variance, degreesOfFreedom } = clusterRobustVariance(clusters, 'cr2')
  const tail = (1 - level) / 2
  const ofRows = variance > 0 ? studentTUpperQuantile(tail, degreesOfFreedom) * Math.sqrt(variance) : 0
  const spread = standardDeviation(means.subarray(1)) * Math.sqrt(1 + 1 / references)
  const ofReferences = studentTUpperQuantile(tail, references - 1) * spread
  const margin = Math.max(ofRows, ofReferences)
  const value = clusters.mean
  if (!(margin > 1e-12 * Math.max(1, Math.abs(value))))
    return notEstimable('no-variation', { n: clusters.count, value })
  return {
    kind: 'estimate',
    value,
    standardError: ofRows > ofReferences ? Math.sqrt(variance) : spread,
    degreesOfFreedom: ofRows > ofReferences ? degreesOfFreedom : references - 1,
    interval: { lower: value - margin, upper: value + margin, level, kind: 'confidence', side: 'two-sided' },
    n: clusters.count,
    method: ofRows > ofReferences ? 'references-cluster-robust-cr2-t' : 'references-single-case-t',
    assumptions: ['clusters-independent', 'references-drawn-like-the-target'],
    caveats: [...fewClusters(clusters.count), ...fewReferences(references)],
  }
}

interface Column {
  readonly values: ArrayLike<number>
  readonly columns: number
  readonly column: number
}

/** Summed exactly, so that the order of rows does not show. */
function columnMean({ values, columns, column }: Column): number {
  const rows = values.length / columns
  const own = Float64Array.from({ length: rows }, (_, row) => values[row * columns + column] ?? Number.NaN)
  return exactSum(own) / rows
}

function fewReferences(references: number): readonly Caveat[] {
  return references < 5 ? [{ code: 'few-references', severity: 'caution', values: { references } }] : []
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1))
}
