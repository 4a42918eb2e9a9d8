/** What can be asserted about variants that were not tried, from estimated rates of variants drawn at random. */
import { checkLevel, checkRate } from '../check-inputs.ts'
import { clopperPearsonUpper } from '../clopper-pearson.ts'
import { notEstimable, type Outcome } from '../result.ts'
import { drawsForQuantile, orderStatisticRank } from './order-statistic-bound.ts'
import { refuseVariants, type VariantCounts, variantRates } from './worst-variant.ts'

/**
 * Upper bound on the β-quantile of variants' true rates over the population they were drawn from: "at most a share 1 − β of
 * variants has a rate above it".
 *
 * Half of the error bounds each rate, U_v(α/2m); half goes to the order statistic of `orderStatisticRank`, which is taken
 * among the bounds (Wilks 1941). Variants must be independent draws from the population in the sentence. Not estimable
 * from too few variants: 72 for 95 % of variants at 95 %.
 *
 * variantQuantileBound({ variants, probability: 0.95, level: 0.95 })
 */
export function variantQuantileBound({
  variants,
  probability,
  level,
}: VariantCounts & { readonly probability: number }): Outcome {
  checkLevel(level)
  checkRate(probability)
  const refusal = refuseVariants(variants)
  if (refusal !== undefined) return refusal
  const claim = { probability, level: (1 + level) / 2, side: 'upper' } as const
  const rank = orderStatisticRank({ ...claim, draws: variants.length })
  if (rank === undefined) {
    return notEstimable('too-few-values', { needed: drawsForQuantile({ ...claim, spared: 0 }), given: variants.length })
  }
  const tail = (1 - level) / 2 / variants.length
  const uppers = variants.map((counts) => clopperPearsonUpper({ ...counts, tail })).sort((a, b) => a - b)
  const seen = variantRates(variants).sort((a, b) => a - b)
  return {
    kind: 'estimate',
    value: seen[Math.max(0, Math.ceil(probability * seen.length) - 1)] ?? Number.NaN,
    interval: { lower: 0, upper: uppers[rank - 1] ?? 1, level, kind: 'confidence', side: 'upper' },
    n: variants.length,
    method: 'variant-quantile-estimated-rates',
    assumptions: ['independent-draws', 'independent-trials', 'trials-fixed-in-advance'],
    caveats: [],
  }
}

/**
 * Upper bound on the share of the population of variants whose true rate is above `limit`.
 *
 * A variant counts as fine only if its own bound U_v(α/2m) is at most `limit`; the share of the others is bounded by
 * Clopper–Pearson at α/2. With m variants all fine the bound is 1 − (α/2)^(1/m). `value` is the share seen above the limit.
 *
 * badVariantShare({ variants, limit: 0.05, level: 0.95 })
 */
export function badVariantShare({ variants, limit, level }: VariantCounts & { readonly limit: number }): Outcome {
  checkLevel(level)
  checkRate(limit)
  const refusal = refuseVariants(variants)
  if (refusal !== undefined) return refusal
  const m = variants.length
  const tail = (1 - level) / 2
  const notShownFine = variants.filter((counts) => clopperPearsonUpper({ ...counts, tail: tail / m }) > limit).length
  return {
    kind: 'estimate',
    value: variantRates(variants).filter((rate) => rate > limit).length / m,
    interval: {
      lower: 0,
      upper: clopperPearsonUpper({ successes: notShownFine, trials: m, tail }),
      level,
      kind: 'confidence',
      side: 'upper',
    },
    n: m,
    method: 'bad-variant-share',
    assumptions: ['independent-draws', 'independent-trials', 'trials-fixed-in-advance'],
    caveats: [],
  }
}
