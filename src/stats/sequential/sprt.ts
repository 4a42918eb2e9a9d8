/**
 * Wald's sequential probability ratio test between two rates.
 *
 * Stops for H1 when the log likelihood ratio reaches ln((1−β)/α), for H0 when it falls to ln(β/(1−α)). Both errors are
 * then at most α/(1−β) and β/(1−α), in practice below α and β because the last step overshoots (Wald 1945).
 */

import { type BinomialCount, checkCounts, checkRate } from '../check-inputs.ts'
import { fail } from '../fail.ts'

export interface SprtPlan {
  readonly nullRate: number
  readonly alternativeRate: number
  /** P(accept H1 | H0). */
  readonly falsePositiveRate: number
  /** P(accept H0 | H1). */
  readonly falseNegativeRate: number
}

export interface SprtState {
  readonly decision: 'alternative' | 'null' | 'continue'
  readonly logLikelihoodRatio: number
  readonly upperBound: number
  readonly lowerBound: number
}

export function sprt(options: SprtPlan & BinomialCount): SprtState {
  checkCounts(options)
  const { perSuccess, perFailure, upperBound, lowerBound } = sprtSteps(options)
  const logLikelihoodRatio = options.successes * perSuccess + (options.trials - options.successes) * perFailure
  return {
    decision: logLikelihoodRatio >= upperBound ? 'alternative' : logLikelihoodRatio <= lowerBound ? 'null' : 'continue',
    logLikelihoodRatio,
    upperBound,
    lowerBound,
  }
}

/**
 * Wald's approximation of the expected number of trials at each of the two rates; it ignores the overshoot, so the
 * true average is a little larger.
 */
export function sprtExpectedTrials(plan: SprtPlan): { readonly underNull: number; readonly underAlternative: number } {
  const { perSuccess, perFailure, upperBound, lowerBound } = sprtSteps(plan)
  const drift = (rate: number): number => rate * perSuccess + (1 - rate) * perFailure
  const alpha = plan.falsePositiveRate
  const beta = plan.falseNegativeRate
  return {
    underNull: (alpha * upperBound + (1 - alpha) * lowerBound) / drift(plan.nullRate),
    underAlternative: ((1 - beta) * upperBound + beta * lowerBound) / drift(plan.alternativeRate),
  }
}

interface SprtSteps {
  readonly perSuccess: number
  readonly perFailure: number
  readonly upperBound: number
  readonly lowerBound: number
}

/** Steps of the log likelihood ratio and the two bounds at which the test stops. */
export function sprtSteps(plan: SprtPlan): SprtSteps {
  const { nullRate, alternativeRate, falsePositiveRate, falseNegativeRate } = plan
  checkRate(nullRate)
  checkRate(alternativeRate)
  if (nullRate === alternativeRate) {
    fail('rates-equal', { nullRate, alternativeRate }, 'pass two different rates: the test tells them apart')
  }
  if (!(falsePositiveRate > 0 && falseNegativeRate > 0 && falsePositiveRate + falseNegativeRate < 1)) {
    fail(
      'error-rates-out-of-range',
      { falsePositiveRate, falseNegativeRate },
      'pass two positive rates with a sum below 1',
    )
  }
  return {
    perSuccess: Math.log(alternativeRate / nullRate),
    perFailure: Math.log1p(-alternativeRate) - Math.log1p(-nullRate),
    upperBound: Math.log((1 - falseNegativeRate) / falsePositiveRate),
    lowerBound: Math.log(falseNegativeRate / (1 - falsePositiveRate)),
  }
}
