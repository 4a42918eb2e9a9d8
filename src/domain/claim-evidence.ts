/**
 * Evidence for and against "the mean is above a bar", one unit after the other, valid whenever one looks.
 *
 * For: an e-process against "mean ≤ bar". Against: one against "mean ≥ alternative" (or ≥ bar, where no alternative was
 * declared). A missing score counts as the worst value in the first and as the best in the second, so that both hold
 * whatever the missing scores would have been.
 */
import {
  advanceOneSidedBetting,
  defaultRareRateMixture,
  oneSidedBetaMixtureLogEvidence,
  rareRateLogEvidence,
  sprtSteps,
  startOneSidedBetting,
} from '../stats/index.ts'

export interface EvidencePlan {
  readonly rule: 'anytime' | 'sprt'
  readonly bar: number
  readonly alternative: number | undefined
  /** Whether every unit is a single 0/1 response drawn independently. */
  readonly binary: boolean
  /** Units of the finite list, where the claim is about exactly these. */
  readonly population: number | undefined
  readonly alpha: number
  readonly beta: number
  /** Other nulls than bar and alternative, for bounds: "mean ≤ support" and "mean ≥ refutation". Stakes stay as declared. */
  readonly nulls?: { readonly support: number; readonly refutation: number } | undefined
}

export interface LogEvidence {
  /** ln of the e-value against "not above the bar". */
  readonly support: number
  /** ln of the e-value against "as high as the alternative". */
  readonly refutation: number
}

export interface ClaimEvidence {
  readonly method: string
  add(unit: { readonly worst: number; readonly best: number }): void
  current(): LogEvidence
}

/** From this bar on a claim is about a rare failure, and the mixture for rare rates is the better bet. */
const rareFrom = 0.95

/** Weight of the declared alternative in the mixture; the rest is spread over everything beyond the bar. */
const declaredWeight = 0.8

export function openEvidence(plan: EvidencePlan): ClaimEvidence {
  if (plan.rule === 'sprt') return ratioEvidence(plan)
  return plan.binary ? countedEvidence(plan) : bettingEvidence(plan)
}

/** Counts of a claim: `worst` has missing scores against it, `best` for it. */
interface Counts {
  trials: number
  worst: number
  best: number
}

function counting(): { readonly counts: Counts; readonly add: ClaimEvidence['add'] } {
  const counts: Counts = { trials: 0, worst: 0, best: 0 }
  return {
    counts,
    add: ({ worst, best }) => {
      counts.trials++
      counts.worst += worst
      counts.best += best
    },
  }
}

/** The nulls that a claim is decided by. */
export function declaredNulls({
  bar,
  alternative,
}: Pick<EvidencePlan, 'bar' | 'alternative'>): NonNullable<EvidencePlan['nulls']> {
  return { support: bar, refutation: alternative ?? bar }
}

function nullsOf(plan: EvidencePlan): NonNullable<EvidencePlan['nulls']> {
  return plan.nulls ?? declaredNulls(plan)
}

/**
 * ln of the e-value against "not above the bar" after so many successes, where every unit is a single 0/1 response;
 * undefined where the evidence is not a matter of counts.
 */
export function supportOfCounts(plan: EvidencePlan): ((successes: number, trials: number) => number) | undefined {
  if (plan.rule === 'sprt') return ratioSupport(plan)
  return plan.binary ? countedSupport(plan) : undefined
}

type OfCounts = (successes: number, trials: number) => number

function ratioOfCounts(plan: EvidencePlan, rates: { readonly from: number; readonly to: number }): OfCounts {
  const { alpha, beta } = plan
  // A ratio against a null on the far side of its alternative is no evidence against that side.
  if (!(rates.to > rates.from)) return () => 0
  const steps = sprtSteps({
    nullRate: rates.from,
    alternativeRate: rates.to,
    falsePositiveRate: alpha,
    falseNegativeRate: beta,
  })
  return (successes, trials) => successes * steps.perSuccess + (trials - successes) * steps.perFailure
}

function ratioSupport(plan: EvidencePlan): OfCounts {
  const { bar, alternative = bar } = plan
  return ratioOfCounts(plan, { from: nullsOf(plan).support, to: alternative })
}

function ratioEvidence(plan: EvidencePlan): ClaimEvidence {
  const { counts, add } = counting()
  const support = ratioSupport(plan)
  const refutation = ratioOfCounts(plan, { from: plan.bar, to: nullsOf(plan).refutation })
  return {
    method: 'sequential-probability-ratio',
    add,
    current: () => ({
      support: support(counts.worst, counts.trials),
      refutation: -refutation(counts.best, counts.trials),
    }),
  }
}

function countedSupport(plan: EvidencePlan): OfCounts {
  const { bar, alternative } = plan
  const { support: nullRate } = nullsOf(plan)
  if (bar >= rareFrom) {
    const rateBelow = 1 - nullRate
    const mixture = defaultRareRateMixture(rateBelow)
    return (successes, trials) => rareRateLogEvidence({ failures: trials - successes, trials, rateBelow, mixture })
  }
  return (successes, trials) => {
    const spread = oneSidedBetaMixtureLogEvidence({ successes, trials, a: 1, b: 1, nullRate, alternative: 'greater' })
    if (alternative === undefined) return spread
    // The declared point bets only where it lies beyond the null; else its weight is lost.
    return alternative > nullRate
      ? mixed(logRatio({ successes, trials, of: alternative, against: nullRate }), spread)
      : mixed(Number.NEGATIVE_INFINITY, spread)
  }
}

function countedEvidence(plan: EvidencePlan): ClaimEvidence {
  const { bar, alternative } = plan
  const nulls = nullsOf(plan)
  const { counts, add } = counting()
  const rare = bar >= rareFrom
  const support = countedSupport(plan)
  const refutation = (): number => {
    const { trials, best: successes } = counts
    const prior = rare ? 0.5 : 1
    const nullRate = nulls.refutation
    const spread = oneSidedBetaMixtureLogEvidence({
      successes,
      trials,
      a: prior,
      b: prior,
      nullRate,
      alternative: 'less',
    })
    if (alternative === undefined) return spread
    return bar < nullRate
      ? mixed(logRatio({ successes, trials, of: bar, against: nullRate }), spread)
      : mixed(Number.NEGATIVE_INFINITY, spread)
  }
  return {
    method: rare ? 'rare-rate-mixture' : alternative === undefined ? 'beta-mixture' : 'beta-mixture-with-alternative',
    add,
    current: () => ({ support: support(counts.worst, counts.trials), refutation: refutation() }),
  }
}

function bettingEvidence(plan: EvidencePlan): ClaimEvidence {
  const { population, alpha, beta } = plan
  const nulls = nullsOf(plan)
  let above = startOneSidedBetting
  let below = startOneSidedBetting
  const supportBet = { nullMean: nulls.support, errorRate: alpha, population }
  const refutationBet = { nullMean: 1 - nulls.refutation, errorRate: beta, population }
  return {
    method: population === undefined ? 'one-sided-betting' : 'one-sided-betting-without-replacement',
    add: ({ worst, best }) => {
      above = advanceOneSidedBetting(above, worst, supportBet)
      below = advanceOneSidedBetting(below, 1 - best, refutationBet)
    },
    current: () => ({ support: above.logWealth, refutation: below.logWealth }),
  }
}

function logRatio(options: {
  readonly successes: number
  readonly trials: number
  readonly of: number
  readonly against: number
}): number {
  const { successes, trials, of, against } = options
  return successes * Math.log(of / against) + (trials - successes) * Math.log((1 - of) / (1 - against))
}

function mixed(declared: number, spread: number): number {
  const first = Math.log(declaredWeight) + declared
  const second = Math.log(1 - declaredWeight) + spread
  const larger = Math.max(first, second)
  return larger + Math.log(Math.exp(first - larger) + Math.exp(second - larger))
}
