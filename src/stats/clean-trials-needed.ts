/** How many trials a claim "rarer than this" takes. */
import { checkLevel } from './check-inputs.ts'
import { binomialCdf } from './distributions/binomial.ts'
import { fail } from './fail.ts'
import { neededCount } from './special/first-count.ts'

export interface CleanTrialsOptions {
  /** Rate to stay below, strictly between 0 and 1. */
  readonly rate: number
  /** One-sided confidence. */
  readonly level: number
  /** Events that the plan tolerates; 0 for a clean sample. Fixed before looking. */
  readonly allowed: number
}

/**
 * Smallest n such that at most `allowed` events in n independent trials exclude a rate of `rate` or more.
 *
 * Smallest n with P(Binomial(n, rate) ≤ allowed) ≤ 1 − level: the one-sided Clopper–Pearson bound is then at most `rate`
 * (for 0 events n = ⌈ln(1 − level)/ln(1 − rate)⌉, Hanley and Lippman-Hand 1983). Trials must be independent: repeats of one
 * item are not. The plan says nothing about its own chance of success; that is P(≤ allowed) at the true rate.
 *
 * cleanTrialsNeeded({ rate: 1e-4, level: 0.95, allowed: 0 }) // => 29956
 */
export function cleanTrialsNeeded({ rate, level, allowed }: CleanTrialsOptions): number {
  checkLevel(level)
  if (!(rate > 0 && rate < 1)) fail('rate-out-of-range', { rate }, 'pass a rate between 0 and 1, such as 1e-4')
  if (!Number.isSafeInteger(allowed) || allowed < 0) fail('not-a-count', { allowed }, 'pass a whole number of events')
  const excludes = (n: number): boolean =>
    allowed === 0 ? n * Math.log1p(-rate) <= Math.log1p(-level) : binomialCdf({ k: allowed, n, p: rate }) <= 1 - level
  return neededCount({ named: 'trials', from: allowed + 1, condition: excludes })
}
