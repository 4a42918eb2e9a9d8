/** Repeats of each cell of one model and measure, kept apart: what rerun noise is measured from. */
import { type Groups, groupRows, rowsOf } from './group.ts'
import { clustersOf } from './item-scores.ts'
import type { Observations } from './observations.ts'

export interface RepeatScores {
  /** Scored values, cell after cell; those of cell c are `values[starts[c]]` up to but excluding `values[starts[c + 1]]`. */
  readonly values: Float64Array
  readonly starts: Int32Array
  /** Dense item number of each cell, ascending. */
  readonly itemOf: Int32Array
  readonly items: number
  /** Dense cluster number of each cell's item. */
  readonly cluster: Int32Array
  readonly clusters: number
  /** Cells with at least two scored repeats. */
  readonly repeatedCells: number
  /** Most scored repeats of any cell. */
  readonly mostRepeats: number
  /** Whether every cell holds exactly one scored row of each of the same two or more runs. */
  readonly sameRuns: boolean
}

/** Only scored rows count as repeats; a cell in which nothing was scored is left out. */
export function repeatScores(observations: Observations, rows: Int32Array): RepeatScores {
  const scored = rows.filter((row) => observations.missing[row] === 0)
  const byItem = groupRows(scored, [observations.item.codes])
  const clusterOfItem = clustersOf(observations, byItem)
  const cells = groupRows(scored, [observations.item.codes, observations.variant.codes, observations.technique.codes])
  const values = new Float64Array(scored.length)
  const itemOf = new Int32Array(cells.count)
  const cluster = new Int32Array(cells.count)
  for (let i = 0; i < cells.members.length; i++) values[i] = observations.score[cells.members[i] ?? 0] ?? Number.NaN
  let [item, repeatedCells, mostRepeats] = [-1, 0, 0]
  for (let cell = 0; cell < cells.count; cell++) {
    const code = observations.item.codes[cells.first[cell] ?? 0]
    // Cells and items are numbered in the same order, so the next item is met exactly when the code changes.
    if (item < 0 || code !== observations.item.codes[byItem.first[item] ?? 0]) item++
    itemOf[cell] = item
    cluster[cell] = clusterOfItem.codes[item] ?? 0
    const repeats = rowsOf(cells, cell).length
    if (repeats > 1) repeatedCells++
    if (repeats > mostRepeats) mostRepeats = repeats
  }
  return {
    values,
    starts: cells.starts,
    itemOf,
    items: byItem.count,
    cluster,
    clusters: clusterOfItem.count,
    repeatedCells,
    mostRepeats,
    sameRuns: holdsSameRuns(observations, cells),
  }
}

function holdsSameRuns(observations: Observations, cells: Groups): boolean {
  if (cells.count === 0) return false
  const runs = rowsOf(cells, 0).map((row) => observations.run.codes[row] ?? -1)
  if (runs.length < 2 || new Set(runs).size < runs.length) return false
  for (let cell = 1; cell < cells.count; cell++) {
    const members = rowsOf(cells, cell)
    if (members.length !== runs.length) return false
    // Rows are in canonical order, so runs come in the same order in every cell.
    for (let i = 0; i < runs.length; i++) if (observations.run.codes[members[i] ?? 0] !== runs[i]) return false
  }
  return true
}
