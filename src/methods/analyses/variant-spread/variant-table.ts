/** The items × variants table of one model under one technique: only items scored under every variant are compared. */
import {
  type CellScores,
  categoryAt,
  cellScores,
  clustersOf,
  groupRows,
  type Levels,
  type Measure,
  type Observations,
  rowsOf,
  variantLabel,
} from '../../../domain/index.ts'

export interface VariantTable {
  readonly measure: Measure
  readonly model: string
  /** Absent where the log names no technique. */
  readonly technique: string | undefined
  /** Codes of `observations.variant`, in order, with their levels and labels. */
  readonly variants: readonly number[]
  readonly levels: readonly Levels[]
  readonly labels: readonly string[]
  /** Share of the responses of each variant that have no score, all items counted. */
  readonly unscored: readonly number[]
  /** Variants with fewer than half as many scored items as the best covered one: not compared. */
  readonly thinVariants: readonly string[]
  /** Codes of complete items, and the row of each item code (−1: not complete). */
  readonly items: Int32Array
  readonly rowOfItem: Int32Array
  /** Complete items × variants, row-major: mean over scored repeats. */
  readonly values: Float64Array
  /** Scored repeats per cell where that number is the same everywhere, else 1. */
  readonly repeats: number
  /** All repeats, cell after cell, where `repeats` is 2 or more. */
  readonly runs: Float64Array | undefined
  /** Dense cluster number of each complete item. */
  readonly cluster: Int32Array
  readonly clusters: number
  /** Cluster by item code over all models of the measure. */
  readonly clusterOfItem: Int32Array
  readonly incompleteItems: number
}

export function spreadKey({ measure, model, technique }: VariantTable): string {
  return [measure.task, measure.scorer, model, ...(technique === undefined ? [] : [technique])].join('/')
}

export function spreadLabel({ measure, model, technique }: VariantTable): string {
  return `${model}, ${measure.key}${technique === undefined ? '' : `, ${technique}`}`
}

/** One table per model and technique of a measure, also where there is only one variant. */
export function variantTables(observations: Observations, measure: Measure): readonly VariantTable[] {
  const clusterOfItem = clustersByItem(observations, measure)
  return measure.models.flatMap(({ model, rows }) => {
    const techniques = groupRows(rows, [observations.technique.codes])
    return Array.from({ length: techniques.count }, (_, group) => {
      const own = rowsOf(techniques, group)
      const technique = categoryAt(observations.technique, own[0] ?? 0)
      return { measure, model, technique, ...tableOf(observations, { rows: own, clusterOfItem }) }
    })
  })
}

/** Cluster of each item code over all models, so that tables of different models share their clusters. */
function clustersByItem(observations: Observations, measure: Measure): Int32Array {
  const byItem = groupRows(measure.rows, [observations.item.codes])
  const { codes } = clustersOf(observations, byItem)
  const clusterOfItem = new Int32Array(observations.item.values.length).fill(-1)
  for (let group = 0; group < byItem.count; group++) {
    clusterOfItem[observations.item.codes[byItem.first[group] ?? 0] ?? 0] = codes[group] ?? 0
  }
  return clusterOfItem
}

interface TableRows {
  readonly rows: Int32Array
  readonly clusterOfItem: Int32Array
}

function tableOf(observations: Observations, { rows, clusterOfItem }: TableRows) {
  const cells = cellScores(observations, rows)
  const k = cells.variants.length
  const scoredItems = Array.from({ length: k }, () => 0)
  for (let cell = 0; cell < cells.scored.length; cell++) {
    if ((cells.scored[cell] ?? 0) > 0) scoredItems[cell % k] = (scoredItems[cell % k] ?? 0) + 1
  }
  const enough = Math.max(...scoredItems) / 2
  const columns = scoredItems.map((_, column) => column).filter((column) => (scoredItems[column] ?? 0) >= enough)
  const kept = completeItems({ scored: cells.scored, k, columns })
  const values = new Float64Array(kept.length * columns.length)
  let least = Number.POSITIVE_INFINITY
  let most = 0
  let at = 0
  for (const item of kept) {
    for (const column of columns) {
      const count = cells.scored[item * k + column] ?? 0
      if (count < least) least = count
      if (count > most) most = count
      values[at++] = cells.score[item * k + column] ?? Number.NaN
    }
  }
  const repeats = least === most ? most : 1
  const variants = columns.map((column) => cells.variants[column] ?? 0)
  const items = Int32Array.from(kept, (item) => cells.items[item] ?? 0)
  const levels = variants.map((variant) => observations.variants[variant] ?? {})
  const anyScored = cells.items.reduce(
    (count, _, item) => count + (cells.scored.subarray(item * k, (item + 1) * k).some((n) => n > 0) ? 1 : 0),
    0,
  )
  return {
    variants,
    levels,
    labels: levels.map(variantLabel),
    unscored: columns.map((column) => unscoredShare({ cells, column })),
    thinVariants: scoredItems.flatMap((count, column) =>
      count >= enough ? [] : [variantLabel(observations.variants[cells.variants[column] ?? 0] ?? {})],
    ),
    items,
    rowOfItem: rowsByItem(items, observations.item.values.length),
    values,
    repeats,
    runs: repeats < 2 ? undefined : repeatedRuns(observations, { rows, items, variants, repeats }),
    ...denseClusters(items, clusterOfItem),
    incompleteItems: anyScored - kept.length,
  }
}

interface VariantColumn {
  readonly cells: CellScores
  readonly column: number
}

function unscoredShare({ cells, column }: VariantColumn): number {
  let [missing, all] = [0, 0]
  for (let cell = column; cell < cells.scored.length; cell += cells.variants.length) {
    missing += cells.missing[cell] ?? 0
    all += (cells.missing[cell] ?? 0) + (cells.scored[cell] ?? 0)
  }
  return missing / all
}

interface Cells {
  readonly scored: Int32Array
  readonly k: number
  readonly columns: readonly number[]
}

function completeItems({ scored, k, columns }: Cells): readonly number[] {
  const kept: number[] = []
  for (let item = 0; item < scored.length / k; item++) {
    if (columns.every((column) => (scored[item * k + column] ?? 0) > 0)) kept.push(item)
  }
  return kept
}

interface RunCells {
  readonly rows: Int32Array
  readonly items: Int32Array
  readonly variants: readonly number[]
  readonly repeats: number
}

function repeatedRuns(observations: Observations, { rows, items, variants, repeats }: RunCells): Float64Array {
  const place = rowsByItem(items, observations.item.values.length)
  const columnOf = new Map(variants.map((variant, column) => [variant, column]))
  const runs = new Float64Array(items.length * variants.length * repeats)
  const filled = new Int32Array(items.length * variants.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    const position = place[observations.item.codes[row] ?? 0] ?? -1
    const column = columnOf.get(observations.variant.codes[row] ?? -1)
    if (position < 0 || column === undefined || observations.missing[row] !== 0) continue
    const cell = position * variants.length + column
    const next = filled[cell] ?? 0
    runs[cell * repeats + next] = observations.score[row] ?? Number.NaN
    filled[cell] = next + 1
  }
  return runs
}

function rowsByItem(items: Int32Array, codes: number): Int32Array {
  const rows = new Int32Array(codes).fill(-1)
  for (const [row, item] of items.entries()) rows[item] = row
  return rows
}

/** Clusters of these items, numbered from 0 in order of first appearance. */
export function denseClusters(
  items: Int32Array,
  clusterOfItem: Int32Array,
): { readonly cluster: Int32Array; readonly clusters: number; readonly clusterOfItem: Int32Array } {
  const numbers = new Map<number, number>()
  const cluster = items.map((item) => {
    const name = clusterOfItem[item] ?? -1
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, numbers.size)
    return numbers.size - 1
  })
  return { cluster, clusters: numbers.size, clusterOfItem }
}
