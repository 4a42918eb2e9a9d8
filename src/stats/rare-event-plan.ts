/** Plans for claims of the form "rarer than": how many trials, and how likely the plan is to succeed. */
import { checkLevel } from './check-inputs.ts'
import { cleanTrialsNeeded } from './clean-trials-needed.ts'
import { binomialCdf } from './distributions/binomial.ts'
import { fail } from './fail.ts'
import { doubledCount } from './special/first-count.ts'

export interface RareEventPlan {
  /** Trials to run. */
  readonly trials: number
  /** Events the plan tolerates. */
  readonly allowed: number
  /** Probability that at most `allowed` events occur when the true rate is the expected one. */
  readonly passProbability: number
}

/**
 * Probability that a plan of `trials` trials sees at most `allowed` events when the true rate is `trueRate`.
 *
 * passProbability({ trials: 29_956, allowed: 0, trueRate: 1e-5 }) // => 0.741…
 */
export function passProbability({
  trials,
  allowed,
  trueRate,
}: {
  readonly trials: number
  readonly allowed: number
  readonly trueRate: number
}): number {
  return binomialCdf({ k: allowed, n: trials, p: trueRate })
}

/**
 * The plan with the fewest tolerated events that excludes a rate of `rate` and passes with at least the wanted power.
 *
 * A plan that tolerates no event is the shortest, and fails often if the true rate is anywhere near the claimed one: at
 * 1e-4 claimed and 5e-5 true it passes with probability 0.22. Refuses an expected rate that is not below the claimed one,
 * and gives up past 16,384 tolerated events, where the two are too close to separate.
 *
 * rareEventPlan({ rate: 1e-4, level: 0.95, expectedRate: 1e-5, power: 0.8 }) // => { trials: 47_437, allowed: 1, passProbability: 0.917… }
 */
export function rareEventPlan({
  rate,
  level,
  expectedRate,
  power,
}: {
  /** Rate to stay below. */
  readonly rate: number
  /** One-sided confidence. */
  readonly level: number
  /** Rate that is believed true. */
  readonly expectedRate: number
  /** Wanted probability of passing at the expected rate. */
  readonly power: number
}): RareEventPlan {
  checkLevel(level)
  const plan = (allowed: number): RareEventPlan => {
    const trials = cleanTrialsNeeded({ rate, level, allowed })
    return { trials, allowed, passProbability: passProbability({ trials, allowed, trueRate: expectedRate }) }
  }
  return plan(fewestTolerated({ rate, expectedRate, power, passes: (allowed) => plan(allowed).passProbability }))
}

/** Rates that need more tolerated events than this to be told apart are too close to separate. */
const mostTolerated = 2 ** 14

/**
 * The fewest tolerated events with which a plan passes with at least the wanted power at the expected rate, `passes` of them.
 *
 * fewestTolerated({ rate: 1e-4, expectedRate: 1e-5, power: 0.8, passes: (allowed) => 1 - 0.3 ** (allowed + 1) }) // => 1
 */
export function fewestTolerated({
  rate,
  expectedRate,
  power,
  passes,
}: {
  readonly rate: number
  readonly expectedRate: number
  readonly power: number
  readonly passes: (allowed: number) => number
}): number {
  if (!(power > 0 && power < 1)) fail('power-out-of-range', { power }, 'pass a number between 0 and 1, such as 0.8')
  if (!(expectedRate >= 0 && expectedRate < rate)) {
    fail(
      'expected-rate-not-below-claim',
      { expectedRate, rate },
      'a claim can only be shown if the true rate is below it',
    )
  }
  return doubledCount({
    from: 0,
    most: mostTolerated,
    condition: (allowed) => passes(allowed) >= power,
    beyond: () => fail('rates-too-close', { expectedRate, rate }, 'claim a rate further from the expected one'),
  })
}
