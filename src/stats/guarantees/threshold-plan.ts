/** What a one-sided threshold test can reach before any trial is made: critical counts, attainable p, power. */
import { binomialTest, criticalCount, sigmaEquivalent } from '../binomial-test.ts'
import { checkAlpha, checkCountable, checkCounts, checkPower, checkRate } from '../check-inputs.ts'
import { binomialUpperTail } from '../distributions/binomial.ts'
import { fail } from '../fail.ts'
import { type NotEstimable, notEstimable } from '../result.ts'

export interface ThresholdPlan {
  readonly kind: 'threshold-plan'
  readonly trials: number
  /** Fewest successes that reject "the rate is at most `nullRate`" at `alpha`. */
  readonly criticalCount: number
  /** Exact p at the critical count: the error rate really spent, at most `alpha`. */
  readonly attainedAlpha: number
  /** The same in one-sided sigma. */
  readonly sigma: number
  /** Natural logarithm of the smallest p that any outcome could give, that of all successes: it may be too small to write. */
  readonly smallestLogP: number
  /** Critical count over trials minus the null rate: what must be seen. */
  readonly certifiableEffect: number
  /** P(at least the critical count) at `trueRate`. */
  readonly power: number
}

export interface ThresholdOptions {
  readonly nullRate: number
  readonly trueRate: number
  /** 1e-5, 2.8665e-7 (five sigma): exact whatever its size. */
  readonly alpha: number
}

/**
 * Exact plan of a binomial test of `rate ≤ nullRate`. Not estimable where even all successes would not reach `alpha`.
 *
 * Assumes independent trials. At such levels judge, model and frame errors dominate: the statistical p does not hold them.
 *
 * thresholdPlan({ trials: 1000, nullRate: 0.5, trueRate: 0.58, alpha: 1e-5 }) // => { criticalCount: 568, power: 0.7886…, … }
 */
export function thresholdPlan({
  trials,
  nullRate,
  trueRate,
  alpha,
}: ThresholdOptions & { readonly trials: number }): ThresholdPlan | NotEstimable {
  checkCounts({ successes: 0, trials })
  checkRate(nullRate)
  checkRate(trueRate)
  checkAlpha(alpha)
  const critical = criticalCount({ trials, nullRate, alpha })
  const smallestLogP = trials * Math.log(nullRate)
  if (critical > trials)
    return notEstimable('significance-unreachable', { units: trials, smallest: Math.exp(smallestLogP) })
  const test = binomialTest({ successes: critical, trials, nullRate, alternative: 'greater' })
  const attainedAlpha = test.kind === 'test' ? test.pValue : Number.NaN
  return {
    kind: 'threshold-plan',
    trials,
    criticalCount: critical,
    attainedAlpha,
    sigma: sigmaEquivalent(attainedAlpha),
    smallestLogP,
    certifiableEffect: critical / trials - nullRate,
    power: binomialUpperTail({ k: critical, n: trials, p: trueRate }),
  }
}

/** Ten teeth of the saw, of 1/rate sizes each, are tried one by one. */
const rarestNull = 1e-4

/**
 * A number of trials from which the exact power stays at the wanted level: power is a saw-tooth in the number of trials;
 * this is the smallest that reaches it together with the next 10 critical counts' worth of sizes.
 *
 * thresholdTrials({ nullRate: 0.5, trueRate: 0.58, alpha: 1e-5, power: 0.8 }) // => 1028
 */
export function thresholdTrials(options: ThresholdOptions & { readonly power: number }): number {
  const { nullRate, trueRate, alpha, power } = options
  checkPower(power, alpha)
  if (!(trueRate > nullRate)) {
    fail('effect-out-of-range', { trueRate, nullRate }, 'pass a true rate above the one to exclude')
  }
  if (Math.min(nullRate, 1 - nullRate) < rarestNull) {
    fail('null-rate-too-rare', { nullRate, least: rarestNull }, 'plan rarer events with rareEventPlan')
  }
  const reaches = (trials: number): boolean => {
    const plan = thresholdPlan({ ...options, trials })
    return plan.kind === 'threshold-plan' && plan.power >= power
  }
  let high = 1
  while (!reaches(high)) {
    high *= 2
    checkCountable({ trials: high })
  }
  // Between two critical counts there are 1/nullRate sizes or fewer; ten teeth of the saw are passed before it is believed.
  const stretch = Math.ceil(10 / Math.min(nullRate, 1 - nullRate))
  let last = Math.floor(high / 2)
  for (let trials = last + 1; trials <= last + stretch; trials++) if (!reaches(trials)) last = trials
  return last + 1
}

/**
 * Draws a Monte-Carlo test needs before a p of `alpha` is possible at all: (1 + 0)/(1 + B) ≤ α.
 *
 * drawsForAlpha(1e-5) // => 99999
 */
export function drawsForAlpha(alpha: number): number {
  checkAlpha(alpha)
  return Math.max(1, Math.ceil((1 / alpha) * (1 - 1e-12)) - 1)
}

/**
 * Clusters an exact sign-flip test needs before a p of `alpha` is possible: 2^−G one-sided, 2^(1−G) two-sided.
 *
 * signFlipClusters({ alpha: 1e-5, alternative: 'one-sided' }) // => 17
 */
export function signFlipClusters({
  alpha,
  alternative,
}: {
  readonly alpha: number
  readonly alternative: 'one-sided' | 'two-sided'
}): number {
  checkAlpha(alpha)
  const smallest = (clusters: number): number => 2 ** ((alternative === 'two-sided' ? 1 : 0) - clusters)
  let clusters = 1
  while (smallest(clusters) > alpha) clusters++
  return clusters
}
