/** What it takes to show that a rate is below a threshold: fixed and anytime-valid plans, with judge and clusters. */
import {
  type CountOf,
  chanceOverUses,
  cleanTestsForPromise,
  cleanTrialsForPosterior,
  cleanTrialsNeeded,
  defaultRareRateMixture,
  fail,
  passProbability,
  predictNoEvent,
  rareEventPlan,
  rareRateTrials,
  rateForPromise,
  sensitivityBound,
} from '../../stats/index.ts'
import { type AllowedEvents, type PlansByAllowed, toleratedEvents, trueRatesOf } from './allowed-events.ts'

export interface RatePlanInput {
  /** The claim: the rate is below this. */
  readonly below: number
  /** One-sided. */
  readonly confidence: number
  /** Rates the team believes true; empty where none was declared. */
  readonly expected: readonly number[]
  /** Wanted probability of passing at the largest expected rate. */
  readonly passProbability: number
  /** Known events that the judge flagged; undefined where every event is taken to be seen. */
  readonly judge: CountOf | undefined
  /** 1 where trials are independent. */
  readonly designEffect: number
  /** Uses of a deployment, and the chance of any event that may be promised over them. */
  readonly uses: number
  readonly promise: number
}

export interface RatePlan extends PlansByAllowed<RatePlanRow> {
  readonly judge: JudgeShare | undefined
  readonly priors: readonly PriorRow[]
  readonly deployment: Deployment
  /** Clean clusters for the same claim per cluster, whatever happens inside one. */
  readonly cleanClusters: number
}

export interface JudgeShare extends CountOf {
  /** Lower confidence bound of the sensitivity, at half of the error rate. */
  readonly lowerBound: number
  /** Rate of flags to stay below. */
  readonly flagRate: number
}

export interface RatePlanRow extends AllowedEvents {
  readonly trials: number
  /** Trials after which the anytime-valid test succeeds with exactly `allowed` events; undefined for clustered trials. */
  readonly anytimeTrials: number | undefined
}

export interface PriorRow {
  readonly prior: string
  readonly a: number
  readonly b: number
  readonly cleanTrials: number
  /** Predicted chance of no event over the uses of the deployment, after so many clean trials. */
  readonly noEvent: number
}

export interface Deployment {
  readonly uses: number
  /** Chance of at least one event if the rate were just at the claim. */
  readonly chanceAtClaim: number
  readonly promise: number
  /** Clean trials that would allow the promise, judge and clusters included. */
  readonly cleanTrials: number
}

export function ratePlan(input: RatePlanInput): RatePlan {
  const target = targetOf(input)
  const { judge } = target
  const trueRates = trueRatesOf(input)
  const row = (allowed: number): RatePlanRow => planRow({ ...target, allowed, trueRates })
  const recommended = input.expected.length === 0 ? undefined : row(fewestAllowed(input, target))
  return {
    judge,
    rows: toleratedEvents.map(row),
    recommended,
    trueRates,
    priors: priorRows(input),
    deployment: deploymentOf(input, { ...target, seen: judge?.lowerBound ?? 1 }),
    cleanClusters: cleanTrialsNeeded({ rate: target.rate, level: target.level, allowed: 0 }),
  }
}

/** Rate of flags to stay below, at the confidence left for it. */
export function targetOf(input: RatePlanInput): Target & { readonly judge: JudgeShare | undefined } {
  const { below, confidence, designEffect } = input
  if (!(designEffect >= 1)) {
    fail('design-effect-out-of-range', { designEffect }, 'pass 1 for independent trials, or more for clusters')
  }
  const judge = input.judge === undefined ? undefined : judgeShare(input.judge, input)
  return {
    judge,
    rate: judge?.flagRate ?? below,
    level: judge === undefined ? confidence : (1 + confidence) / 2,
    designEffect,
  }
}

interface Target {
  /** Rate of flags to stay below. */
  readonly rate: number
  /** Confidence left for the rate of flags. */
  readonly level: number
  readonly designEffect: number
}

/** Half of the error rate goes to the judge's sensitivity, half to the rate of flags: a union bound, exact in both. */
function judgeShare(judge: CountOf, { below, confidence }: RatePlanInput): JudgeShare {
  const lowerBound = sensitivityBound({ successes: judge.count, trials: judge.of }, confidence)
  if (typeof lowerBound !== 'number') {
    return fail(
      'judge-sees-nothing',
      { flagged: judge.count, of: judge.of },
      'no claim can rest on this judge: use one that finds known events',
    )
  }
  return { ...judge, lowerBound, flagRate: below * lowerBound }
}

function planRow(options: Target & { readonly allowed: number; readonly trueRates: readonly number[] }): RatePlanRow {
  const { rate, level, designEffect, allowed, trueRates } = options
  const independent = cleanTrialsNeeded({ rate, level, allowed })
  return {
    allowed,
    trials: Math.ceil(designEffect * independent),
    passProbabilities: trueRates.map((trueRate) => passProbability({ trials: independent, allowed, trueRate })),
    anytimeTrials:
      designEffect > 1
        ? undefined
        : rareRateTrials({
            failures: allowed,
            rateBelow: rate,
            errorRate: 1 - level,
            mixture: defaultRareRateMixture(rate),
          }),
  }
}

/** At the largest of the expected rates: a plan that passes there passes at the smaller ones. */
function fewestAllowed({ expected, passProbability: power }: RatePlanInput, { rate, level }: Target): number {
  const expectedRate = Math.max(...expected)
  return rareEventPlan({ rate, level, expectedRate, power }).allowed
}

/** For a perfect judge and independent trials: what a prior would be worth, not a way to a cheaper claim. */
function priorRows({ below, confidence, uses }: RatePlanInput): readonly PriorRow[] {
  const priors = [
    { prior: 'uniform', a: 1, b: 1 },
    { prior: 'Jeffreys', a: 0.5, b: 0.5 },
    { prior: 'centred on the claim', a: 1, b: 1 / below },
  ]
  return priors.map(({ prior, a, b }) => {
    const cleanTrials = cleanTrialsForPosterior({ rateBelow: below, level: confidence, a, b })
    return { prior, a, b, cleanTrials, noEvent: predictNoEvent({ successes: 0, trials: cleanTrials, a, b, uses }) }
  })
}

/** The promise is a claim about a much smaller rate: the judge misses as many of its events, and clusters cost as much. */
function deploymentOf(
  { below, uses, promise }: RatePlanInput,
  { level, designEffect, seen }: Target & { readonly seen: number },
): Deployment {
  const independent =
    seen === 1
      ? cleanTestsForPromise({ chance: promise, uses, level })
      : cleanTrialsNeeded({ rate: seen * rateForPromise({ chance: promise, uses }), level, allowed: 0 })
  return {
    uses,
    chanceAtClaim: chanceOverUses({ rate: below, uses }),
    promise,
    cleanTrials: Math.ceil(designEffect * independent),
  }
}
