/** What can be asserted about the worst of several variants, and about the variants that were not tried. */
import { type BinomialCount, checkCounts, checkLevel, checkRate } from '../check-inputs.ts'
import { clopperPearson, clopperPearsonLower, clopperPearsonUpper } from '../clopper-pearson.ts'
import { fail } from '../fail.ts'
import { rangeMean } from '../range-of-normals.ts'
import { type Caveat, type Estimate, type NotEstimable, notEstimable, type Outcome } from '../result.ts'
import { drawsForQuantile, orderStatisticRank } from './order-statistic-bound.ts'

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
  const refusal = refuse(variants)
  if (refusal !== undefined) return refusal
  const tail = (1 - level) / variants.length
  const uppers = variants.map((counts) => clopperPearsonUpper({ ...counts, tail }))
  const upper = Math.max(...uppers)
  return {
    kind: 'estimate',
    value: Math.max(...rates(variants)),
    interval: { lower: 0, upper, level, kind: 'confidence', side: 'upper' },
    n: Math.min(...variants.map(({ trials }) => trials)),
    method: 'worst-of-listed-bonferroni',
    assumptions: ['independent-trials', 'trials-fixed-in-advance'],
    caveats: leansOutward(variants.length),
    attainedBy: uppers.indexOf(upper),
  }
}

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
  const refusal = refuse(variants)
  if (refusal !== undefined) return refusal
  const claim = { probability, level: (1 + level) / 2, side: 'upper' } as const
  const rank = orderStatisticRank({ ...claim, draws: variants.length })
  if (rank === undefined) {
    return notEstimable('too-few-values', { needed: drawsForQuantile({ ...claim, spared: 0 }), given: variants.length })
  }
  const tail = (1 - level) / 2 / variants.length
  const uppers = variants.map((counts) => clopperPearsonUpper({ ...counts, tail })).sort((a, b) => a - b)
  const seen = rates(variants).sort((a, b) => a - b)
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
  const refusal = refuse(variants)
  if (refusal !== undefined) return refusal
  const m = variants.length
  const tail = (1 - level) / 2
  const notShownFine = variants.filter((counts) => clopperPearsonUpper({ ...counts, tail: tail / m }) > limit).length
  return {
    kind: 'estimate',
    value: rates(variants).filter((rate) => rate > limit).length / m,
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

export interface SelectedVariant {
  readonly kind: 'selected-variant'
  readonly selected: number
  /** What it looked like where it was chosen; leans outward. */
  readonly whereChosen: number
  /** On trials that took no part in the choice, with Clopper–Pearson's interval: exact for the chosen variant. */
  readonly reestimate: Outcome
}

/**
 * Chooses the variant with the highest (or lowest) rate on the first split and estimates it on the second.
 *
 * The interval needs no correction for the choice: given the first split, the second is a fixed variant's. Ties go to the
 * variant with more trials, then to the first listed. The first split spends no error and earns no claim.
 *
 * selectAndReestimate({ first, second, choose: 'highest', level: 0.95, side: 'two-sided' })
 */
export function selectAndReestimate({
  first,
  second,
  choose,
  level,
  side,
}: {
  /** The same variants in the same order, on different items or runs. */
  readonly first: readonly BinomialCount[]
  readonly second: readonly BinomialCount[]
  readonly choose: 'highest' | 'lowest'
  readonly level: number
  readonly side: 'two-sided' | 'lower' | 'upper'
}): SelectedVariant | NotEstimable {
  if (first.length !== second.length) {
    fail('lengths-differ', { first: first.length, second: second.length }, 'pass the same variants in both splits')
  }
  const refusal = refuse(first)
  if (refusal !== undefined) return refusal
  const sign = choose === 'highest' ? 1 : -1
  const seen = rates(first)
  let selected = 0
  for (let v = 1; v < first.length; v++) {
    const lead = sign * ((seen[v] ?? 0) - (seen[selected] ?? 0))
    if (lead > 0 || (lead === 0 && (first[v]?.trials ?? 0) > (first[selected]?.trials ?? 0))) selected = v
  }
  const counts = second[selected] ?? { successes: 0, trials: 0 }
  return {
    kind: 'selected-variant',
    selected,
    whereChosen: seen[selected] ?? Number.NaN,
    reestimate: clopperPearson({ ...counts, level, side }),
  }
}

/**
 * Lower bound on the largest rate among listed variants, the licence of a search: a setup exists with a rate of at least
 * this. max_v L_v(α/m). It says nothing about setups that were not tried.
 */
export function bestOfListed({ variants, level }: VariantCounts): WorstOfListed | NotEstimable {
  checkLevel(level)
  const refusal = refuse(variants)
  if (refusal !== undefined) return refusal
  const tail = (1 - level) / variants.length
  const lowers = variants.map((counts) => clopperPearsonLower({ ...counts, tail }))
  const lower = Math.max(...lowers)
  return {
    kind: 'estimate',
    value: Math.max(...rates(variants)),
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

function rates(variants: readonly BinomialCount[]): number[] {
  return variants.map(({ successes, trials }) => successes / trials)
}

function refuse(variants: readonly BinomialCount[]): NotEstimable | undefined {
  for (const counts of variants) checkCounts(counts)
  const fewest = Math.min(...variants.map(({ trials }) => trials))
  return variants.length === 0 || fewest === 0 ? notEstimable('too-few-values', { needed: 1, given: 0 }) : undefined
}

function leansOutward(columns: number): readonly Caveat[] {
  return columns > 1 ? [{ code: 'extreme-of-several-leans-outward', severity: 'note', values: { columns } }] : []
}
