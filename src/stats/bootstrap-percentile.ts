/** Percentile bootstrap interval. */
import { type BootstrapDistribution, type BootstrapOptions, bootstrapDistribution } from './bootstrap-distribution.ts'
import { checkLevel } from './check-inputs.ts'
import type { OnProgress } from './progress.ts'
import { type Caveat, type Interval, notEstimable, type Outcome } from './result.ts'

/**
 * Quantiles (1 ± level)/2 of the bootstrap distribution (Efron 1979) of a mean or of any statistic of independent units.
 *
 * Two-valued and gridded means use the exact distribution and no random numbers: the method then ends in `-exact`.
 * The interval stays inside the range of the data and inherits its flaws: it is too narrow by √((n − 1)/n) and more for
 * skewed data, and says nothing beyond what was seen, so a rate of 0 or 1 is refused (`boundedMeanInterval` answers).
 * Never for a maximum or minimum. Clustered data: `bootstrapTwoLevel`.
 *
 * bootstrapPercentile({ of: { values }, level: 0.95, draws: 10_000, random: openRandom(7) })
 */
export function bootstrapPercentile(
  { level, ...options }: BootstrapOptions & { readonly level: number },
  onProgress?: OnProgress,
): Outcome {
  checkLevel(level)
  const n = resampledUnits(options.of)
  if (n < 2) return notEstimable('too-few-values', { needed: 2, given: n })
  const distribution = bootstrapDistribution(options, onProgress)
  if (!distribution.varies) return notEstimable('no-variation', { n, value: distribution.observed })
  return {
    kind: 'estimate',
    value: distribution.observed,
    standardError: distribution.standardDeviation,
    interval: percentileInterval(distribution, level),
    n,
    method: `bootstrap-percentile${distribution.draws === 'exact' ? '-exact' : ''}`,
    assumptions: ['independent-values'],
    caveats: fewForBootstrap(n),
  }
}

export function percentileInterval(distribution: BootstrapDistribution, level: number): Interval {
  return {
    lower: distribution.quantile((1 - level) / 2),
    upper: distribution.quantile((1 + level) / 2),
    level,
    kind: 'confidence',
    side: 'two-sided',
  }
}

export function resampledUnits(of: BootstrapOptions['of']): number {
  return 'values' in of ? of.values.length : of.rows
}

/** With n units the bootstrap variance is (n − 1)/n of the truth, and its tails are shorter still. */
export function fewForBootstrap(n: number): readonly Caveat[] {
  return n < 20 ? [{ code: 'few-units-for-bootstrap', severity: 'caution', values: { units: n } }] : []
}
