/** The figures and the table of `missing-data`. */
import { type Figure, formatInterval, formatNumber, scoreFormat, type Table } from '../../../domain/index.ts'
import type { ModelMissing } from './model-missing.ts'
import { reasonWords } from './statements.ts'

/** The mean of the scored inside the region that the missing scores leave open. */
export function boundsFigures(models: readonly ModelMissing[], limit: number): readonly Figure[] {
  const rows = models.flatMap(({ measure, model, scores, completeCase, bounds }) =>
    scores.missing > 0 && bounds?.region.kind === 'estimate' && completeCase.kind === 'estimate'
      ? [
          {
            label: model,
            group: measure.key,
            value: completeCase.value,
            lower: Math.min(completeCase.value, bounds.region.interval.lower),
            upper: Math.max(completeCase.value, bounds.region.interval.upper),
            n: bounds.region.n,
          },
        ]
      : [],
  )
  if (rows.length === 0) return []
  const shown = rows.slice(0, limit)
  const widest = shown.toSorted((a, b) => b.upper - b.lower - (a.upper - a.lower))[0]
  const left = rows.length - shown.length
  return [
    {
      kind: 'intervals',
      title: 'Mean scores, whatever the missing scores are',
      description:
        `Mean of the scored responses inside the interval that allows for every value of the missing ones, for ${shown.length} ` +
        `models and measures${left > 0 ? ` (${left} more are in the table)` : ''}. Widest: ${widest?.label ?? ''} on ${widest?.group ?? ''}.`,
      format: 'rate',
      axis: 'mean score',
      rows: shown,
    },
  ]
}

export function missingTable(models: readonly ModelMissing[], limit: number): Table {
  const order = models.toSorted((a, b) => b.scores.missing - a.scores.missing)
  return {
    title: 'Missing scores by reason, and what they could do',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'all', label: 'Responses', format: 'count' },
      { key: 'missing', label: 'Without a score', format: 'count' },
      { key: 'reasons', label: 'Why', format: 'text' },
      { key: 'complete', label: 'Mean of the scored', format: 'text' },
      { key: 'worst', label: 'All missing at worst', format: 'text' },
      { key: 'best', label: 'All missing at best', format: 'text' },
      { key: 'region', label: 'Interval over both', format: 'text' },
    ],
    rows: order.slice(0, limit).map(({ measure, model, scores, completeCase, bounds }) => {
      const format = scoreFormat(measure.scale)
      const mean = (outcome: ModelMissing['completeCase'] | undefined) =>
        outcome?.kind === 'estimate' ? formatNumber(outcome.value, format) : null
      return {
        measure: measure.key,
        model,
        all: scores.scored + scores.missing,
        missing: scores.missing,
        reasons: reasonWords(scores.reasons),
        complete: mean(completeCase),
        worst: mean(bounds?.worst),
        best: mean(bounds?.best),
        region: bounds === undefined ? null : formatInterval(bounds.region, format),
      }
    }),
    omittedRows: Math.max(0, models.length - limit),
  }
}
