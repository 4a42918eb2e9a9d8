/** What the bound on a rare score, and what stated priors, say of smaller rates and of many uses. */
import {
  type BinomialCount,
  betaPosterior,
  betaQuantile,
  chanceOverUses,
  type Estimate,
  type Interval,
  type Outcome,
  posteriorBelow,
  predictNoEvent,
} from '../../../stats/index.ts'

export interface RareScore {
  /** Chance that no use shows it: at least this by the exact bound on its rate. */
  readonly noEvent: Outcome
  readonly beliefs: readonly Belief[]
}

export interface Belief {
  /** `uniform`, `Jeffreys`, or `centred on RATE`. */
  readonly prior: string
  readonly a: number
  readonly b: number
  /** The rate is believed to be at most this, with probability `level`. */
  readonly atMost: number
  /** Probability that the rate is below each threshold; parallel to `below`. */
  readonly belowThresholds: readonly number[]
  /** Predictive chance that no use shows it, with the values that the belief gives it. */
  readonly noEvent: Estimate
}

export interface RareScoreOptions {
  /** How often the rare score was seen, among independent responses. */
  readonly counts: BinomialCount
  /** Its exact upper bound, one-sided. */
  readonly bound: Outcome
  readonly below: readonly number[]
  readonly uses: number
  readonly level: number
}

/** The smallest threshold is also the mean of a prior, so that a reader sees what believing the claim beforehand is worth. */
export function rareScore({ counts, bound, below, uses, level }: RareScoreOptions): RareScore {
  const smallest = Math.min(...below)
  const priors = [
    { prior: 'uniform', a: 1, b: 1 },
    { prior: 'Jeffreys', a: 0.5, b: 0.5 },
    ...(below.length === 0 ? [] : [{ prior: `centred on ${smallest}`, a: 1, b: 1 / smallest }]),
  ]
  return {
    noEvent: noEventAtLeast(bound, uses),
    beliefs: priors.map(({ prior, a, b }) => {
      const shaped = { ...counts, a, b }
      const rate = betaPosterior({ ...shaped, level })
      return {
        prior,
        a,
        b,
        atMost: betaQuantile({ p: level, a: a + counts.successes, b: b + counts.trials - counts.successes }),
        belowThresholds: below.map((rateBelow) => posteriorBelow({ ...shaped, rateBelow })),
        noEvent: predicted(rate, { value: predictNoEvent({ ...shaped, uses }), uses }),
      }
    }),
  }
}

function noEventAtLeast(bound: Outcome, uses: number): Outcome {
  if (bound.kind === 'not-estimable') return bound
  return {
    ...bound,
    value: cleanChance(bound.value, uses),
    interval: { ...bound.interval, lower: cleanChance(bound.interval.upper, uses), upper: 1, side: 'lower' },
    method: `${bound.method}-over-uses`,
    assumptions: [...bound.assumptions, 'uses-like-these-items'],
  }
}

/** The mean over a skewed belief can lie outside its central interval, which is then widened to hold it. */
function predicted(rate: Estimate, { value, uses }: { readonly value: number; readonly uses: number }): Estimate {
  const interval: Interval = {
    ...rate.interval,
    lower: Math.min(value, cleanChance(rate.interval.upper, uses)),
    upper: Math.max(value, cleanChance(rate.interval.lower, uses)),
  }
  return {
    ...rate,
    value,
    interval,
    method: `${rate.method}-over-uses`,
    assumptions: [...rate.assumptions, 'uses-like-these-items'],
  }
}

function cleanChance(rate: number, uses: number): number {
  return 1 - chanceOverUses({ rate, uses })
}
