/** The figures and the table of `rerun-agreement`. */
import { type Figure, formatInterval, type Table } from '../../../domain/index.ts'
import type { Outcome } from '../../../stats/index.ts'
import type { Agreement } from './agreement.ts'

/** At most six models per figure: more curves than that cannot be told apart. */
const most = 6

/** pass@k rises and pass^k falls with k, by as much as runs of one item disagree. */
export function passCurves(agreements: readonly Agreement[]): readonly Figure[] {
  const drawn = agreements.filter(({ passes }) => passes.length > 1)
  const groups = [...Map.groupBy(drawn, ({ measure }) => measure).entries()]
  return groups.slice(0, most).map(([measure, group]): Figure => {
    const shown = group.slice(0, most)
    return {
      kind: 'curves',
      title: `Luck and reliability over repeated runs: ${measure.key}`,
      description:
        `pass@k (at least one of k runs passes) rises and pass^k (all k pass) falls with k, for ${shown.length} ` +
        `${shown.length < group.length ? `of ${group.length} ` : ''}models. The gap between the two is what a rerun could change.`,
      format: 'rate',
      xAxis: 'runs per item, k',
      yAxis: 'share of items',
      xScale: 'linear',
      series: shown.flatMap(({ model, passes }) => [
        { label: `${model}, pass@k`, points: passes.flatMap(({ k, any }) => point(k, any)) },
        { label: `${model}, pass^k`, points: passes.flatMap(({ k, all }) => point(k, all)) },
      ]),
    }
  })
}

function point(x: number, outcome: Outcome) {
  if (outcome.kind !== 'estimate') return []
  return [{ x, y: outcome.value, lower: outcome.interval.lower, upper: outcome.interval.upper }]
}

export function agreementTable(agreements: readonly Agreement[], limit: number): Table {
  return {
    title: 'Where the noise comes from',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'cells', label: 'Items (by variant and technique)', format: 'count' },
      { key: 'repeated', label: 'Of these repeated', format: 'count' },
      { key: 'responses', label: 'Responses', format: 'count' },
      { key: 'flip', label: 'Two runs disagree', format: 'rate' },
      { key: 'flipInterval', label: 'Interval', format: 'text' },
      { key: 'identical', label: 'Same in every run', format: 'rate' },
      { key: 'within', label: 'Variance within items', format: 'number' },
      { key: 'between', label: 'Variance between items', format: 'number' },
      { key: 'icc', label: 'ICC(1,1)', format: 'number' },
      { key: 'designEffect', label: 'Design effect of rows', format: 'ratio' },
      { key: 'naive', label: 'Standard error, rows as independent', format: 'number' },
      { key: 'clustered', label: 'Standard error, new items', format: 'number' },
      { key: 'single', label: 'The same with one run per item', format: 'number' },
      { key: 'same', label: 'Standard error, same items again', format: 'number' },
    ],
    rows: agreements.slice(0, limit).map((agreement) => {
      const { measure, model, cells, repeatedCells, responses, flip, unanimous, noise, icc, designEffect } = agreement
      return {
        measure: measure.key,
        model,
        cells,
        repeated: repeatedCells,
        responses,
        flip: estimated(flip),
        flipInterval: formatInterval(flip, 'rate'),
        identical: estimated(unanimous),
        within: noise.withinVariance,
        between: noise.betweenVariance,
        icc: estimated(icc),
        designEffect: designEffect?.designEffect ?? null,
        naive: designEffect?.naiveStandardError ?? null,
        clustered: designEffect?.clusteredStandardError ?? null,
        single: singleRunError(agreement),
        same: noise.standardErrorSameItems,
      }
    }),
    omittedRows: Math.max(0, agreements.length - limit),
  }
}

/** √((σ²_between + σ²_within)/cells): what the same cells would give with one run each. */
export function singleRunError({ noise }: Agreement): number | null {
  const variance = noise.betweenVariance + noise.withinVariance
  return variance > 0 ? Math.sqrt(variance / noise.items) : null
}

function estimated(outcome: Outcome): number | null {
  return outcome.kind === 'estimate' ? outcome.value : null
}
