/** Where the noise of a benchmark mean comes from: the draw of items, or the randomness of answering them. */
import { groupClusters } from './clusters.ts'
import { type NotEstimable, notEstimable } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface NoiseDecomposition {
  readonly kind: 'noise-decomposition'
  /** Mean of item means: every item counts the same, however often it was run. */
  readonly mean: number
  /** Prediction noise: mean over items of the variance of one run, unbiased. */
  readonly withinVariance: number
  /** Data noise: variance of true item means, unbiased and therefore sometimes negative. */
  readonly betweenVariance: number
  /** Standard error for new items, run as often as these: √(variance of item means / items). */
  readonly standardErrorNewItems: number
  /** Standard error for the same items run again: prediction noise only. */
  readonly standardErrorSameItems: number
  /** Share of the variance for new items that more runs per item would remove, 0–1. */
  readonly predictionShare: number
  readonly items: number
  /** Items with at least 2 runs: those that prediction noise is measured on. */
  readonly repeatedItems: number
  readonly runs: number
}

/**
 * Law of total variance for runs nested in items (Miller 2024; Wang 2025): Var(mean) = σ²_between/n + mean(σ²_i/K_i)/n.
 *
 * s²_i is the sample variance of the K_i runs of item i (for 0/1 scores K/(K − 1) · p̂(1 − p̂)); an item with one run takes
 * the mean s² of the others. withinVariance = mean s²_i; betweenVariance = Var(item means) − mean(s²_i/K_i). For a paired
 * comparison pass the differences per run: their prediction noise often exceeds their data noise, which is why
 * repeats buy power. Refuses fewer than 2 items, and items none of which has 2 runs.
 *
 * noiseDecomposition({ values: [1, 0, 1, 1], items: [1, 1, 2, 2] }).withinVariance // => 0.25
 */
export function noiseDecomposition({
  values,
  items,
}: {
  readonly values: ArrayLike<number>
  readonly items: ArrayLike<number>
}): NoiseDecomposition | NotEstimable {
  const { count, sizes, sums, starts, values: grouped } = groupClusters(values, items)
  if (count < 2) return notEstimable('too-few-values', { needed: 2, given: count })
  const means = sums.map((sum, g) => sum / (sizes[g] ?? 1))
  const variances: number[] = []
  const own = sizes.map((size, g) => {
    if (size < 2) return Number.NaN
    const part = grouped.subarray(starts[g], starts[g + 1])
    const variance = exactSum(part.map((value) => (value - (means[g] ?? 0)) ** 2)) / (size - 1)
    variances.push(variance)
    return variance
  })
  if (variances.length === 0) return notEstimable('needs-repeated-runs', { items: count, needed: 2 })
  const pooled = exactSum(variances) / variances.length
  const prediction =
    exactSum(own.map((variance, g) => (Number.isNaN(variance) ? pooled : variance) / (sizes[g] ?? 1))) / count
  const mean = exactSum(means) / count
  const total = exactSum(means.map((value) => (value - mean) ** 2)) / (count - 1)
  return {
    kind: 'noise-decomposition',
    mean,
    withinVariance: pooled,
    betweenVariance: total - prediction,
    standardErrorNewItems: Math.sqrt(total / count),
    standardErrorSameItems: Math.sqrt(prediction / count),
    // By chance item means may vary less than their runs do; no more than all of the noise is prediction noise.
    predictionShare: total > 0 ? Math.min(1, prediction / total) : 0,
    items: count,
    repeatedItems: variances.length,
    runs: grouped.length,
  }
}
