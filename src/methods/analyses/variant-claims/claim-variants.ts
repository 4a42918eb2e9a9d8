/** What may be said of the worst, the best and most of a model's variants. */
import {
  badVariantShare,
  bestOfListed,
  clopperPearson,
  empiricalBernsteinBound,
  expectedLead,
  type NotEstimable,
  notEstimable,
  type Outcome,
  oneSidedDistributionBand,
  type SelectedVariant,
  selectAndReestimate,
  variantQuantileBound,
  type WorstOfListed,
  worstOfListed,
} from '../../../stats/index.ts'
import { failuresOf, type VariantPasses } from './variant-counts.ts'

export interface VariantClaims extends VariantPasses {
  /** The pass rate that every listed variant reaches, and that none exceeds: one-sided bounds. */
  readonly everyAtLeast: Outcome
  readonly everyAtMost: Outcome
  readonly weakest: string | undefined
  readonly strongest: string | undefined
  /** A pass rate that at least one listed variant reaches, and one that at least one stays below. */
  readonly someAtLeast: Outcome
  readonly someAtMost: Outcome
  /** Mean over the listed variants, bounded from either side; undefined where items lack responses under some. */
  readonly averageAtLeast: Outcome | undefined
  readonly averageAtMost: Outcome | undefined
  /** Pass rate that all but a share of the population of variants reaches. */
  readonly mostAtLeast: Outcome
  /** Share of the population of variants below the floor; undefined where no floor was fixed. */
  readonly belowFloor: Outcome | undefined
  /** Shares of the population of variants that reach each of these pass rates, all at once; empty for few variants. */
  readonly reached: readonly { readonly passRate: number; readonly share: number }[]
  readonly selected: SelectedVariant | NotEstimable
  /** Standard errors by which the best of equally good variants is expected to lead. */
  readonly lead: number
}

export interface ClaimOptions {
  readonly level: number
  readonly share: number
  /** Pass rate below which a variant counts as bad, fixed before looking. */
  readonly floor: number | undefined
}

/** With fewer draws the band around their distribution is wider than half of it. */
const fewestForBand = 10

export function claimVariants(passes: VariantPasses, { level, share, floor }: ClaimOptions): VariantClaims {
  const lead = expectedLead(passes.labels.length)
  if (passes.clustered) {
    const refused = notEstimable('variant-trials-in-clusters', {})
    return {
      ...passes,
      everyAtLeast: refused,
      everyAtMost: refused,
      weakest: undefined,
      strongest: undefined,
      someAtLeast: refused,
      someAtMost: refused,
      averageAtLeast: refused,
      averageAtMost: refused,
      mostAtLeast: refused,
      belowFloor: floor === undefined ? undefined : refused,
      reached: [],
      selected: refused,
      lead,
    }
  }
  const failures = failuresOf(passes.passes)
  const named = (bound: WorstOfListed | NotEstimable) =>
    bound.kind === 'estimate' ? passes.labels[bound.attainedBy] : undefined
  const weakest = worstOfListed({ variants: failures, level })
  const strongest = worstOfListed({ variants: passes.passes, level })
  const [first, second] = passes.halves
  return {
    ...passes,
    everyAtLeast: passRate(weakest),
    everyAtMost: plain(strongest),
    weakest: named(weakest),
    strongest: named(strongest),
    someAtLeast: plain(bestOfListed({ variants: passes.passes, level })),
    someAtMost: passRate(bestOfListed({ variants: failures, level })),
    averageAtLeast: averageBound(passes, { level, side: 'lower' }),
    averageAtMost: averageBound(passes, { level, side: 'upper' }),
    mostAtLeast: passRate(variantQuantileBound({ variants: failures, probability: share, level })),
    belowFloor: floor === undefined ? undefined : badVariantShare({ variants: failures, limit: 1 - floor, level }),
    reached: reachedShares(passes, level),
    selected: selectAndReestimate({ first, second, choose: 'highest', level, side: 'two-sided' }),
    lead,
  }
}

/** Over items, each with its mean over variants: a finite-sample bound whatever ties variants of one item together. */
function averageBound(
  { itemMeans }: VariantPasses,
  { level, side }: { readonly level: number; readonly side: 'lower' | 'upper' },
): Outcome | undefined {
  return itemMeans === undefined
    ? undefined
    : empiricalBernsteinBound({ values: itemMeans, range: { lower: 0, upper: 1 }, level, side })
}

/**
 * Half of the error bounds each variant's rate from below, half the distribution of rates over the population (one-sided
 * Dvoretzky–Kiefer–Wolfowitz): at least the share seen to reach a rate, less the band, for every rate at once.
 */
function reachedShares({ passes }: VariantPasses, level: number): VariantClaims['reached'] {
  const draws = passes.length
  if (draws < fewestForBand) return []
  const half = (1 + level) / 2
  const band = oneSidedDistributionBand({ draws, level: half })
  const lowers = passes.map((counts) => {
    const bound = clopperPearson({ ...counts, level: 1 - (1 - half) / draws, side: 'lower' })
    return bound.kind === 'estimate' ? bound.interval.lower : 0
  })
  return [...new Set(lowers)]
    .sort((a, b) => a - b)
    .map((passRate) => ({ passRate, share: lowers.filter((lower) => lower >= passRate).length / draws - band }))
    .filter((each) => each.share > 0)
}

/** Without the index of the variant, which is no part of an estimate. */
function plain(bound: WorstOfListed | NotEstimable): Outcome {
  if (bound.kind === 'not-estimable') return bound
  const { attainedBy: _, ...estimate } = bound
  return estimate
}

/** A one-sided bound on a failure rate, read as one on the pass rate. */
function passRate(bound: Outcome | WorstOfListed): Outcome {
  const outcome = 'attainedBy' in bound ? plain(bound) : bound
  if (outcome.kind === 'not-estimable') return outcome
  const { lower, upper, side } = outcome.interval
  return {
    ...outcome,
    value: 1 - outcome.value,
    interval: { ...outcome.interval, lower: 1 - upper, upper: 1 - lower, side: side === 'upper' ? 'lower' : 'upper' },
  }
}
