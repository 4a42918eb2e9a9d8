/** The figures and tables of `headline-estimates`. */
import { type Figure, formatInterval, formatNumber, scoreFormat, type Table } from '../../../domain/index.ts'
import type { HeaderFigure } from './header-figures.ts'
import { type Estimated, hasPopulation, type ModelMean } from './model-means.ts'

/** Rates share one axis; scores without a range are drawn per measure, since their units differ. */
export function figuresOf(means: readonly ModelMean[], limit: number): readonly Figure[] {
  const estimated = means.filter(hasPopulation)
  const rates = estimated.filter(({ measure }) => measure.scale !== 'unbounded')
  const others = Map.groupBy(
    estimated.filter(({ measure }) => measure.scale === 'unbounded'),
    ({ measure }) => measure.key,
  )
  return [
    ...(rates.length > 0 ? [intervals(rates, { axis: 'mean score', limit })] : []),
    ...Array.from(others, ([key, group]) => intervals(group, { axis: key, limit })),
  ]
}

function intervals(
  means: readonly Estimated[],
  { axis, limit }: { readonly axis: string; readonly limit: number },
): Figure {
  const shown = means.slice(0, limit)
  const highest = shown.toSorted((a, b) => b.population.value - a.population.value)[0]
  const left = means.length - shown.length
  return {
    kind: 'intervals',
    title: 'Mean scores, for items like these',
    description:
      `Mean score with its interval for ${shown.length} models and measures` +
      `${left > 0 ? ` (${left} more are in the table)` : ''}. ` +
      `The highest is ${highest?.model ?? ''} on ${highest?.measure.key ?? ''}.`,
    format: scoreFormat(shown[0]?.measure.scale ?? 'unbounded'),
    axis,
    rows: shown.map(({ measure, model, population, units }) => ({
      label: model,
      group: measure.key,
      value: population.value,
      lower: population.interval.lower,
      upper: population.interval.upper,
      n: units,
    })),
  }
}

export function meanTable(means: readonly ModelMean[], limit: number): Table {
  return {
    title: 'Mean scores under both readings',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'items', label: 'Items', format: 'count' },
      { key: 'units', label: 'Independent units', format: 'count' },
      { key: 'missing', label: 'Responses without a score', format: 'count' },
      { key: 'mean', label: 'Mean', format: 'text' },
      { key: 'population', label: 'Items like these', format: 'text' },
      { key: 'fixed', label: 'Exactly these items', format: 'text' },
      { key: 'naive', label: 'Rows as independent', format: 'text' },
    ],
    rows: means.slice(0, limit).map(({ measure, model, items, units, missing, population, fixedItems, naive }) => {
      const format = scoreFormat(measure.scale)
      return {
        measure: measure.key,
        model,
        items,
        units,
        missing,
        mean: population.kind === 'estimate' ? formatNumber(population.value, format) : null,
        population: formatInterval(population, format),
        fixed: formatInterval(fixedItems, format),
        naive: formatInterval(naive, format),
      }
    }),
    omittedRows: Math.max(0, means.length - limit),
  }
}

export function headerTable(headers: readonly HeaderFigure[], limit: number): Table {
  return {
    title: 'Figures that logs print without their rows',
    columns: [
      { key: 'path', label: 'Log', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'figure', label: 'Figure', format: 'text' },
      { key: 'value', label: 'Printed', format: 'number' },
      { key: 'n', label: 'Responses', format: 'count' },
      { key: 'rows', label: 'Of these in the log', format: 'count' },
      { key: 'interval', label: 'Exact interval, if independent 0/1 items', format: 'text' },
    ],
    rows: headers.slice(0, limit).map(({ path, model, task, scorer, metric, value, n, rows, outcome }) => ({
      path,
      model,
      figure: `${task} / ${scorer} / ${metric}`,
      value,
      n: n ?? null,
      rows,
      interval: formatInterval(outcome, 'rate'),
    })),
    omittedRows: Math.max(0, headers.length - limit),
  }
}
