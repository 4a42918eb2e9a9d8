/** Passes of each model on each item under each variant, with the levels that random effects are for. */
import { clustersOf, groupRows, type Measure, type Observations } from '../../../domain/index.ts'
import type { CrossedLogitOptions, RandomFactor } from '../../../stats/index.ts'

export interface CrossedTable {
  readonly measure: Measure
  readonly models: readonly string[]
  readonly items: number
  readonly variants: number
  /** Most scored repeats of a cell. */
  readonly repeats: number
  readonly cells: number
  /** One column per model and no intercept, so that a contrast is a difference of two coefficients. */
  readonly data: Omit<CrossedLogitOptions, 'factors' | 'units'>
  /** Items, variants, clusters: those of which there are at least two. */
  readonly crossed: readonly RandomFactor[]
  /** Clusters of items, items where there are none: what is drawn independently. */
  readonly units: NonNullable<CrossedLogitOptions['units']>
  /** Item × model, where variants or repeats tell it from noise. */
  readonly interaction: RandomFactor
}

/** Number of cells (item × variant × technique × model with a score) without building the table. */
export function cellCount(observations: Observations, measure: Measure): number {
  return cellsOf(observations, measure).cells.count
}

function cellsOf(observations: Observations, { rows }: Measure) {
  const { item, variant, technique, model } = observations
  const scored = rows.filter((row) => observations.missing[row] === 0)
  return { scored, cells: groupRows(scored, [item.codes, variant.codes, technique.codes, model.codes]) }
}

export function crossedTable(observations: Observations, measure: Measure): CrossedTable {
  const { item, variant, technique, model } = observations
  const { scored, cells } = cellsOf(observations, measure)
  const successes = new Float64Array(cells.count)
  const trials = new Float64Array(cells.count)
  for (let i = 0; i < scored.length; i++) {
    const cell = cells.groupOf[i] ?? 0
    successes[cell] = (successes[cell] ?? 0) + (observations.score[scored[i] ?? 0] ?? 0)
    trials[cell] = (trials[cell] ?? 0) + 1
  }
  const byItem = groupRows(cells.first, [item.codes])
  const byVariant = groupRows(cells.first, [variant.codes, technique.codes])
  const byModel = groupRows(cells.first, [model.codes])
  const byBoth = groupRows(cells.first, [item.codes, model.codes])
  const clusters = clustersOf(observations, byItem)
  const design = new Float64Array(cells.count * byModel.count)
  for (let cell = 0; cell < cells.count; cell++) design[cell * byModel.count + (byModel.groupOf[cell] ?? 0)] = 1
  const factors: RandomFactor[] = [
    { name: 'item', levelOf: byItem.groupOf, levels: byItem.count },
    { name: 'variant', levelOf: byVariant.groupOf, levels: byVariant.count },
  ]
  const clusterOf = byItem.groupOf.map((at) => clusters.codes[at] ?? 0)
  if (clusters.count < byItem.count) factors.push({ name: 'cluster', levelOf: clusterOf, levels: clusters.count })
  return {
    measure,
    models: Array.from(byModel.first, (row) => model.values[model.codes[row] ?? -1] ?? ''),
    items: byItem.count,
    variants: byVariant.count,
    repeats: trials.reduce((most, count) => Math.max(most, count), 0),
    cells: cells.count,
    data: { successes, trials, design, columns: byModel.count },
    crossed: factors.filter(({ levels }) => levels > 1),
    units: { unitOf: clusterOf, units: clusters.count },
    interaction: { name: 'item × model', levelOf: byBoth.groupOf, levels: byBoth.count },
  }
}
