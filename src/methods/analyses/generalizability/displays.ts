/** The figures and tables of `generalizability`. */
import { type Figure, formatNumber, type Table } from '../../../domain/index.ts'
import type { DecisionStudy, Estimate, VarianceComponent } from '../../../stats/index.ts'
import type { DecisionAtSize, StudiedMeasure } from './study-measure.ts'

const effectWords: Readonly<Record<VarianceComponent['effect'], string>> = {
  object: 'models',
  item: 'items',
  condition: 'variants',
  'object-item': 'models × items',
  'object-condition': 'models × variants',
  'item-condition': 'items × variants',
  residual: 'residual',
  rerun: 'reruns',
}

/** g and Φ against the number of items. */
export function curveFigures(
  { measure, completeItems }: StudiedMeasure,
  decisions: readonly DecisionAtSize[],
): readonly Figure[] {
  if (decisions.length < 2) return []
  const points = (pick: (decision: DecisionStudy) => Estimate) =>
    decisions.map(({ items, decision }) => {
      const { value, interval } = pick(decision)
      return { x: items, y: value, lower: interval.lower, upper: interval.upper }
    })
  return [
    {
      kind: 'curves',
      title: `g and Φ by number of items, ${measure.key}`,
      description: `How reliably the order of the models (g) and their scores (Φ) would repeat with fewer or more items than the ${completeItems} of this log.`,
      format: 'number',
      xAxis: 'items',
      yAxis: 'coefficient',
      xScale: 'log',
      series: [
        { label: 'g, same order', points: points(({ generalizability }) => generalizability) },
        { label: 'Φ, same scores', points: points(({ dependability }) => dependability) },
      ],
    },
  ]
}

export function componentTable(done: readonly StudiedMeasure[], limit: number): Table {
  const rows = done.flatMap(({ measure, study }) => {
    const total = study.components.reduce((sum, { value }) => sum + value, 0)
    return study.components.map(({ effect, value, raw, interval, degreesOfFreedom }) => ({
      measure: measure.key,
      component: effectWords[effect],
      variance: value,
      raw,
      interval: `${formatNumber(interval.lower, 'number')} to ${formatNumber(interval.upper, 'number')}`,
      share: total > 0 ? value / total : null,
      df: degreesOfFreedom,
    }))
  })
  return {
    title: 'Where the variance of single scores lies',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'component', label: 'Component', format: 'text' },
      { key: 'variance', label: 'Variance', format: 'number' },
      { key: 'raw', label: 'before cutting at 0', format: 'number' },
      { key: 'interval', label: 'Interval', format: 'text' },
      { key: 'share', label: 'Share', format: 'rate' },
      { key: 'df', label: 'Degrees of freedom', format: 'number' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}

export function extensionTable(
  done: readonly StudiedMeasure[],
  { calls, limit }: { readonly calls: number; readonly limit: number },
): Table {
  const rows = done.flatMap(({ measure, extensions }) =>
    extensions.map(({ direction, items, variants, runs, calls: used, standardError, varianceRemoved }) => ({
      measure: measure.key,
      direction: direction === 'all' ? 'mix' : direction,
      items,
      variants,
      runs,
      used,
      error: standardError,
      removed: varianceRemoved,
    })),
  )
  return {
    title: `What ${formatNumber(calls, 'count')} more calls per model would buy`,
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'direction', label: 'Spent on', format: 'text' },
      { key: 'items', label: 'Items then', format: 'count' },
      { key: 'variants', label: 'Variants then', format: 'count' },
      { key: 'runs', label: 'Runs then', format: 'count' },
      { key: 'used', label: 'Calls', format: 'count' },
      { key: 'error', label: 'Standard error then', format: 'number' },
      { key: 'removed', label: 'Variance removed', format: 'rate' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}
