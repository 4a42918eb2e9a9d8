/** Bias-corrected and accelerated bootstrap interval. */
import { type BootstrapOptions, bootstrapDistribution, type Resampled } from './bootstrap-distribution.ts'
import { fewForBootstrap, resampledUnits } from './bootstrap-percentile.ts'
import { checkLevel } from './check-inputs.ts'
import type { ValueCounts } from './count-sorted.ts'
import { normalCdf, normalQuantile } from './distributions/normal.ts'
import type { OnProgress } from './progress.ts'
import { notEstimable, type Outcome } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

/**
 * BCa interval (Efron 1987; Efron and Tibshirani 1993, eq. 14.9–14.15): bootstrap quantiles at
 * Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))), second-order accurate where the percentile interval is first-order.
 *
 * z₀ = Φ⁻¹(P(θ* < θ̂) + ½P(θ* = θ̂)). The acceleration a is Σl³/(6(Σl²)^1.5), for a mean over l_i = x_i − x̄ in one pass,
 * for a statistic over the jackknife values l_i = (n − 1)(θ̂ − θ̂₍ᵢ₎), at n calls. Means of two-valued and gridded data are
 * exact and use no random numbers. Refused where nothing varies, where every resample falls on one side, and where the
 * correction has a pole: a smooth statistic of enough units has none. Never for a maximum or minimum.
 *
 * bootstrapBca({ of: { values }, level: 0.95, draws: 10_000, random: openRandom(7) })
 */
export function bootstrapBca(
  { level, ...options }: BootstrapOptions & { readonly level: number },
  onProgress?: OnProgress,
): Outcome {
  checkLevel(level)
  const n = resampledUnits(options.of)
  if (n < 3) return notEstimable('too-few-values', { needed: 3, given: n })
  const distribution = bootstrapDistribution(options, onProgress)
  const { observed } = distribution
  if (!distribution.varies) return notEstimable('no-variation', { n, value: observed })
  const bias = normalQuantile(distribution.shareBelow(observed))
  const { counted } = distribution
  const acceleration = counted === undefined ? bcaAcceleration(options.of) : accelerationOfCounts(counted)
  const probabilities = [(1 - level) / 2, (1 + level) / 2].map((probability) => {
    const shifted = bias + normalQuantile(probability)
    const scale = 1 - acceleration * shifted
    return scale > 0 ? normalCdf(bias + shifted / scale) : Number.NaN
  })
  const [low, high] = probabilities
  if (!Number.isFinite(bias) || low === undefined || high === undefined || !(low < high)) {
    return notEstimable('bootstrap-one-sided', { n, share: distribution.shareBelow(observed) })
  }
  const resolution = distribution.draws === 'exact' ? 0 : 10 / distribution.draws
  return {
    kind: 'estimate',
    value: observed,
    standardError: distribution.standardDeviation,
    interval: {
      lower: distribution.quantile(low),
      upper: distribution.quantile(high),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n,
    method: `bootstrap-bca${distribution.draws === 'exact' ? '-exact' : ''}`,
    assumptions: ['independent-values'],
    caveats: [
      ...fewForBootstrap(n),
      ...(low < resolution || high > 1 - resolution
        ? [{ code: 'bootstrap-tail-unresolved', severity: 'caution', values: { lower: low, upper: high } } as const]
        : []),
    ],
  }
}

/** Σl³/(6(Σl²)^1.5): a sixth of the skewness of the mean, or of the jackknife values of a statistic. */
export function bcaAcceleration(of: Resampled): number {
  const influence = 'values' in of ? deviations(of.values) : jackknife(of)
  const square = new Float64Array(influence.length)
  const cube = new Float64Array(influence.length)
  for (let i = 0; i < influence.length; i++) {
    const l = influence[i] ?? 0
    square[i] = l * l
    cube[i] = l * l * l
  }
  const squares = exactSum(square)
  return squares > 0 ? exactSum(cube) / (6 * squares ** 1.5) : 0
}

/** The same from counts: a few terms instead of one per row. */
function accelerationOfCounts({ values, counts }: ValueCounts): number {
  const n = exactSum(counts)
  const mean = exactSum(values.map((value, at) => value * (counts[at] ?? 0))) / n
  const squares = exactSum(values.map((value, at) => (counts[at] ?? 0) * (value - mean) ** 2))
  const cubes = exactSum(values.map((value, at) => (counts[at] ?? 0) * (value - mean) ** 3))
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0
}

function deviations(values: ArrayLike<number>): Float64Array {
  const mean = exactSum(values) / values.length
  const differences = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) differences[i] = (values[i] ?? 0) - mean
  return differences
}

/** θ̂₍·₎ − θ̂₍ᵢ₎ up to the factor n − 1, which cancels; centred at their mean, so that a biased statistic is not skewed by it. */
function jackknife({ rows, statistic }: Exclude<Resampled, { readonly values: ArrayLike<number> }>): Float64Array {
  const kept = Int32Array.from({ length: rows - 1 }, (_, i) => i + 1)
  const results = new Float64Array(rows)
  for (let left = 0; left < rows; left++) {
    results[left] = -statistic(kept)
    if (left < rows - 1) kept[left] = left
  }
  return deviations(results)
}
