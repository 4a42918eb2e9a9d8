/** What may be said of the worst, the best and most of a model's variants. */
import {
  bestOfListed,
  expectedLead,
  type NotEstimable,
  notEstimable,
  type Outcome,
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
  /** Pass rate that all but a share of the population of variants reaches. */
  readonly mostAtLeast: Outcome
  readonly selected: SelectedVariant | NotEstimable
  /** Standard errors by which the best of equally good variants is expected to lead. */
  readonly lead: number
}

export interface ClaimOptions {
  readonly level: number
  readonly share: number
}

export function claimVariants(passes: VariantPasses, { level, share }: ClaimOptions): VariantClaims {
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
      mostAtLeast: refused,
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
    mostAtLeast: passRate(variantQuantileBound({ variants: failures, probability: share, level })),
    selected: selectAndReestimate({ first, second, choose: 'highest', level, side: 'two-sided' }),
    lead,
  }
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
