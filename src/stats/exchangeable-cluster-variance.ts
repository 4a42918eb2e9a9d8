/** Variance of a mean whose rows correlate alike inside clusters, with degrees of freedom that know it. */
import { clusterRobustVariance } from './cluster-robust-variance.ts'
import type { Clusters } from './clusters.ts'
import { exactSum } from './special/exact-sum.ts'

export interface ExchangeableVariance {
  readonly variance: number
  readonly degreesOfFreedom: number
  /** Intraclass correlation ρ that was used, 0 to 1. */
  readonly correlation: number
}

/**
 * CR2 made unbiased, and its Satterthwaite degrees of freedom taken, under rows of one variance and correlation ρ inside clusters
 * (Imbens and Kolesár 2016, Review of Economics and Statistics 98), ρ by analysis of variance.
 *
 * CR2 supposes ρ = 0: with unequal clusters that correlate it is too small and its degrees of freedom too many. Under ρ the
 * sum of cluster g has variance v_g = n_g(1 − ρ) + ρ n_g², V = Σ v_g, and the residual sums have covariance
 * M_gh = v_g δ_gh − (n_h v_g + n_g v_h)/N + n_g n_h V/N². The rank-two term is expanded, so that the cost is O(G). With
 * ρ = 0 it is CR2. Needs 2 clusters.
 */
export function exchangeableClusterVariance(clusters: Clusters): ExchangeableVariance {
  const { count, sizes, values } = clusters
  const rows = values.length
  const { variance } = clusterRobustVariance(clusters, 'cr2')
  const correlation = intraclassCorrelation(clusters)
  const sums = sizes.map((n) => n * (1 - correlation) + correlation * n * n)
  const total = sums.reduce((sum, own) => sum + own, 0)
  let [trace, squares, s0, s1, s2] = [0, 0, 0, 0, 0]
  const shared = total / rows ** 2
  for (let g = 0; g < count; g++) {
    const [n, own] = [sizes[g] ?? 0, sums[g] ?? 0]
    const factor = 1 / (1 - n / rows)
    const diagonal = factor * (own - (2 * n * own) / rows + n * n * shared)
    const weight = factor * n * n
    const reach = own / (n * rows)
    trace += diagonal
    squares += diagonal ** 2 - (weight * (shared - 2 * reach)) ** 2
    s0 += weight
    s1 += weight * reach
    s2 += weight * reach * reach
  }
  squares += (shared * s0) ** 2 + 2 * s0 * s2 + 2 * s1 * s1 - 4 * shared * s0 * s1
  return { variance: (variance * total) / trace, degreesOfFreedom: trace ** 2 / squares, correlation }
}

/** ρ̂ = (MSB − MSW)/(MSB + (n₀ − 1) MSW), n₀ = (N − Σn²/N)/(G − 1), cut to 0 … 1; 0 where every cluster is one row. */
function intraclassCorrelation({ count, sizes, sums, mean, values }: Clusters): number {
  const rows = values.length
  if (rows === count) return 0
  const between = exactSum(sizes.map((n, g) => n * ((sums[g] ?? 0) / n - mean) ** 2)) / (count - 1)
  const all = exactSum(values.map((value) => (value - mean) ** 2))
  const within = Math.max(0, all - between * (count - 1)) / (rows - count)
  const typical = (rows - sizes.reduce((sum, n) => sum + n * n, 0) / rows) / (count - 1)
  const denominator = between + (typical - 1) * within
  return denominator > 0 ? Math.min(1, Math.max(0, (between - within) / denominator)) : 0
}
