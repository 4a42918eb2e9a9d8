/** Variance of a mean whose rows are correlated inside clusters. */
import type { ClusterTotals } from './clusters.ts'
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
export function clusterRobustVariance(clusters: ClusterTotals, correction: ClusterCorrection): RobustVariance {
  const { count, rows, sizes, sums, mean, constant } = clusters
  const powers = adjustmentPower[correction]
  const flat = correction === 'cr1' ? (count - 1) / count : 1
  const parts = new Float64Array(count)
  // With w_g = n_g²/(N(1 − n_g/N)), the squares of M off its diagonal, whose entries are n_g, sum to (Σw)² − Σw².
  let [squares, sum, sumOfSquares] = [0, 0, 0]
  for (let g = 0; g < count; g++) {
    const size = sizes[g] ?? 0
    const residual = ((sums[g] ?? 0) - size * mean) / rows
    const rest = 1 - size / rows
    parts[g] = (residual * residual) / (powers === 0 ? flat : powers === 1 ? rest : rest * rest)
    const square = size * size
    const weight = square / (rows - size)
    squares += square
    sum += weight
    sumOfSquares += weight * weight
  }
  return {
    // Rounding leaves residuals near 1e-17 where all values are equal; those must count as no variation at all.
    variance: constant ? 0 : exactSum(parts),
    degreesOfFreedom: correction === 'cr2' ? (rows * rows) / (squares + (sum * sum - sumOfSquares)) : count - 1,
    parts,
  }
}

/** Power of 1 − n_g/N that a squared residual sum is divided by. */
const adjustmentPower: Readonly<Record<ClusterCorrection, 0 | 1 | 2>> = { cr0: 0, cr1: 0, cr2: 1, cr3: 2 }
