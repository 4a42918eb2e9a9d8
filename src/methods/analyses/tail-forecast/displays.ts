/** The figure and table of `tail-forecast`. */
import type { Figure, Table } from '../../../domain/index.ts'
import type { ForecastTail } from './forecast-tail.ts'

export function forecastFigures(done: readonly ForecastTail[]): readonly Figure[] {
  const series = done.slice(0, 4).flatMap(({ measure, model, horizons }) => {
    const points = horizons.flatMap(({ queries, forecast }) => {
      if (forecast.kind !== 'tail-forecast' || forecast.likelihood.kind !== 'estimate') return []
      const { value, interval } = forecast.likelihood
      return [{ x: queries, y: value, lower: interval.lower, upper: interval.upper }]
    })
    return points.length < 2 ? [] : [{ label: `${model}, ${measure.key}`, points }]
  })
  if (series.length === 0) return []
  return [
    {
      kind: 'curves',
      title: 'Forecast of the worst query',
      description: `Forecast probability of bad behaviour at the worst query, against the number of queries, for ${series.length} models and measures. A forecast from the tail of those tested, not a guarantee.`,
      format: 'rate',
      xAxis: 'queries',
      yAxis: 'probability at the worst query',
      xScale: 'log',
      series,
    },
  ]
}

export function forecastTable(done: readonly ForecastTail[], limit: number): Table {
  const rows = done.flatMap(({ measure, model, rates, positive, horizons, backtest }) =>
    horizons.map(({ queries, forecast, otherPlotting }) => {
      const likelihood = forecast.kind === 'tail-forecast' ? forecast.likelihood : undefined
      const known = likelihood?.kind === 'estimate' ? likelihood : undefined
      return {
        measure: measure.key,
        model,
        items: rates.length,
        positive,
        queries,
        value: known?.value ?? null,
        lower: known?.interval.lower ?? null,
        upper: known?.interval.upper ?? null,
        squares: forecast.kind === 'tail-forecast' ? forecast.leastSquares.worstQuery : null,
        other: otherPlotting ?? null,
        within: backtest.kind === 'tail-backtest' ? backtest.withinFactorTen : null,
        under: backtest.kind === 'tail-backtest' ? backtest.underestimated : null,
      }
    }),
  )
  return {
    title: 'Forecasts of the worst query',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'items', label: 'Queries tested', format: 'count' },
      { key: 'positive', label: 'of these above 0', format: 'count' },
      { key: 'queries', label: 'Queries in deployment', format: 'count' },
      { key: 'value', label: 'Worst, likelihood of the excesses', format: 'rate' },
      { key: 'lower', label: 'from', format: 'rate' },
      { key: 'upper', label: 'to', format: 'rate' },
      { key: 'squares', label: 'Worst, least squares', format: 'rate' },
      { key: 'other', label: 'the same, other plotting position', format: 'rate' },
      { key: 'within', label: 'Backtest within a factor of ten', format: 'rate' },
      { key: 'under', label: 'Backtest too low', format: 'rate' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}
