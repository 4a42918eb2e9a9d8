/** Backtest of the tail forecast: random splits of the test set, a small part forecasting the worst of the rest. */

import type { Random } from '../../random/index.ts'
import { checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { leastSquaresTail, type TailForecastOptions } from './tail-forecast.ts'

export interface TailBacktest {
  readonly kind: 'tail-backtest'
  readonly splits: number
  /** Splits in which a forecast could be made. */
  readonly forecasts: number
  /** Share of forecasts within a factor of 10 of the worst query that was held out. */
  readonly withinFactorTen: number
  /** Share of forecasts below the worst query held out: the dangerous direction. */
  readonly underestimated: number
  /** Mean |log10 forecast − log10 truth|. */
  readonly meanLogError: number
}

/**
 * Splits the queries at random into one part in `ratio` that forecasts and the rest that is forecast, `splits` times.
 *
 * No backtest, no forecast: not estimable where no split allows one.
 */
export function tailBacktest({
  probabilities,
  tailSize,

  plottingPosition,
  ratio,
  splits,
  random,
}: Omit<TailForecastOptions, 'queries' | 'level'> & {
  readonly ratio: number
  readonly splits: number
  readonly random: Random
}): TailBacktest | NotEstimable {
  if (!(ratio > 1)) fail('split-ratio-out-of-range', { ratio }, 'pass a ratio above 1, such as 10')
  checkWhole({ splits }, { least: 1, most: 100_000 })
  const m = probabilities.length
  const fitted = Math.floor(m / ratio)
  const order = Int32Array.from({ length: m }, (_, index) => index)
  let forecasts = 0
  let within = 0
  let under = 0
  let error = 0
  for (let split = 0; split < splits; split++) {
    random.shuffle(order)
    const sample = Array.from(order.subarray(0, fitted), (index) => probabilities[index] ?? 0)
    const worst = Math.max(...Array.from(order.subarray(fitted), (index) => probabilities[index] ?? 0))
    const forecast = leastSquaresTail({ probabilities: sample, tailSize, queries: m - fitted, plottingPosition })
    if (forecast.kind === 'not-estimable' || worst === 0) continue
    forecasts++
    const distance = Math.log10(forecast.worstQuery) - Math.log10(worst)
    if (Math.abs(distance) <= 1) within++
    if (distance < 0) under++
    error += Math.abs(distance)
  }
  if (forecasts === 0) return notEstimable('no-backtest-possible', { queries: m, tailSize, fitted })
  return {
    kind: 'tail-backtest',
    splits,
    forecasts,
    withinFactorTen: within / forecasts,
    underestimated: under / forecasts,
    meanLogError: error / forecasts,
  }
}
