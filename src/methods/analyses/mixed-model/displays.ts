/** The figure and tables of `mixed-model`. */
import { type Figure, formatInterval, type IntervalRow, type Table } from '../../../domain/index.ts'
import type { FittedMeasure } from './fit-measure.ts'

export function contrastFigures(fitted: readonly FittedMeasure[], limit: number): readonly Figure[] {
  const rows = fitted.flatMap(({ measure, contrasts, items }) =>
    contrasts.flatMap(({ first, second, full }): readonly IntervalRow[] =>
      full.kind === 'estimate'
        ? [
            {
              label: `${first} − ${second}`,
              group: measure.key,
              value: full.value,
              lower: full.interval.lower,
              upper: full.interval.upper,
              n: items,
            },
          ]
        : [],
    ),
  )
  if (rows.length === 0) return []
  return [
    {
      kind: 'intervals',
      title: 'Differences between models in log odds, item × model modelled',
      description: `Difference in log odds to pass for ${Math.min(limit, rows.length)} of ${rows.length} pairs. An interval that crosses 0 leaves open which model passes more often.`,
      format: 'difference',
      axis: 'log odds, first minus second',
      reference: 0,
      rows: rows.slice(0, limit),
    },
  ]
}

export function contrastTable(fitted: readonly FittedMeasure[], limit: number): Table {
  const rows = fitted.flatMap(({ measure, contrasts }) => contrasts.map((contrast) => ({ measure, contrast })))
  return {
    title: 'Pairs of models in log odds',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'first', label: 'First', format: 'text' },
      { key: 'second', label: 'Second', format: 'text' },
      { key: 'value', label: 'Log odds, first minus second', format: 'difference' },
      { key: 'interval', label: 'Interval', format: 'text' },
      { key: 'error', label: 'Standard error', format: 'number' },
      { key: 'plainError', label: 'Standard error without item × model', format: 'number' },
    ],
    rows: rows.slice(0, limit).map(({ measure, contrast: { first, second, full, plain } }) => ({
      measure: measure.key,
      first,
      second,
      value: full.kind === 'estimate' ? full.value : null,
      interval: formatInterval(full, 'difference'),
      error: full.kind === 'estimate' ? (full.standardError ?? null) : null,
      plainError: plain.kind === 'estimate' ? (plain.standardError ?? null) : null,
    })),
    omittedRows: Math.max(0, rows.length - limit),
  }
}

export function shareTable(fitted: readonly FittedMeasure[], limit: number): Table {
  const rows = fitted.flatMap(({ measure, items, variants, models, shares }) => {
    const levels: Readonly<Record<string, number>> = {
      item: items,
      variant: variants,
      'item × model': items * models.length,
    }
    return shares.map(({ factor, share, deviation }) => ({
      measure: measure.key,
      factor,
      levels: levels[factor] ?? null,
      deviation,
      share,
    }))
  })
  return {
    title: 'Where the variance lies, on the log-odds scale',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'factor', label: 'Component', format: 'text' },
      { key: 'levels', label: 'Levels', format: 'count' },
      { key: 'deviation', label: 'Standard deviation', format: 'number' },
      { key: 'share', label: 'Share of latent variance', format: 'rate' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}
