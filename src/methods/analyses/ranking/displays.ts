/** The figure and table of `ranking`. */
import type { Figure, Table } from '../../../domain/index.ts'
import type { RankedMeasure } from './rank-models.ts'

export function rankFigures(ranked: readonly RankedMeasure[], limit: number): readonly Figure[] {
  const [first] = ranked
  if (first === undefined) return []
  const { measure, models, order, sets, clusters } = first
  const shown = order.slice(0, limit)
  return [
    {
      kind: 'intervals',
      title: `Ranks on ${measure.key}`,
      description:
        `Rank of ${shown.length} of ${models.length} models with the ranks that the data allow, all at once. ` +
        `${sets.filter(({ best }) => best === 1).length} of them may be first.`,
      format: 'count',
      axis: 'rank, 1 is first',
      rows: shown.map((model, place) => ({
        label: models[model] ?? '',
        value: place + 1,
        lower: sets[model]?.best ?? 1,
        upper: sets[model]?.worst ?? models.length,
        n: clusters,
      })),
    },
  ]
}

export function rankTable(ranked: readonly RankedMeasure[], limit: number): Table {
  const rows = ranked.flatMap((each) =>
    each.order.map((model, place) => {
      const { measure, models, counts, sets, fit, ties, elo, clusters } = each
      let [won, lost, tied] = [0, 0, 0]
      for (let other = 0; other < models.length; other++) {
        won += counts.wins[model * models.length + other] ?? 0
        lost += counts.wins[other * models.length + model] ?? 0
        tied += counts.ties[model * models.length + other] ?? 0
      }
      return {
        measure: measure.key,
        model: models[model] ?? '',
        rank: place + 1,
        best: sets[model]?.best ?? null,
        worst: sets[model]?.worst ?? null,
        units: clusters,
        won,
        tied,
        lost,
        ability: fit.kind === 'ability-fit' ? (fit.abilities[model] ?? null) : null,
        withTies: ties?.fit.abilities[model] ?? null,
        elo: elo?.standardDeviations[model] ?? null,
      }
    }),
  )
  return {
    title: 'Models in order, with the ranks that the data allow',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'rank', label: 'Rank', format: 'count' },
      { key: 'best', label: 'Best rank', format: 'count' },
      { key: 'worst', label: 'Worst rank', format: 'count' },
      { key: 'units', label: 'Items or clusters', format: 'count' },
      { key: 'won', label: 'Items won', format: 'count' },
      { key: 'tied', label: 'Tied', format: 'count' },
      { key: 'lost', label: 'Lost', format: 'count' },
      { key: 'ability', label: 'Ability, ties as half wins', format: 'difference' },
      { key: 'withTies', label: 'Ability, ties modelled', format: 'difference' },
      { key: 'elo', label: 'Elo points, SD over orders', format: 'number' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}
