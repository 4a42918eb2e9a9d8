/** What it takes to show that events are rarer than so many per unit of exposure: turns, hours, tokens. */
import { fail, poissonCdf, poissonRate } from '../../stats/index.ts'
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

const mostAllowed = 10_000

export function exposurePlan(input: RatePlanInput): ExposurePlan {
  const { below, expected, passProbability, designEffect, uses, promise } = input
  const { judge, rate, level } = targetOf(input)
  const trueRates = trueRatesOf(input)
  const row = (allowed: number): ExposureRow => {
    const independent = limit(allowed, level) / rate
    return {
      allowed,
      exposure: designEffect * independent,
      passProbabilities: trueRates.map((trueRate) => poissonCdf({ k: allowed, mean: trueRate * independent })),
    }
  }
  const seen = rate / below
  return {
    judge,
    rows: toleratedEvents.map(row),
    recommended: expected.length === 0 ? undefined : fewestAllowed(row, { expected, rate, passProbability }),
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

function fewestAllowed(
  row: (allowed: number) => ExposureRow,
  {
    expected,
    rate,
    passProbability: power,
  }: Pick<RatePlanInput, 'expected' | 'passProbability'> & { readonly rate: number },
): ExposureRow {
  const expectedRate = Math.max(...expected)
  if (!(expectedRate < rate))
    fail(
      'expected-rate-not-below-claim',
      { expectedRate, rate },
      'a claim can only be shown if the true rate is below it',
    )
  const passes = (allowed: number): boolean => Math.min(...row(allowed).passProbabilities) >= power
  let high = 0
  while (!passes(high)) {
    if (high > mostAllowed)
      fail('rates-too-close', { expectedRate, rate }, 'claim a rate further from the expected one')
    high = Math.max(1, 2 * high)
  }
  let low = high <= 1 ? high - 1 : Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (passes(middle)) high = middle
    else low = middle
  }
  return row(high)
}
