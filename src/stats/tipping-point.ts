/** How many missing scores it would take to turn a conclusion. */
import { checkWhole } from './check-inputs.ts'
import { fail } from './fail.ts'
import { checkMissingCounts, type MissingCounts } from './missing-bounds.ts'
import { type NotEstimable, notEstimable } from './result.ts'
import { firstCount } from './special/first-count.ts'

export type TippingPoint =
  /** Not even all of the missing, at their worst, turn it. */
  | { readonly kind: 'robust'; readonly missing: number }
  | {
      readonly kind: 'tips'
      /** Smallest number of missing scores that turn the conclusion, all going against it. */
      readonly count: number
      readonly missing: number
      /** count / missing. */
      readonly share: number
    }

/**
 * Smallest number of missing scores, going against a conclusion, that turns it.
 *
 * `holds(against)` says whether the conclusion drawn from the scored ones still stands when that many of the missing go
 * against it; it must be true at 0, and once false stay false. Found by bisection, so a costly conclusion — an interval, a
 * test — is drawn few times. (Tipping-point analysis: Yan, Lee and Li 2009, "Missing data handling methods in medical
 * device clinical trials".)
 *
 * tippingPoint({ missing: 10, holds: (against) => against < 4 }) // => { kind: 'tips', count: 4, missing: 10, share: 0.4 }
 */
export function tippingPoint({
  missing,
  holds,
}: {
  readonly missing: number
  readonly holds: (against: number) => boolean
}): TippingPoint {
  checkWhole({ missing }, { least: 0 })
  if (!holds(0)) fail('conclusion-does-not-hold', { missing }, 'pass the conclusion that the scored responses support')
  if (missing === 0 || holds(missing)) return { kind: 'robust', missing }
  const count = firstCount({ fails: 0, holds: missing, condition: (against) => !holds(against) })
  return { kind: 'tips', count, missing, share: count / missing }
}

/**
 * Tipping point of "the rate is at least (or below) `threshold`", whichever the scored responses say.
 *
 * The missing that do not go against the conclusion are taken to behave like the scored: with j against it the rate is
 * (k + (m − j) k/(N − m) [+ j]) / N, which runs from the complete-case rate to the all-worst (or all-best) bound. Refuses a
 * sample without scores.
 *
 * thresholdTippingPoint({ successes: 80, failures: 10, missing: 10, threshold: 0.85 }) // => { kind: 'tips', count: 5, … }
 */
export function thresholdTippingPoint(
  options: MissingCounts & { readonly threshold: number },
): TippingPoint | NotEstimable {
  const { successes, missing, threshold } = options
  const n = checkMissingCounts(options)
  if (!(threshold >= 0 && threshold <= 1)) {
    fail('threshold-out-of-range', { threshold }, 'pass a rate from 0 to 1')
  }
  const scored = n - missing
  if (scored === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  // Times scored and n, so that a rate exactly at the threshold is not turned by rounding.
  const margin = (against: number, gained: number): number =>
    successes * scored + (missing - against) * successes + gained * scored - threshold * n * scored
  const above = margin(0, 0) >= 0
  return tippingPoint({ missing, holds: (j) => (above ? margin(j, 0) >= 0 : margin(j, j) < 0) })
}

/**
 * Tipping point of "A has the higher rate than B" (or the reverse), whichever the scored responses say.
 *
 * Missing scores of the leader fail and those of the other succeed, those with the larger effect on the difference first;
 * the rest behave like the scored of their system. The conclusion is turned when the leader no longer leads. Refuses a
 * tie and a system without scores.
 *
 * comparisonTippingPoint({ a: { successes: 60, failures: 30, missing: 10 }, b: { successes: 55, failures: 45, missing: 0 } })
 * // => { kind: 'robust', missing: 10 }: at worst A has 60 of 100
 */
export function comparisonTippingPoint({
  a,
  b,
}: {
  readonly a: MissingCounts
  readonly b: MissingCounts
}): TippingPoint | NotEstimable {
  const systems = [rateOf(a), rateOf(b)] as const
  if (systems[0].scored === 0 || systems[1].scored === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  if (systems[0].rate === systems[1].rate) return notEstimable('rates-equal', { rate: systems[0].rate })
  const [leader, other] = systems[0].rate > systems[1].rate ? systems : [systems[1], systems[0]]
  const missing = a.missing + b.missing
  const perLeader = leader.rate / leader.n
  const perOther = (1 - other.rate) / other.n
  const holds = (against: number): boolean => {
    const fromLeader = perLeader >= perOther ? Math.min(against, leader.missing) : Math.max(0, against - other.missing)
    const lost = fromLeader * perLeader + (against - fromLeader) * perOther
    // A difference of a rounding error is a tie, and a tie is no lead.
    return leader.rate - other.rate - lost > 1e-12
  }
  return tippingPoint({ missing, holds })
}

function rateOf(counts: MissingCounts) {
  const n = checkMissingCounts(counts)
  const scored = n - counts.missing
  return { n, scored, missing: counts.missing, rate: scored === 0 ? Number.NaN : counts.successes / scored }
}
