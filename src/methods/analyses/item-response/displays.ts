/** The figure and tables of `item-response`. */
import type { Figure, Table } from '../../../domain/index.ts'
import type { AnalysedItem, AnalysedItems } from './analyse-items.ts'

const verdictWords: Readonly<Record<AnalysedItem['verdict'], string>> = {
  'against-the-rest': 'goes against the rest',
  'no-information': 'all or nearly all alike',
  fine: 'fine',
  'not-tested': 'not testable',
}

export function itemTable(found: readonly AnalysedItems[], limit: number): Table {
  const rows = found
    .flatMap(({ measure, analysed }) => analysed.map((each) => ({ measure, each })))
    .toSorted((a, b) => (a.each.adjusted ?? 2) - (b.each.adjusted ?? 2))
  return {
    title: 'Items, those that go against the rest first',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'item', label: 'Item', format: 'text' },
      { key: 'answered', label: 'Rows', format: 'count' },
      { key: 'solved', label: 'Mean score', format: 'number' },
      { key: 'correlation', label: 'Correlation with the rest', format: 'number' },
      { key: 'adjusted', label: 'p, after all items', format: 'p-value' },
      { key: 'slope', label: 'Slope a', format: 'number' },
      { key: 'difficulty', label: 'Difficulty b', format: 'number' },
      { key: 'verdict', label: 'Verdict', format: 'text' },
    ],
    rows: rows.slice(0, limit).map(({ measure, each }) => ({
      measure: measure.key,
      item: each.item,
      answered: each.answered,
      solved: each.difficulty ?? null,
      correlation: each.correlation.kind === 'estimate' ? each.correlation.value : null,
      adjusted: each.adjusted ?? null,
      slope: each.slope ?? null,
      difficulty: each.difficultyOnScale ?? null,
      verdict: verdictWords[each.verdict],
    })),
    omittedRows: Math.max(0, rows.length - limit),
  }
}

export function abilityTable(found: readonly AnalysedItems[], limit: number): Table {
  const rows = found.flatMap(({ measure, labels, fit }) =>
    fit.kind === 'not-estimable'
      ? []
      : Array.from(fit.abilities, (ability, row) => ({
          measure: measure.key,
          row: labels[row] ?? '',
          model: fit.model === '2pl' ? '2PL' : '1PL',
          ability,
          error: fit.abilityErrors[row] ?? null,
        })).toSorted((a, b) => b.ability - a.ability),
  )
  return {
    title: 'Abilities on the scale of these rows (mean 0, SD 1)',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'row', label: 'Model, variant, technique', format: 'text' },
      { key: 'model', label: 'Model of items', format: 'text' },
      { key: 'ability', label: 'Ability, posterior mean', format: 'difference' },
      { key: 'error', label: 'Posterior SD', format: 'number' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}

/** Chance to solve against ability, for the items that go against the rest and the most telling ones. */
export function itemCurves(found: readonly AnalysedItems[]): readonly Figure[] {
  const first = found.find(({ fit }) => fit.kind === 'item-response-fit' && fit.model === '2pl')
  if (first === undefined) return []
  const scaled = first.analysed.flatMap((each) =>
    each.slope === undefined || each.difficultyOnScale === undefined
      ? []
      : [{ item: each.item, verdict: each.verdict, slope: each.slope, difficulty: each.difficultyOnScale }],
  )
  const bad = scaled.filter(({ verdict }) => verdict === 'against-the-rest').slice(0, 3)
  const good = scaled
    .filter(({ verdict }) => verdict === 'fine')
    .toSorted((a, b) => b.slope - a.slope)
    .slice(0, 3)
  const series = [...bad, ...good].map(({ item, slope, difficulty }) => ({
    label: item,
    points: Array.from({ length: 25 }, (_, k) => {
      const x = -3 + k / 4
      return { x, y: 1 / (1 + Math.exp(-slope * (x - difficulty))) }
    }),
  }))
  if (series.length === 0) return []
  return [
    {
      kind: 'curves',
      title: `Chance to solve by ability, ${first.measure.key}`,
      description: `Fitted curves of ${bad.length} items that go against the rest, and of the ${good.length} items that separate rows best.`,
      format: 'rate',
      xAxis: 'ability',
      yAxis: 'chance to solve',
      xScale: 'linear',
      series,
    },
  ]
}
