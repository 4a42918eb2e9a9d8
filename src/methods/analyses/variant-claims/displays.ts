/** The figure and table of `variant-claims`. */
import type { Figure, IntervalRow, NumberFormat, Table } from '../../../domain/index.ts'
import type { Outcome } from '../../../stats/index.ts'
import type { VariantClaims } from './claim-variants.ts'

/** The band that holds every listed variant at once, per model and measure. */
export function variantFigures(claims: readonly VariantClaims[], limit: number): readonly Figure[] {
  const rows = claims
    .slice(0, limit)
    .flatMap(({ measure, model, passes, everyAtLeast, everyAtMost, items }): readonly IntervalRow[] => {
      if (everyAtLeast.kind !== 'estimate' || everyAtMost.kind !== 'estimate') return []
      const rates = passes.map(({ successes, trials }) => successes / trials)
      const value = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
      return [
        {
          label: model,
          group: measure.key,
          value,
          lower: everyAtLeast.interval.lower,
          upper: everyAtMost.interval.upper,
          n: items,
        },
      ]
    })
  if (rows.length === 0) return []
  return [
    {
      kind: 'intervals',
      title: 'Where every listed variant lies',
      description: `Mean over variants with the band that holds the pass rate of every listed variant: each end by itself at the stated level. ${rows.length} of ${claims.length} models and measures.`,
      format: 'rate',
      axis: 'pass rate',
      rows,
    },
  ]
}

const rate: NumberFormat = 'rate'

export function claimTable(claims: readonly VariantClaims[], limit: number): Table {
  return {
    title: 'Sentences about variants',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'variants', label: 'Variants', format: 'count' },
      { key: 'items', label: 'Items', format: 'count' },
      { key: 'lowest', label: 'Lowest seen', format: rate },
      { key: 'every', label: 'Every variant reaches', format: rate },
      { key: 'weakest', label: 'Bound set by', format: 'text' },
      { key: 'some', label: 'Some variant stays below', format: rate },
      { key: 'highest', label: 'Highest seen', format: rate },
      { key: 'none', label: 'No variant exceeds', format: rate },
      { key: 'average', label: 'Average over variants at least', format: rate },
      { key: 'most', label: 'Most variants reach, if drawn at random', format: rate },
    ],
    rows: claims.slice(0, limit).map((each) => ({
      measure: each.measure.key,
      model: each.model,
      variants: each.labels.length,
      items: each.items,
      lowest: each.everyAtLeast.kind === 'estimate' ? each.everyAtLeast.value : null,
      every: end(each.everyAtLeast, 'lower'),
      weakest: each.weakest ?? null,
      some: end(each.someAtMost, 'upper'),
      highest: each.everyAtMost.kind === 'estimate' ? each.everyAtMost.value : null,
      none: end(each.everyAtMost, 'upper'),
      average: each.averageAtLeast === undefined ? null : end(each.averageAtLeast, 'lower'),
      most: end(each.mostAtLeast, 'lower'),
    })),
    omittedRows: Math.max(0, claims.length - limit),
  }
}

/** Only of draws at random is this a sentence; of listed variants it is what drawing them would have licensed. */
export function reachedTables(
  claims: readonly VariantClaims[],
  { drawn, rows: limit }: { readonly drawn: 'listed' | 'at-random'; readonly rows: number },
): readonly Table[] {
  const rows = claims.flatMap(({ measure, model, labels, reached }) =>
    reached.map(({ passRate, share }) => ({ measure: measure.key, model, variants: labels.length, passRate, share })),
  )
  if (rows.length === 0) return []
  return [
    {
      title: `How many of all variants reach which pass rate, all rows at once${drawn === 'at-random' ? '' : ', had these been drawn at random'}`,
      columns: [
        { key: 'measure', label: 'Measure', format: 'text' },
        { key: 'model', label: 'Model', format: 'text' },
        { key: 'variants', label: 'Variants', format: 'count' },
        { key: 'passRate', label: 'Pass rate', format: rate },
        { key: 'share', label: 'Reached by at least', format: rate },
      ],
      rows: rows.slice(0, limit),
      omittedRows: Math.max(0, rows.length - limit),
    },
  ]
}

function end(outcome: Outcome, which: 'lower' | 'upper'): number | null {
  return outcome.kind === 'estimate' ? outcome.interval[which] : null
}
