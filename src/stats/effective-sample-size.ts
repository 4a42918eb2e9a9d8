/** How many independent 0/1 trials a sample of clustered, bounded scores is worth. */
import { clusterRobustVariance } from './cluster-robust-variance.ts'
import type { Clusters } from './clusters.ts'
import { degreesOfParts } from './degrees-of-parts.ts'
import { fQuantile } from './distributions/f.ts'
import { normalUpperQuantile } from './distributions/normal.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'

export interface EffectiveSampleSize {
  readonly size: number
  /** Size if rows of a cluster were copies of each other: N²/Σ n_g² (Kish 1965). Never less than this. */
  readonly worstCase: number
  /** CR2 variance of the mean. */
  readonly variance: number
  readonly degreesOfFreedom: number
}

/**
 * n* = p̂(1 − p̂)/V · (q/t_d)² on the unit scale (Korn and Graubard 1998, "Confidence intervals for proportions with
 * small expected number of positive counts estimated from survey data"), with three safeguards for small G:
 *
 * - V is the larger of the CR2 variance and of s²/N · (1 + ρ(Σn²/N − 1)), with the upper 80 % confidence limit of the
 *   intraclass correlation ρ (one-way ANOVA, F): near 0 and 1, and with few clusters, CR2 alone is often far too small;
 * - d is the smaller of Satterthwaite's degrees of freedom and of 2/(Σc²/(Σc)² − 1/G), from the parts c_g of the variance:
 *   when two clusters carry all of it, it is known as poorly as from two clusters;
 * - n* never falls below N²/Σn_g², what the rows are worth if clusters are all-or-none: no [0, 1] score can do worse
 *   unless cluster size is related to the score.
 *
 * q is t_{N−1} for two-valued scores, whose variance the mean determines, and normal otherwise. Two-valued scores are
 * worth at most N. Values must lie in [0, 1] and vary; G ≥ 2.
 */
export function effectiveSampleSize(
  clusters: Clusters,
  { level, twoValued }: { readonly level: number; readonly twoValued: boolean },
): EffectiveSampleSize {
  const { count, mean, values } = clusters
  const rows = values.length
  const robust = clusterRobustVariance(clusters, 'cr2')
  const variance = Math.max(robust.variance, oneWayVariance(clusters))
  const degreesOfFreedom = Math.max(1, Math.min(robust.degreesOfFreedom, degreesOfParts(robust.parts)))
  const tail = (1 - level) / 2
  const known = twoValued ? studentTUpperQuantile(tail, rows - 1) : normalUpperQuantile(tail)
  const shrink = (known / studentTUpperQuantile(tail, degreesOfFreedom)) ** 2
  const worstCase = kishSize(clusters)
  const raw = ((mean * (1 - mean)) / variance) * shrink
  const size = Math.max(worstCase, twoValued ? Math.min(raw, rows) : raw)
  return { size: count === rows && twoValued ? rows : size, worstCase, variance: robust.variance, degreesOfFreedom }
}

/** N²/Σ n_g²: clusters if they are equally large, fewer if not. */
export function kishSize({ sizes, values }: Clusters): number {
  let squares = 0
  for (const size of sizes) squares += size * size
  return (values.length * values.length) / squares
}

/** Level of the one-sided limit on ρ. Point estimates of ρ from few clusters lean low, and this is the least that mends it. */
const correlationLevel = 0.8

/** s²/N · (1 + ρ(Σn²/N − 1)) with an upper limit for ρ; 0 where there are no clusters of more than one row. */
function oneWayVariance(clusters: Clusters): number {
  const { count, sizes, sums, starts, values, mean } = clusters
  const rows = values.length
  if (count === rows) return 0
  let [between, within, squaredSizes] = [0, 0, 0]
  for (let g = 0; g < count; g++) {
    const size = sizes[g] ?? 0
    const own = (sums[g] ?? 0) / size
    between += size * (own - mean) ** 2
    squaredSizes += size * size
    for (let i = starts[g] ?? 0; i < (starts[g + 1] ?? 0); i++) within += ((values[i] ?? 0) - own) ** 2
  }
  const typicalSize = (rows - squaredSizes / rows) / (count - 1)
  const ratio = between / (count - 1) / (within / (rows - count))
  const limit = ratio / fQuantile({ p: 1 - correlationLevel, df1: count - 1, df2: rows - count })
  // Clusters without any variation inside have correlation 1.
  const correlation = within > 0 ? Math.max(0, (limit - 1) / (limit + typicalSize - 1)) : 1
  return ((between + within) / (rows - 1) / rows) * (1 + correlation * (squaredSizes / rows - 1))
}
