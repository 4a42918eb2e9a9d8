/** The figures and the table of `model-comparison`. */
import { differenceFormat, type Figure, formatInterval, formatNumber, type Table } from '../../../domain/index.ts'
import type { PairComparison } from './pair-comparison.ts'

const verdictWords: Readonly<Record<PairComparison['verdict'], string>> = {
  better: 'first is better',
  worse: 'second is better',
  'cannot-tell': 'cannot tell',
  'different-items': 'different items',
  'not-testable': 'not testable',
}

/** Differences of rates share one axis; scores without a range are drawn per measure. */
export function differenceFigures(pairs: readonly PairComparison[], limit: number): readonly Figure[] {
  const drawn = pairs.filter(({ paired, difference }) => paired && difference.kind === 'estimate')
  const rates = drawn.filter(({ measure }) => measure.scale !== 'unbounded')
  const others = Map.groupBy(
    drawn.filter(({ measure }) => measure.scale === 'unbounded'),
    ({ measure }) => measure.key,
  )
  return [
    ...(rates.length > 0 ? [forest(rates, { axis: 'difference of mean scores', limit })] : []),
    ...Array.from(others, ([key, group]) => forest(group, { axis: `difference in ${key}`, limit })),
  ]
}

function forest(
  pairs: readonly PairComparison[],
  { axis, limit }: { readonly axis: string; readonly limit: number },
): Figure {
  const shown = pairs.slice(0, limit)
  const decided = shown.filter(({ verdict }) => verdict === 'better' || verdict === 'worse').length
  const left = pairs.length - shown.length
  return {
    kind: 'intervals',
    title: 'Differences between models on shared items',
    description:
      `Difference of mean scores with its interval for ${shown.length} pairs of models` +
      `${left > 0 ? ` (${left} more are in the evidence)` : ''}; ${decided} of them are decided after Holm’s correction. ` +
      'An interval that crosses 0 leaves open which model is better.',
    format: differenceFormat(shown[0]?.measure.scale ?? 'unbounded'),
    axis,
    reference: 0,
    rows: shown.flatMap(({ measure, first, second, difference, shared }) =>
      difference.kind === 'estimate'
        ? [
            {
              label: `${first} − ${second}`,
              group: measure.key,
              value: difference.value,
              lower: difference.interval.lower,
              upper: difference.interval.upper,
              n: shared.clusters,
            },
          ]
        : [],
    ),
  }
}

export function pairTable(pairs: readonly PairComparison[], limit: number): Table {
  return {
    title: 'Pairs of models on shared items',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'first', label: 'First', format: 'text' },
      { key: 'second', label: 'Second', format: 'text' },
      { key: 'items', label: 'Shared items', format: 'count' },
      { key: 'units', label: 'Independent units', format: 'count' },
      { key: 'difference', label: 'First minus second', format: 'text' },
      { key: 'interval', label: 'Interval', format: 'text' },
      { key: 'p', label: 'p', format: 'p-value' },
      { key: 'adjusted', label: 'p after Holm', format: 'p-value' },
      { key: 'verdict', label: 'Verdict', format: 'text' },
      { key: 'needed', label: 'Items to settle it', format: 'count' },
      { key: 'correlation', label: 'Correlation of item scores', format: 'number' },
      { key: 'gain', label: 'Variance saved by pairing', format: 'ratio' },
    ],
    rows: pairs.slice(0, limit).map((pair) => {
      const { measure, first, second, shared, difference, test, adjusted, verdict, itemsNeeded, gain } = pair
      const format = differenceFormat(measure.scale)
      return {
        measure: measure.key,
        first,
        second,
        items: shared.items.length,
        units: shared.clusters,
        difference: difference.kind === 'estimate' ? formatNumber(difference.value, format) : null,
        interval: formatInterval(difference, format),
        p: test.kind === 'test' ? test.pValue : null,
        adjusted: adjusted ?? null,
        verdict: verdictWords[verdict],
        needed: itemsNeeded ?? null,
        correlation: gain.correlation ?? null,
        gain: gain.varianceRatio ?? null,
      }
    }),
    omittedRows: Math.max(0, pairs.length - limit),
  }
}
