/** Variance of a mean whose rows are correlated inside clusters. */
import type { Clusters } from './clusters.ts'
import { exactSum } from './special/exact-sum.ts'

/** Small-sample corrections of the sandwich variance. `cr2` is the recommended one. */
export type ClusterCorrection = 'cr0' | 'cr1' | 'cr2' | 'cr3'

export interface RobustVariance {
  /** Variance of the mean over rows. */
  readonly variance: number
  /** CR2: Satterthwaite's; the others: clusters − 1. */
  readonly degreesOfFreedom: number
  /** Share of the variance of each cluster: adjusted squared residual sums over N². */
  readonly parts: Float64Array
}

/**
 * Cluster-robust variance of the mean over rows, for G ≥ 2 clusters of n_g rows, N in all, S_g = Σ (y − ȳ) in cluster g:
 *
 *   CR0 = Σ S_g² / N²,  CR1 = CR0 · G/(G − 1),  CR2 = Σ S_g²/(1 − n_g/N) / N²,  CR3 = Σ S_g²/(1 − n_g/N)² / N².
 *
 * CR2 (Bell and McCaffrey 2002) is unbiased where rows are independent with equal variance, whatever the sizes; with
 * clusters of one row CR1 and CR2 are the classical s²/n. Its degrees of freedom are Satterthwaite's under that working
 * model (Pustejovsky and Tipton 2018): tr(M)²/Σ M_gh² with M = (diag(n) − nn′/N) ∘ aa′ and a_g = (1 − n_g/N)^(−1/2); the
 * rank-one term is expanded, so that the cost is O(G). They fall below G − 1 when sizes differ.
 */
export function clusterRobustVariance(clusters: Clusters, correction: ClusterCorrection): RobustVariance {
  const { count, sizes, sums, mean, values } = clusters
  const rows = values.length
  const parts = new Float64Array(count)
  for (let g = 0; g < count; g++) {
    const size = sizes[g] ?? 0
    const residual = (sums[g] ?? 0) - size * mean
    parts[g] = ((residual / rows) * (residual / rows)) / adjustment({ correction, share: size / rows, count })
  }
  return {
    // Rounding leaves residuals near 1e-17 where all values are equal; those must count as no variation at all.
    variance: isConstant(values) ? 0 : exactSum(parts),
    degreesOfFreedom: correction === 'cr2' ? satterthwaite(sizes, rows) : count - 1,
    parts,
  }
}

/** Whether one value is all there is. Values are grouped, so every one is looked at. */
export function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false
  return true
}

interface Adjustment {
  readonly correction: ClusterCorrection
  readonly share: number
  readonly count: number
}

function adjustment({ correction, share, count }: Adjustment): number {
  switch (correction) {
    case 'cr0':
      return 1
    case 'cr1':
      return (count - 1) / count
    case 'cr2':
      return 1 - share
    case 'cr3':
      return (1 - share) ** 2
    default:
      return correction satisfies never
  }
}

/** With w_g = n_g²/(N(1 − n_g/N)): diagonal entries are n_g, off-diagonal squares are w_g w_h / … summed by (Σw)² − Σw². */
function satterthwaite(sizes: Float64Array, rows: number): number {
  let [trace, squares, sum, sumOfSquares] = [0, 0, 0, 0]
  for (const size of sizes) {
    // (n − n²/N) · 1/(1 − n/N) = n.
    trace += size
    squares += size * size
    const weight = (size * size) / (rows - size)
    sum += weight
    sumOfSquares += weight * weight
  }
  return (trace * trace) / (squares + (sum * sum - sumOfSquares))
}
