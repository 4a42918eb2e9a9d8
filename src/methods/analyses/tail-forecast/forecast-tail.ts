/** Forecasts of the worst query at several horizons, with the backtest that earns them. */
import type { Random } from '../../../random/index.ts'
import {
  type NotEstimable,
  type TailBacktest,
  type TailForecast,
  tailBacktest,
  tailForecast,
} from '../../../stats/index.ts'
import type { ItemRates } from './item-rates.ts'

export interface ForecastTail extends ItemRates {
  readonly backtest: TailBacktest | NotEstimable
  readonly horizons: readonly {
    readonly factor: number
    readonly queries: number
    readonly forecast: TailForecast | NotEstimable
    /** By least squares with the other plotting position: how much that choice alone moves it. */
    readonly otherPlotting: number | undefined
  }[]
}

export interface TailOptions {
  readonly level: number
  readonly tailSize: number
  readonly factors: readonly number[]
  readonly splits: number
  readonly random: Random
}

export function forecastTail(
  rates: ItemRates,
  { level, tailSize, factors, splits, random }: TailOptions,
): ForecastTail {
  const options = { probabilities: rates.rates, tailSize, level } as const
  const backtest = tailBacktest({ ...options, plottingPosition: 'i/m', ratio: 10, splits, random })
  if (backtest.kind === 'not-estimable') return { ...rates, backtest, horizons: [] }
  return {
    ...rates,
    backtest,
    horizons: factors.map((factor) => {
      const queries = factor * rates.rates.length
      const other = tailForecast({ ...options, queries, plottingPosition: '(i-1/2)/m' })
      return {
        factor,
        queries,
        forecast: tailForecast({ ...options, queries, plottingPosition: 'i/m' }),
        otherPlotting: other.kind === 'tail-forecast' ? other.leastSquares.worstQuery : undefined,
      }
    }),
  }
}
