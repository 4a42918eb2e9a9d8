/** The sentences and problems of `tail-forecast`, most important first. */
import { formatLevel, formatNumber, type Statement } from '../../../domain/index.ts'
import type { Caveat } from '../../../stats/index.ts'
import type { ForecastTail } from './forecast-tail.ts'

interface Options {
  readonly level: number
  readonly sentences: number
}

export function statementsOf(done: readonly ForecastTail[], { level, sentences }: Options): readonly Statement[] {
  const shown = done.slice(0, sentences)
  return [
    ...shown.flatMap(({ measure, model, rates, horizons }): readonly Statement[] => {
      const last = horizons.filter(({ forecast }) => forecast.kind === 'tail-forecast').at(-1)
      if (last?.forecast.kind !== 'tail-forecast') return []
      const { likelihood, leastSquares } = last.forecast
      const written =
        likelihood.kind === 'estimate'
          ? `${formatNumber(likelihood.value, 'rate')} (${formatNumber(likelihood.interval.lower, 'rate')} to ${formatNumber(likelihood.interval.upper, 'rate')})`
          : 'not estimable'
      return [
        {
          code: 'tail-forecast-of',
          values: {
            measure: measure.key,
            model,
            items: rates.length,
            largest: rates.reduce((most, rate) => Math.max(most, rate), 0),
            queries: last.queries,
            likelihood: written,
            leastSquares: leastSquares.worstQuery,
            level: formatLevel(level),
          },
        },
      ]
    }),
    ...(done.length > shown.length
      ? [{ code: 'more-forecasts-in-table', values: { models: done.length - shown.length } }]
      : []),
    ...shown.flatMap(({ measure, model, backtest }): readonly Statement[] =>
      backtest.kind === 'not-estimable'
        ? []
        : [
            {
              code: 'tail-backtest-of',
              values: {
                measure: measure.key,
                model,
                forecasts: backtest.forecasts,
                within: backtest.withinFactorTen,
                under: backtest.underestimated,
              },
            },
          ],
    ),
    { code: 'forecast-is-no-guarantee', values: {} },
  ]
}

export function problemsOf(done: readonly ForecastTail[]): readonly Caveat[] {
  return done.flatMap(({ measure, model, backtest }): readonly Caveat[] => {
    if (backtest.kind === 'not-estimable' || backtest.withinFactorTen >= 0.5) return []
    const subject = `${measure.key} / ${model}`
    const values = { subject, within: backtest.withinFactorTen, forecasts: backtest.forecasts }
    return [{ code: 'forecast-fails-backtest', severity: 'caution', values, subject }]
  })
}
