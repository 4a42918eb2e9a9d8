/**
 * A rate seen through a stated Beta prior.
 *
 * After x events in n independent trials, Beta(a, b) becomes Beta(a + x, b + n − x). The prior is part of the result:
 * for rare events it can be worth a third of the sample, so it is never defaulted and always printed.
 */

import { type BinomialCount, checkCounts, checkLevel, checkRate } from '../check-inputs.ts'
import { betaCdf, betaQuantile } from '../distributions/beta.ts'
import { fail } from '../fail.ts'
import type { Estimate } from '../result.ts'
import type { BetaPrior } from '../sequential/beta-mixture.ts'
import { logBeta } from '../sequential/log-beta.ts'
import { neededCount } from '../special/first-count.ts'

/** Posterior mean with an equal-tailed credible interval. With no trials it is the prior itself, and says so. */
export function betaPosterior(options: BinomialCount & BetaPrior & { readonly level: number }): Estimate {
  const { successes, trials, a, b, level } = checked(options)
  checkLevel(options.level)
  const shapes = { a: a + successes, b: b + trials - successes }
  return {
    kind: 'estimate',
    value: shapes.a / (shapes.a + shapes.b),
    interval: {
      lower: betaQuantile({ p: (1 - level) / 2, ...shapes }),
      upper: betaQuantile({ p: (1 + level) / 2, ...shapes }),
      level,
      kind: 'credible',
      side: 'two-sided',
    },
    n: trials,
    method: `beta-posterior-prior-${a}-${b}`,
    assumptions: ['independent-trials', 'constant-rate', 'prior-as-stated'],
    caveats: trials === 0 ? [{ code: 'prior-only', severity: 'caution', values: { a, b } }] : [],
  }
}

/** Posterior probability that the rate is below a threshold. */
export function posteriorBelow(options: BinomialCount & BetaPrior & { readonly rateBelow: number }): number {
  const { successes, trials, a, b } = checked(options)
  checkRate(options.rateBelow)
  return betaCdf({ x: options.rateBelow, a: a + successes, b: b + trials - successes })
}

/**
 * Clean trials after which P(rate < rateBelow) reaches `level`.
 *
 * cleanTrialsForPosterior({ rateBelow: 1e-4, level: 0.95, a: 0.5, b: 0.5 }) // => 19207
 */
export function cleanTrialsForPosterior(
  options: BetaPrior & { readonly rateBelow: number; readonly level: number },
): number {
  const { rateBelow, level, a, b } = options
  checkRate(rateBelow)
  checkLevel(level)
  const enough = (trials: number): boolean => posteriorBelow({ successes: 0, trials, a, b, rateBelow }) >= level
  return neededCount({ named: 'trials', from: 0, condition: enough })
}

/** Predictive probability of no event in the next `uses` uses: B(a + x, b + n − x + D) / B(a + x, b + n − x). */
export function predictNoEvent(options: BinomialCount & BetaPrior & { readonly uses: number }): number {
  const { successes, trials, a, b } = checked(options)
  const { uses } = options
  if (!(uses >= 0 && Number.isFinite(uses))) fail('uses-out-of-range', { uses }, 'pass a number of uses, 0 or more')
  const failuresShape = b + trials - successes
  return Math.exp(logBeta(a + successes, failuresShape + uses) - logBeta(a + successes, failuresShape))
}

function checked<Options extends BinomialCount & BetaPrior>(options: Options): Options {
  checkCounts(options)
  const { a, b } = options
  if (!(a > 0 && b > 0 && Number.isFinite(a) && Number.isFinite(b))) {
    fail('prior-out-of-range', { a, b }, 'pass two positive numbers, such as 1 and 1')
  }
  return options
}
