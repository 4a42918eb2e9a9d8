/** The figures and the table of `technique-gap`. */
import { differenceFormat, type Figure, formatInterval, formatNumber, type Table } from '../../../domain/index.ts'
import type { ModelGaps } from './model-gaps.ts'

/** Rates share one axis; scores without a range are drawn per measure. */
export function gapFigures(found: readonly ModelGaps[], limit: number): readonly Figure[] {
  const rates = found.filter(({ measure }) => measure.scale !== 'unbounded')
  const others = Map.groupBy(
    found.filter(({ measure }) => measure.scale === 'unbounded'),
    ({ measure }) => measure.key,
  )
  return [
    ...(rates.length > 0 ? [forest(rates, { axis: 'gain over the direct technique', limit })] : []),
    ...Array.from(others, ([key, group]) => forest(group, { axis: `gain in ${key}`, limit })),
  ]
}

function forest(
  found: readonly ModelGaps[],
  { axis, limit }: { readonly axis: string; readonly limit: number },
): Figure {
  const rows = found.flatMap(({ measure, model, baseline, gaps }) =>
    gaps.flatMap(({ technique, gap, shared }) =>
      gap.kind === 'estimate'
        ? [
            {
              label: `${model}: ${technique} − ${baseline}`,
              group: measure.key,
              value: gap.value,
              lower: gap.interval.lower,
              upper: gap.interval.upper,
              n: shared.clusters,
            },
          ]
        : [],
    ),
  )
  const shown = rows.slice(0, limit)
  const top = shown.toSorted((a, b) => b.value - a.value)[0]
  const left = rows.length - shown.length
  return {
    kind: 'intervals',
    title: 'What techniques gain on shared items',
    description:
      `Gain of each technique with its interval, ${shown.length} in all${left > 0 ? ` (${left} more are in the table)` : ''}. ` +
      `The largest is ${top?.label ?? 'none'}.`,
    format: differenceFormat(found[0]?.measure.scale ?? 'unbounded'),
    axis,
    reference: 0,
    rows: shown,
  }
}

export function gapTable(found: readonly ModelGaps[], limit: number): Table {
  const rows = found.flatMap(({ measure, model, baseline, baselineCost, gaps }) =>
    gaps.map(({ technique, shared, gap, test, adjusted, cost, tokensPerPoint }) => {
      const format = differenceFormat(measure.scale)
      return {
        measure: measure.key,
        model,
        technique,
        baseline,
        items: shared.items.length,
        gap: gap.kind === 'estimate' ? formatNumber(gap.value, format) : null,
        interval: formatInterval(gap, format),
        p: test.kind === 'test' ? test.pValue : null,
        adjusted: adjusted ?? null,
        tokens: cost.tokens ?? null,
        baselineTokens: baselineCost.tokens ?? null,
        perPoint: tokensPerPoint ?? null,
        usd: cost.usd ?? null,
      }
    }),
  )
  return {
    title: 'Techniques against the direct one',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'technique', label: 'Technique', format: 'text' },
      { key: 'baseline', label: 'Compared with', format: 'text' },
      { key: 'items', label: 'Shared items', format: 'count' },
      { key: 'gap', label: 'Gain', format: 'text' },
      { key: 'interval', label: 'Interval', format: 'text' },
      { key: 'p', label: 'p', format: 'p-value' },
      { key: 'adjusted', label: 'p after Holm', format: 'p-value' },
      { key: 'tokens', label: 'Tokens per response', format: 'count' },
      { key: 'baselineTokens', label: 'Tokens of the direct one', format: 'count' },
      { key: 'perPoint', label: 'Extra tokens per item and point', format: 'count' },
      { key: 'usd', label: 'Cost per response', format: 'usd' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}
