/**
 * Forecast of the worst query at deployment scale from the tail of a test set. Class: forecast, never a guarantee.
 *
 * With p_i the probability that query i elicits the behaviour and ψ_i = −ln(−ln p_i), the tail of ψ is taken as
 * exponential. Two readings of the k largest: ordinary least squares of ln(plotting position) on ψ (Jones et al. 2025,
 * "Forecasting rare language model behaviors"), which over-predicts on average, and the maximum likelihood fit of the
 * excesses. The interval of the second holds the quantile that one query in n exceeds in 93 to 95 % of samples under its
 * model (it is exact for the slope and takes the threshold as known), the worst query itself in 80 to 94 %. The plotting
 * position alone moves the first by tens of per cent, so both are returned and neither hides the other.
 */

import { checkLevel } from '../check-inputs.ts'
import { chiSquaredQuantile, chiSquaredUpperQuantile } from '../distributions/chi-squared.ts'
import { fail } from '../fail.ts'
import { type Caveat, type NotEstimable, notEstimable, type Outcome } from '../result.ts'

export interface TailForecastOptions {
  /** Elicitation probability of each test query, 0 … 1. Zeros count as queries but never enter the tail. */
  readonly probabilities: ArrayLike<number>
  /** How many of the largest the tail is fitted to; 10 is usual. */
  readonly tailSize: number
  /** Number of queries at deployment. */
  readonly queries: number
  readonly level: number
  /** Plotting position of the i-th largest of m: `i/m`, as public re-implementations use, or `(i−½)/m`. */
  readonly plottingPosition: 'i/m' | '(i-1/2)/m'
}

export interface TailForecast {
  readonly kind: 'tail-forecast'
  /** ln S(ψ) = slope · ψ + intercept, by least squares. */
  readonly leastSquares: { readonly slope: number; readonly intercept: number; readonly worstQuery: number }
  /** Worst-query probability by maximum likelihood of the excesses, with its interval. */
  readonly likelihood: Outcome
  /** Expected share of queries with probability above a threshold, by the least-squares fit. */
  shareAbove(threshold: number): number
  readonly caveats: readonly Caveat[]
}

/**
 * Forecasts the largest elicitation probability among `queries` deployment queries.
 *
 * Not estimable with fewer than tailSize + 1 queries of positive probability, when the tail is flat, or when the
 * forecast reaches more than three orders of magnitude beyond the test set.
 */
export function tailForecast(options: TailForecastOptions): TailForecast | NotEstimable {
  const { probabilities, tailSize, queries, level, plottingPosition } = options
  checkLevel(level)
  const m = probabilities.length
  if (!Number.isInteger(tailSize) || tailSize < 2)
    fail('tail-size-not-valid', { tailSize }, 'pass a whole number of at least 2')
  if (!(queries >= 1 && Number.isFinite(queries)))
    fail('queries-out-of-range', { queries }, 'pass a number of queries of at least 1')
  const positive = positiveScores(probabilities)
  if (positive.length <= tailSize)
    return notEstimable('tail-too-small', { needed: tailSize + 1, given: positive.length })
  if (queries > 1000 * m) return notEstimable('forecast-too-far', { queries, tested: m, limit: 1000 * m })
  const top = positive.slice(0, tailSize)
  if (top[0] === positive[tailSize]) return notEstimable('tail-flat', { tailSize })
  const shift = plottingPosition === 'i/m' ? 0 : 0.5
  const fit = leastSquares(
    top,
    top.map((_, index) => Math.log((index + 1 - shift) / m)),
  )
  if (fit === undefined) return notEstimable('tail-flat', { tailSize })
  const { slope, intercept } = fit
  return {
    kind: 'tail-forecast',
    leastSquares: { slope, intercept, worstQuery: probabilityOf(-(Math.log(queries) + intercept) / slope) },
    likelihood: excessForecast({ top, threshold: positive[tailSize] ?? Number.NaN, m, queries, level }),
    shareAbove: (threshold) => Math.min(1, Math.exp(slope * scoreOf(threshold) + intercept)),
    caveats: m < 300 ? [{ code: 'tail-sample-small', severity: 'caution', values: { queries: m } }] : [],
  }
}

/** ψ = −ln(−ln p). */
function scoreOf(probability: number): number {
  return -Math.log(-Math.log(probability))
}

function probabilityOf(score: number): number {
  return Math.exp(-Math.exp(-score))
}

/** ψ of the positive probabilities, largest first. */
function positiveScores(probabilities: ArrayLike<number>): number[] {
  const scores: number[] = []
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i] ?? Number.NaN
    if (!(probability >= 0 && probability < 1)) {
      fail(
        'probability-out-of-range',
        { probability, position: i + 1 },
        'pass probabilities from 0 up to, but not including, 1',
      )
    }
    if (probability > 0) scores.push(scoreOf(probability))
  }
  return scores.sort((a, b) => b - a)
}

function leastSquares(x: readonly number[], y: readonly number[]): { slope: number; intercept: number } | undefined {
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length
  let sxx = 0
  let sxy = 0
  for (const [index, value] of x.entries()) {
    sxx += (value - meanX) ** 2
    sxy += (value - meanX) * ((y[index] ?? 0) - meanY)
  }
  if (sxx === 0 || sxy >= 0) return undefined
  return { slope: sxy / sxx, intercept: meanY - (sxy / sxx) * meanX }
}

interface Excess {
  readonly top: readonly number[]
  readonly threshold: number
  readonly m: number
  readonly queries: number
  readonly level: number
}

/** Q = u + β̂ ln(kn/m); 2kβ̂/β ~ χ²(2k) gives the interval of β exactly under an exponential tail, and that of Q where u is known. */
function excessForecast({ top, threshold, m, queries, level }: Excess): Outcome {
  const k = top.length
  const scale = top.reduce((sum, score) => sum + (score - threshold), 0) / k
  if (scale === 0) return notEstimable('tail-flat', { tailSize: k })
  const reach = Math.log((k * queries) / m)
  const tail = (1 - level) / 2
  const low = (scale * 2 * k) / chiSquaredUpperQuantile(tail, 2 * k)
  const high = (scale * 2 * k) / chiSquaredQuantile(tail, 2 * k)
  const ends = [probabilityOf(threshold + low * reach), probabilityOf(threshold + high * reach)]
  return {
    kind: 'estimate',
    value: probabilityOf(threshold + scale * reach),
    interval: { lower: Math.min(...ends), upper: Math.max(...ends), level, kind: 'prediction', side: 'two-sided' },
    n: k,
    method: 'exponential-tail-likelihood',
    assumptions: ['exponential-tail', 'independent-draws', 'same-population-at-deployment'],
    caveats: [],
  }
}
