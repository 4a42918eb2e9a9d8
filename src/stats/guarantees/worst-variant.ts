/** What can be asserted about the worst, and the best, of several listed variants. */
import { type BinomialCount, checkCounts, checkLevel } from '../check-inputs.ts'
import { clopperPearsonLower, clopperPearsonUpper } from '../clopper-pearson.ts'
import { fail } from '../fail.ts'
import { rangeMean } from '../range-of-normals.ts'
import { type Caveat, type Estimate, type NotEstimable, notEstimable } from '../result.ts'

export interface VariantCounts {
  /** Events among the independent trials of each variant. */
  readonly variants: readonly BinomialCount[]
  /** One-sided confidence of the whole statement. */
  readonly level: number
}

export interface WorstOfListed extends Estimate {
  /** Index of the variant whose bound is the largest: the bound holds for all, whichever is the worst in truth. */
  readonly attainedBy: number
}

/**
 * Upper bound on the largest of the listed variants' true rates: max_v U_v(α/m), each exact, by Bonferroni.
 *
 * About these m variants and no others. `value`, the largest rate seen, leans high: of m equally good variants the best
 * looks `expectedLead` standard errors better than it is. For a lower bound on the worst pass rate, count failures.
 * Refuses no variants, and variants without trials.
 *
 * worstOfListed({ variants: [{ successes: 3, trials: 200 }, { successes: 0, trials: 200 }], level: 0.95 }).interval.upper // => 0.0432…
 */
export function worstOfListed({ variants, level }: VariantCounts): WorstOfListed | NotEstimable {
  checkLevel(level)
  const refusal = refuseVariants(variants)
  if (refusal !== undefined) return refusal
  const tail = (1 - level) / variants.length
  const uppers = variants.map((counts) => clopperPearsonUpper({ ...counts, tail }))
  const upper = Math.max(...uppers)
  return {
    kind: 'estimate',
    value: Math.max(...variantRates(variants)),
    interval: { lower: 0, upper, level, kind: 'confidence', side: 'upper' },
    n: Math.min(...variants.map(({ trials }) => trials)),
    method: 'worst-of-listed-bonferroni',
    assumptions: ['independent-trials', 'trials-fixed-in-advance'],
    caveats: leansOutward(variants.length),
    attainedBy: uppers.indexOf(upper),
  }
}

/**
 * Lower bound on the largest rate among listed variants, the licence of a search: a setup exists with a rate of at least
 * this. max_v L_v(α/m). It says nothing about setups that were not tried.
 */
export function bestOfListed({ variants, level }: VariantCounts): WorstOfListed | NotEstimable {
  checkLevel(level)
  const refusal = refuseVariants(variants)
  if (refusal !== undefined) return refusal
  const tail = (1 - level) / variants.length
  const lowers = variants.map((counts) => clopperPearsonLower({ ...counts, tail }))
  const lower = Math.max(...lowers)
  return {
    kind: 'estimate',
    value: Math.max(...variantRates(variants)),
    interval: { lower, upper: 1, level, kind: 'confidence', side: 'lower' },
    n: Math.min(...variants.map(({ trials }) => trials)),
    method: 'best-of-listed-bonferroni',
    assumptions: ['independent-trials', 'trials-fixed-in-advance'],
    caveats: leansOutward(variants.length),
    attainedBy: lowers.indexOf(lower),
  }
}

/**
 * By how many standard errors the best of m equally good variants is expected to look better than it is: E max of m
 * standard normals, half the expected range.
 *
 * expectedLead(100) // => 2.5076…
 */
export function expectedLead(variants: number): number {
  if (!Number.isInteger(variants) || variants < 1) fail('not-a-count', { variants }, 'pass at least one variant')
  return variants === 1 ? 0 : rangeMean(variants) / 2
}

/** Share of events of each variant. */
export function variantRates(variants: readonly BinomialCount[]): number[] {
  return variants.map(({ successes, trials }) => successes / trials)
}

/** Why nothing can be said: no variants, or one without trials. */
export function refuseVariants(variants: readonly BinomialCount[]): NotEstimable | undefined {
  for (const counts of variants) checkCounts(counts)
  const fewest = Math.min(...variants.map(({ trials }) => trials))
  return variants.length === 0 || fewest === 0 ? notEstimable('too-few-values', { needed: 1, given: 0 }) : undefined
}

function leansOutward(columns: number): readonly Caveat[] {
  return columns > 1 ? [{ code: 'extreme-of-several-leans-outward', severity: 'note', values: { columns } }] : []
}
