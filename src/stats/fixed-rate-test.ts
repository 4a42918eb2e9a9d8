/** Size of the exact one-sample test of a rate with both errors fixed: what a sequential test is compared with. */
import { criticalCount } from './binomial-test.ts'
import { checkRate } from './check-inputs.ts'
import { binomialCdf } from './distributions/binomial.ts'
import { fail } from './fail.ts'

export interface FixedRateTest {
  /** Trials to run. */
  readonly trials: number
  /** Rejects "rate ≤ nullRate" at this many successes. */
  readonly critical: number
}

/**
 * Smallest n with a critical count c such that P(X ≥ c | nullRate) ≤ alpha and P(X < c | alternativeRate) ≤ beta.
 *
 * Exact binomial, so sizes jump: the smallest n that works is returned although a slightly larger one may fail. Refuses an
 * alternative that is not above the null; turn a claim "below" around first. Gives up past ten million trials.
 *
 * fixedRateTest({ nullRate: 0.7, alternativeRate: 0.8, alpha: 0.05, beta: 0.05 }) // => { trials: 204, critical: 154 }
 */
export function fixedRateTest(options: {
  readonly nullRate: number
  readonly alternativeRate: number
  readonly alpha: number
  readonly beta: number
}): FixedRateTest {
  const { nullRate, alternativeRate, alpha, beta } = options
  checkRate(nullRate)
  checkRate(alternativeRate)
  checkRate(alpha)
  checkRate(beta)
  if (alternativeRate <= nullRate) {
    fail('alternative-not-above-null', { nullRate, alternativeRate }, 'pass an alternative above the threshold')
  }
  // Sizes jump up and down by a few trials: the doubling finds one that works, the scan the smallest near it.
  let works = 1
  while (criticalWithPower({ ...options, trials: works }) === undefined) {
    works *= 2
    if (works > 10_000_000) fail('rates-too-close', { nullRate, alternativeRate }, 'pass rates further apart')
  }
  let low = Math.floor(works / 2)
  while (works - low > 64) {
    const middle = Math.floor((low + works) / 2)
    if (criticalWithPower({ ...options, trials: middle }) === undefined) low = middle
    else works = middle
  }
  for (let trials = Math.max(1, low - 64); ; trials++) {
    const critical = criticalWithPower({ ...options, trials })
    if (critical !== undefined) return { trials, critical }
  }
}

function criticalWithPower(options: {
  readonly trials: number
  readonly nullRate: number
  readonly alternativeRate: number
  readonly alpha: number
  readonly beta: number
}): number | undefined {
  const { trials: n, nullRate, alternativeRate, alpha, beta } = options
  const critical = criticalCount({ trials: n, nullRate, alpha })
  if (critical > n) return undefined
  return binomialCdf({ k: critical - 1, n, p: alternativeRate }) <= beta ? critical : undefined
}
