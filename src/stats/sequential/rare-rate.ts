/**
 * Certifying that a rate is below a small threshold while looking at every trial.
 *
 * Against H0: rate ≥ p₀ each alternative q < p₀ gives the e-process E(q) = (q/p₀)^S ((1−q)/(1−p₀))^(n−S), and so does
 * any fixed mixture of them. All weight on q = 0 costs nothing over the fixed-n rule while no failure occurs, and is
 * ruined by the first; the default spreads the weight over 0 and p₀/4: 11 % more clean trials, but it survives failures.
 */

import { checkCounts, checkRate } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { neededCount } from '../special/first-count.ts'

export interface WeightedRate {
  readonly rate: number
  readonly weight: number
}

export interface RareRateCounts {
  readonly failures: number
  readonly trials: number
  /** Threshold p₀: the claim is "rate < rateBelow". */
  readonly rateBelow: number
  /** Alternatives with weights that sum to 1. */
  readonly mixture: readonly WeightedRate[]
}

/** ½ on "never", ½ on a quarter of the threshold. */
export function defaultRareRateMixture(rateBelow: number): readonly WeightedRate[] {
  checkRate(rateBelow)
  return [
    { rate: 0, weight: 0.5 },
    { rate: rateBelow / 4, weight: 0.5 },
  ]
}

/** ln of the e-value against "rate ≥ rateBelow". Reaching ln(1/α) at any time supports the claim at error rate α. */
export function rareRateLogEvidence({ failures, trials, rateBelow, mixture }: RareRateCounts): number {
  checkCounts({ successes: failures, trials })
  checkRate(rateBelow)
  checkMixture(mixture, rateBelow)
  const terms = mixture.map(
    ({ rate, weight }) =>
      Math.log(weight) +
      (failures === 0 ? 0 : failures * Math.log(rate / rateBelow)) +
      (trials - failures) * (Math.log1p(-rate) - Math.log1p(-rateBelow)),
  )
  const largest = Math.max(...terms)
  if (largest === Number.NEGATIVE_INFINITY) return largest
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0))
}

/**
 * Trials after which the claim is supported if exactly `failures` of them failed, at one-sided error rate `errorRate`.
 *
 * Refuses a mixture that a failure ruins for good (all weight on rate 0) once there is one.
 *
 * rareRateTrials({ failures: 0, rateBelow: 1e-4, errorRate: 0.05, mixture: defaultRareRateMixture(1e-4) }) // => 33274
 */
export function rareRateTrials({
  failures,
  rateBelow,
  errorRate,
  mixture,
}: Omit<RareRateCounts, 'trials'> & { readonly errorRate: number }): number {
  checkRate(errorRate)
  if (failures > 0 && mixture.every(({ rate }) => rate === 0)) {
    fail(
      'mixture-ruined-by-failure',
      { failures },
      'give some weight to a rate above 0, such as a quarter of the threshold',
    )
  }
  const enough = (trials: number): boolean =>
    rareRateLogEvidence({ failures, trials, rateBelow, mixture }) >= -Math.log(errorRate)
  return neededCount({ named: 'trials', from: Math.max(1, failures), condition: enough })
}

function checkMixture(mixture: readonly WeightedRate[], rateBelow: number): void {
  let total = 0
  for (const { rate, weight } of mixture) {
    if (!(rate >= 0 && rate < rateBelow && weight > 0)) {
      fail(
        'mixture-not-valid',
        { rate, weight, rateBelow },
        'pass rates from 0 up to the threshold with positive weights',
      )
    }
    total += weight
  }
  if (Math.abs(total - 1) > 1e-9) fail('mixture-weights', { total }, 'pass weights that sum to 1')
}
