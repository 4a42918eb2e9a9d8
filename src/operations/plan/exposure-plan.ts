/** What it takes to show that events are rarer than so many per unit of exposure: turns, hours, tokens. */
import { fewestTolerated, poissonCdf, poissonRate } from '../../stats/index.ts'
import { type AllowedEvents, type PlansByAllowed, toleratedEvents, trueRatesOf } from './allowed-events.ts'
import { type JudgeShare, type RatePlanInput, targetOf } from './rate-plan.ts'

export interface ExposurePlan extends PlansByAllowed<ExposureRow> {
  readonly judge: JudgeShare | undefined
  readonly deployment: {
    readonly uses: number
    /** Chance of at least one event in so many units if the rate were just at the claim. */
    readonly chanceAtClaim: number
    readonly promise: number
    /** Exposure without an event that would allow the promise. */
    readonly cleanExposure: number
  }
}

export interface ExposureRow extends AllowedEvents {
  readonly exposure: number
}

export function exposurePlan(input: RatePlanInput): ExposurePlan {
  const { below, expected, passProbability: power, designEffect, uses, promise } = input
  const { judge, rate, level } = targetOf(input)
  const trueRates = trueRatesOf(input)
  const independent = (allowed: number): number => limit(allowed, level) / rate
  const passes = (allowed: number, trueRate: number): number =>
    poissonCdf({ k: allowed, mean: trueRate * independent(allowed) })
  const row = (allowed: number): ExposureRow => ({
    allowed,
    exposure: designEffect * independent(allowed),
    passProbabilities: trueRates.map((trueRate) => passes(allowed, trueRate)),
  })
  const fewestAllowed = (expectedRate: number): number =>
    fewestTolerated({ rate, expectedRate, power, passes: (allowed) => passes(allowed, expectedRate) })
  const seen = rate / below
  return {
    judge,
    rows: toleratedEvents.map(row),
    recommended: expected.length === 0 ? undefined : row(fewestAllowed(Math.max(...expected))),
    trueRates,
    deployment: {
      uses,
      chanceAtClaim: -Math.expm1(-below * uses),
      promise,
      cleanExposure: (designEffect * limit(0, level) * uses) / (seen * -Math.log1p(-promise)),
    },
  }
}

/** Expected events that so few seen ones exclude: Garwood's upper limit, χ²(level; 2x + 2)/2. */
function limit(events: number, level: number): number {
  const bound = poissonRate({ events, exposure: 1, level, side: 'upper' })
  if (bound.kind !== 'estimate') throw new Error('a count over an exposure of 1 always has a limit')
  return bound.interval.upper
}
