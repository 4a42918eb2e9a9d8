/**
 * Scores of several models on the same cells.
 *
 * Two models are compared only where both were scored on the same item under the same variant and technique: the mean
 * of one model over five wordings says nothing about another that saw one of them. A cell's score is the mean over its
 * scored repeats, an item's score the mean over the cells that both models share.
 */
import { groupRows, rowsOf } from './group.ts'
import type { Measure, ModelRows } from './measures.ts'
import { categoryAt, type Observations } from './observations.ts'

export interface CellTable {
  /** Codes of `observations.item`, ascending. */
  readonly items: Int32Array
  /** Position in `items` of each cell, ascending: the cells of one item stand together. */
  readonly itemOf: Int32Array
  readonly models: readonly ModelCells[]
}

export interface ModelCells {
  readonly model: string
  /** Mean over scored repeats per cell; NaN where nothing was scored. */
  readonly score: Float64Array
  readonly scored: Int32Array
  readonly missing: Int32Array
  /** Code of `observations.cluster` per item, −1 where this model's rows name none. */
  readonly cluster: Int32Array
}

/** One row per item that both models were scored on; all arrays are parallel. */
export interface PairedScores {
  readonly items: Int32Array
  readonly first: Float64Array
  readonly second: Float64Array
  /** Dense cluster numbers; an item without a cluster is one of its own. */
  readonly cluster: Int32Array
  readonly clusters: number
  /** Whether any item shares its cluster with another. */
  readonly clustered: boolean
  /** Whether each item holds one scored response per model: no repeats, variants or techniques were averaged. */
  readonly single: boolean
  /** Items that only one of the two was scored on. */
  readonly onlyFirst: number
  readonly onlySecond: number
}

/** The cells of all models of one measure, on one common numbering. A cell is an item, variant and technique. */
export function cellTable(observations: Observations, measure: Measure): CellTable {
  return tableOf(observations, { ...measure, within: [observations.variant.codes, observations.technique.codes] })
}

/**
 * The cells of all techniques of one model, on one common numbering: `models` holds the techniques by name, in order,
 * rows without one under ''. A cell is an item and variant.
 */
export function techniqueTable(observations: Observations, rows: Int32Array): CellTable {
  const groups = groupRows(rows, [observations.technique.codes])
  const models = Array.from({ length: groups.count }, (_, group) => ({
    model: categoryAt(observations.technique, groups.first[group] ?? 0) ?? '',
    rows: rowsOf(groups, group),
  }))
  return tableOf(observations, { rows, models, within: [observations.variant.codes] })
}

/** The cells of all variants of one model, on one common numbering: `models` holds the variants. A cell is an item and technique. */
export function variantTable(observations: Observations, rows: Int32Array): CellTable {
  const groups = groupRows(rows, [observations.variant.codes])
  const models = Array.from({ length: groups.count }, (_, group) => ({
    model: categoryAt(observations.variant, groups.first[group] ?? 0) ?? '',
    rows: rowsOf(groups, group),
  }))
  return tableOf(observations, { rows, models, within: [observations.technique.codes] })
}

interface TableParts {
  readonly rows: Int32Array
  readonly models: readonly ModelRows[]
  /** What sets the cells of one item apart. */
  readonly within: readonly Int32Array[]
}

function tableOf(observations: Observations, { rows: all, models, within }: TableParts): CellTable {
  const byItem = groupRows(all, [observations.item.codes])
  const cells = groupRows(all, [observations.item.codes, ...within])
  const place = new Int32Array(observations.rows)
  const itemOf = new Int32Array(cells.count)
  for (let i = 0; i < all.length; i++) {
    const cell = cells.groupOf[i] ?? 0
    place[all[i] ?? 0] = cell
    itemOf[cell] = byItem.groupOf[i] ?? 0
  }
  const items = byItem.first.map((row) => observations.item.codes[row] ?? 0)
  return {
    items,
    itemOf,
    models: models.map(({ model, rows }) => ({
      model,
      ...modelCells({ observations, rows, place, itemOf, items: items.length }),
    })),
  }
}

/** Item scores of two models over the cells that both were scored on. */
export function pairScores(table: CellTable, first: ModelCells, second: ModelCells): PairedScores {
  return pairCells(table, scoredCells(first), scoredCells(second))
}

/** Share of missing scores of two models per item, over the cells that both were asked, scored or not. */
export function pairMissing(table: CellTable, first: ModelCells, second: ModelCells): PairedScores {
  return pairCells(table, missingCells(first), missingCells(second))
}

function scoredCells({ scored, score, cluster }: ModelCells): CellColumn {
  return { count: scored, value: score, cluster }
}

function missingCells({ scored, missing, cluster }: ModelCells): CellColumn {
  const count = new Int32Array(scored.length)
  const value = new Float64Array(scored.length)
  for (let cell = 0; cell < count.length; cell++) {
    const lacking = missing[cell] ?? 0
    const asked = (scored[cell] ?? 0) + lacking
    count[cell] = asked
    value[cell] = lacking / asked
  }
  return { count, value, cluster }
}

interface CellColumn extends Pick<ModelCells, 'cluster'> {
  /** Responses per cell; a cell without any is not shared. */
  readonly count: Int32Array
  readonly value: Float64Array
}

function pairCells(table: CellTable, first: CellColumn, second: CellColumn): PairedScores {
  const limit = table.items.length
  // Until an item is skipped the shared items are those of the table, and no pair needs a copy of them.
  let items: Int32Array | undefined
  const firstScore = new Float64Array(limit)
  const secondScore = new Float64Array(limit)
  const cluster = new Int32Array(limit)
  let named: Map<number, number> | undefined
  let [n, clusters, onlyFirst, onlySecond] = [0, 0, 0, 0]
  let single = true
  for (let cell = 0; cell < table.itemOf.length; ) {
    const item = table.itemOf[cell] ?? 0
    let [shared, sumFirst, sumSecond] = [0, 0, 0]
    let [seenFirst, seenSecond] = [false, false]
    for (; cell < table.itemOf.length && table.itemOf[cell] === item; cell++) {
      const countFirst = first.count[cell] ?? 0
      const countSecond = second.count[cell] ?? 0
      seenFirst ||= countFirst > 0
      seenSecond ||= countSecond > 0
      if (countFirst === 0 || countSecond === 0) continue
      if (countFirst > 1 || countSecond > 1 || shared > 0) single = false
      shared++
      sumFirst += first.value[cell] ?? 0
      sumSecond += second.value[cell] ?? 0
    }
    if (shared === 0) {
      items ??= table.items.slice()
      if (seenFirst) onlyFirst++
      if (seenSecond) onlySecond++
      continue
    }
    const name = Math.max(first.cluster[item] ?? -1, second.cluster[item] ?? -1)
    const known = name < 0 ? undefined : named?.get(name)
    cluster[n] = known ?? clusters
    if (known === undefined) {
      if (name >= 0) {
        named ??= new Map()
        named.set(name, clusters)
      }
      clusters++
    }
    if (items !== undefined) items[n] = table.items[item] ?? 0
    firstScore[n] = sumFirst / shared
    secondScore[n] = sumSecond / shared
    n++
  }
  return {
    items: items?.subarray(0, n) ?? table.items,
    first: firstScore.subarray(0, n),
    second: secondScore.subarray(0, n),
    cluster: cluster.subarray(0, n),
    clusters,
    clustered: clusters < n,
    single,
    onlyFirst,
    onlySecond,
  }
}

interface ModelRowsOnCells {
  readonly observations: Observations
  readonly rows: Int32Array
  readonly place: Int32Array
  readonly itemOf: Int32Array
  readonly items: number
}

function modelCells({ observations, rows, place, itemOf, items }: ModelRowsOnCells): Omit<ModelCells, 'model'> {
  const score = new Float64Array(itemOf.length)
  const scored = new Int32Array(itemOf.length)
  const missing = new Int32Array(itemOf.length)
  const cluster = new Int32Array(items).fill(-1)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    const cell = place[row] ?? 0
    if (observations.missing[row] === 0) {
      score[cell] = (score[cell] ?? 0) + (observations.score[row] ?? 0)
      scored[cell] = (scored[cell] ?? 0) + 1
    } else {
      missing[cell] = (missing[cell] ?? 0) + 1
    }
    const item = itemOf[cell] ?? 0
    if ((cluster[item] ?? -1) < 0) cluster[item] = observations.cluster.codes[row] ?? -1
  }
  for (let cell = 0; cell < score.length; cell++) {
    const count = scored[cell] ?? 0
    score[cell] = count === 0 ? Number.NaN : (score[cell] ?? 0) / count
  }
  return { score, scored, missing, cluster }
}
