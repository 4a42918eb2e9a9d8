/** The figure and table of `equivalence`. */
import { type Figure, formatInterval, formatNumber, type IntervalRow, type Table } from '../../../domain/index.ts'
import type { JudgedPair } from './judge-pairs.ts'

const words = {
  better: 'first is better',
  worse: 'second is better',
  equivalent: 'equivalent within the margin',
  'cannot-tell': 'cannot tell',
} as const

export function marginFigures(
  judged: readonly JudgedPair[],
  { margin, limit }: { readonly margin: number; readonly limit: number },
): readonly Figure[] {
  if (judged.length === 0) return []
  const shown = judged.slice(0, limit)
  const edge = formatNumber(margin, 'points')
  return [
    {
      kind: 'intervals',
      title: `Differences against a margin of ${edge}`,
      description: `Difference of mean scores for ${shown.length} pairs of models, with the interval that decides on the margin. A pair whose interval lies between minus and plus ${edge} is equivalent for all that matters.`,
      format: 'points',
      axis: 'difference of mean scores',
      reference: 0,
      rows: shown.flatMap(({ measure, first, second, units, outcome }): readonly IntervalRow[] =>
        outcome.kind === 'equivalence'
          ? [
              {
                label: `${first} − ${second}`,
                group: measure.key,
                value: outcome.difference.value,
                lower: outcome.marginInterval.lower,
                upper: outcome.marginInterval.upper,
                n: units,
              },
            ]
          : [],
      ),
    },
  ]
}

export function verdictTable(judged: readonly JudgedPair[], limit: number): Table {
  return {
    title: 'Verdicts against the margin',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'first', label: 'First', format: 'text' },
      { key: 'second', label: 'Second', format: 'text' },
      { key: 'units', label: 'Shared items or clusters', format: 'count' },
      { key: 'difference', label: 'First minus second', format: 'points' },
      { key: 'interval', label: 'Interval that decides on the margin', format: 'text' },
      { key: 'verdict', label: 'Verdict', format: 'text' },
      { key: 'ifEqual', label: 'Items, if equal in truth', format: 'count' },
      { key: 'ifAtMargin', label: 'Items, if a margin apart', format: 'count' },
    ],
    rows: judged.slice(0, limit).map(({ measure, first, second, units, outcome }) => {
      const known = outcome.kind === 'equivalence' ? outcome : undefined
      const needed = known?.needed === undefined || 'because' in known.needed ? undefined : known.needed
      return {
        measure: measure.key,
        first,
        second,
        units,
        difference: known?.difference.value ?? null,
        interval:
          known === undefined
            ? null
            : formatInterval({ ...known.difference, interval: known.marginInterval }, 'points'),
        verdict: known === undefined ? 'not testable' : words[known.verdict],
        ifEqual: needed?.ifEqual ?? null,
        ifAtMargin: needed?.ifAtMargin ?? null,
      }
    }),
    omittedRows: Math.max(0, judged.length - limit),
  }
}
