/** The figures and tables of `anytime-bounds`. */
import { type Figure, formatInterval, type IntervalRow, scoreFormat, type Table } from '../../../domain/index.ts'
import type { ModelBounds } from './model-bounds.ts'

export function boundsFigures(bounds: readonly ModelBounds[], limit: number): readonly Figure[] {
  const rows = bounds.slice(0, limit).flatMap(({ measure, model, anytime }): readonly IntervalRow[] => {
    if (anytime.kind !== 'estimate') return []
    const { value, interval, n } = anytime
    return [{ label: model, group: measure.key, value, lower: interval.lower, upper: interval.upper, n }]
  })
  if (rows.length === 0) return []
  return [
    {
      kind: 'intervals',
      title: 'Mean scores, valid at any moment of stopping',
      description: `Mean score with an interval that holds at every number of items at once, for ${rows.length} of ${bounds.length} models and measures.`,
      format: 'rate',
      axis: 'mean score',
      rows,
    },
  ]
}

export function boundsTable(all: readonly ModelBounds[], limit: number): Table {
  const bounds = all.filter(({ anytime }) => anytime.kind === 'estimate')
  return {
    title: 'Mean scores, whoever stopped when',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'units', label: 'Items or clusters', format: 'count' },
      { key: 'mean', label: 'Mean', format: 'rate' },
      { key: 'anytime', label: 'Valid at any moment', format: 'text' },
      { key: 'fixed', label: 'Valid at this number only', format: 'text' },
    ],
    rows: bounds.slice(0, limit).map(({ measure, model, units, anytime, fixed }) => ({
      measure: measure.key,
      model,
      units,
      mean: anytime.kind === 'estimate' ? anytime.value : null,
      anytime: formatInterval(anytime, 'rate'),
      fixed: formatInterval(fixed, 'rate'),
    })),
    omittedRows: Math.max(0, bounds.length - limit),
  }
}

export function quantileTable(bounds: readonly ModelBounds[], limit: number): Table {
  const rows = bounds.flatMap(({ measure, model, units, quantiles }) =>
    quantiles.map(({ probability, anytime, fixed }) => ({
      measure: measure.key,
      model,
      units,
      probability,
      value: anytime.kind === 'estimate' ? anytime.value : null,
      anytime: formatInterval(anytime, scoreFormat(measure.scale)),
      fixed: formatInterval(fixed, scoreFormat(measure.scale)),
    })),
  )
  return {
    title: 'Scores that a share of items does not exceed',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'units', label: 'Items or clusters', format: 'count' },
      { key: 'probability', label: 'Share of them', format: 'rate' },
      { key: 'value', label: 'Score', format: 'score' },
      { key: 'anytime', label: 'Valid at any moment', format: 'text' },
      { key: 'fixed', label: 'Valid at this number only', format: 'text' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}

export function claimTable(bounds: readonly ModelBounds[], limit: number): Table {
  const rows = bounds.flatMap(({ measure, model, units, rare }) =>
    (rare?.claims ?? []).map(({ rateBelow, supported, units: total }) => ({
      measure: measure.key,
      model,
      event: `score of ${rare?.event}`,
      failures: rare?.failures ?? null,
      units,
      rateBelow,
      shown: supported ? 'shown' : 'not shown',
      total: supported ? null : total,
      more: supported ? null : Math.max(0, total - units),
    })),
  )
  return {
    title: 'Rare events against thresholds',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'event', label: 'Event', format: 'text' },
      { key: 'failures', label: 'Items with the event', format: 'count' },
      { key: 'units', label: 'Items', format: 'count' },
      { key: 'rateBelow', label: 'Rarer than', format: 'number' },
      { key: 'shown', label: 'Verdict', format: 'text' },
      { key: 'total', label: 'Items in all, if no further event', format: 'count' },
      { key: 'more', label: 'Further items', format: 'count' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}
