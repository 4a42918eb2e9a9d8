/**
 * Scores of the items of one model and measure.
 *
 * A cell is one item under one variant and technique; its score is the mean over its scored repeats (runs of the same
 * model count as repeats). An item's score is the mean of its cells, so that a variant that happened to be repeated
 * more often weighs no more than another.
 */
import { type Groups, groupRows, rowsOf } from './group.ts'
import type { Observations } from './observations.ts'

export interface ItemScores {
  /** Codes of `observations.item`, ascending; every array below is parallel to it. */
  readonly items: Int32Array
  /** Dense cluster number of each item, 0 … clusters − 1; an item without a cluster is one of its own. */
  readonly cluster: Int32Array
  readonly clusters: number
  /** Whether any item shares its cluster with another. */
  readonly clustered: boolean
  /** Mean of cell means; NaN where nothing was scored. */
  readonly score: Float64Array
  readonly scored: Int32Array
  readonly missing: Int32Array
}

export function itemScores(observations: Observations, rows: Int32Array): ItemScores {
  const byItem = groupRows(rows, [observations.item.codes])
  // Cells come in the order of their items, so one pass over them meets each item's cells together.
  const cells = groupRows(rows, [observations.item.codes, observations.variant.codes, observations.technique.codes])
  const items = byItem.first.map((row) => observations.item.codes[row] ?? 0)
  const score = new Float64Array(byItem.count).fill(Number.NaN)
  const scored = new Int32Array(byItem.count)
  const missing = new Int32Array(byItem.count)
  let cell = 0
  for (let group = 0; group < byItem.count; group++) {
    let sum = 0
    let count = 0
    for (; cell < cells.count && observations.item.codes[cells.first[cell] ?? 0] === items[group]; cell++) {
      const summary = cellMean(observations, rowsOf(cells, cell))
      scored[group] = (scored[group] ?? 0) + summary.scored
      missing[group] = (missing[group] ?? 0) + summary.missing
      if (summary.scored > 0) {
        sum += summary.mean
        count++
      }
    }
    if (count > 0) score[group] = sum / count
  }
  const { codes, count } = clustersOf(observations, byItem)
  return { items, cluster: codes, clusters: count, clustered: count < byItem.count, score, scored, missing }
}

export interface CellScores {
  readonly items: Int32Array
  readonly cluster: Int32Array
  /** Codes of `observations.variant`, ascending: the columns. */
  readonly variants: Int32Array
  /** items × variants, row-major: mean over scored repeats; NaN where nothing was scored. */
  readonly score: Float64Array
  readonly scored: Int32Array
  readonly missing: Int32Array
}

/** The item × variant matrix of one model and measure. */
export function cellScores(observations: Observations, rows: Int32Array): CellScores {
  const byItem = groupRows(rows, [observations.item.codes])
  const byVariant = groupRows(rows, [observations.variant.codes])
  const items = byItem.first.map((row) => observations.item.codes[row] ?? 0)
  const variants = byVariant.first.map((row) => observations.variant.codes[row] ?? 0)
  const score = new Float64Array(items.length * variants.length).fill(Number.NaN)
  const scored = new Int32Array(score.length)
  const missing = new Int32Array(score.length)
  const sums = new Float64Array(score.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    const cell = (byItem.groupOf[i] ?? 0) * variants.length + (byVariant.groupOf[i] ?? 0)
    if (observations.missing[row] === 0) {
      sums[cell] = (sums[cell] ?? 0) + (observations.score[row] ?? 0)
      scored[cell] = (scored[cell] ?? 0) + 1
    } else {
      missing[cell] = (missing[cell] ?? 0) + 1
    }
  }
  for (let cell = 0; cell < score.length; cell++) {
    const count = scored[cell] ?? 0
    if (count > 0) score[cell] = (sums[cell] ?? 0) / count
  }
  return { items, cluster: clustersOf(observations, byItem).codes, variants, score, scored, missing }
}

function cellMean(observations: Observations, rows: Int32Array): { mean: number; scored: number; missing: number } {
  let sum = 0
  let scored = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    if (observations.missing[row] !== 0) continue
    sum += observations.score[row] ?? 0
    scored++
  }
  return { mean: scored === 0 ? Number.NaN : sum / scored, scored, missing: rows.length - scored }
}

/** Dense cluster numbers; an item's cluster is the first that any of its rows names, else the item itself. */
export function clustersOf(observations: Observations, byItem: Groups): { codes: Int32Array; count: number } {
  const named = new Map<number, number>()
  const codes = new Int32Array(byItem.count)
  let count = 0
  for (let group = 0; group < byItem.count; group++) {
    const members = rowsOf(byItem, group)
    let name = -1
    for (let i = 0; i < members.length && name < 0; i++) name = observations.cluster.codes[members[i] ?? 0] ?? -1
    const known = name < 0 ? undefined : named.get(name)
    if (known === undefined) {
      if (name >= 0) named.set(name, count)
      codes[group] = count++
    } else {
      codes[group] = known
    }
  }
  return { codes, count }
}
