/** Responses of one model on one task as rows, scorers as columns: what several scorers said of the same response. */
import { groupRows } from './group.ts'
import { clustersOf } from './item-scores.ts'
import type { Measure } from './measures.ts'
import { categoryAt, type Observations } from './observations.ts'

export interface ResponseScores {
  readonly task: string
  readonly model: string
  readonly scorers: readonly string[]
  readonly responses: number
  /** Code of `observations.item` per response, ascending: the responses of one item stand together. */
  readonly item: Int32Array
  /** First row of each response. */
  readonly row: Int32Array
  /** responses × scorers, row-major; NaN where the scorer gave none. */
  readonly values: Float64Array
}

/** The responses of each model to one task that `measures`, all of that task, scored. */
export function responseScores(
  observations: Observations,
  { task, measures }: { readonly task: string; readonly measures: readonly Measure[] },
): readonly ResponseScores[] {
  const column = new Map(measures.map(({ scorer }, index) => [scorer, index] as const))
  const models = new Map<string, Int32Array[]>()
  for (const measure of measures)
    for (const { model, rows } of measure.models) models.set(model, [...(models.get(model) ?? []), rows])
  return [...models]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([model, parts]) => {
      const rows = concat(parts)
      const { item, run, variant, technique, replicate, scorer } = observations
      // The run last: which response of an item comes first must not depend on how a log names its runs.
      const groups = groupRows(rows, [item.codes, variant.codes, technique.codes, replicate, run.codes])
      const values = new Float64Array(groups.count * measures.length).fill(Number.NaN)
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? 0
        if (observations.missing[row] !== 0) continue
        const at = column.get(categoryAt(scorer, row) ?? '')
        if (at === undefined) continue
        const cell = (groups.groupOf[i] ?? 0) * measures.length + at
        // Rows of one scorer are in canonical order: of two for one response the first counts, whatever the log's order.
        if (Number.isNaN(values[cell] ?? 0)) values[cell] = observations.score[row] ?? Number.NaN
      }
      return {
        task,
        model,
        scorers: measures.map(({ scorer: name }) => name),
        responses: groups.count,
        item: groups.first.map((row) => item.codes[row] ?? 0),
        row: groups.first,
        values,
      }
    })
}

export interface OnePerItem {
  /** Positions in the table of responses, one per item. */
  readonly chosen: Int32Array
  /** Dense cluster numbers of the items, where any share one. */
  readonly clusters: Int32Array | undefined
  /** Items that had more than one response to choose from. */
  readonly several: number
}

/** One response per item: the first of those that `rank` puts highest. Responses ranked below 0 are left out. */
export function onePerItem(
  observations: Observations,
  { item, row, responses }: ResponseScores,
  rank: (response: number) => number,
): OnePerItem {
  const chosen: number[] = []
  let several = 0
  for (let start = 0; start < responses; ) {
    let [end, best, bestRank] = [start, -1, -1]
    for (; end < responses && item[end] === item[start]; end++) {
      const value = rank(end)
      if (value > bestRank) [best, bestRank] = [end, value]
    }
    if (best >= 0) {
      chosen.push(best)
      if (end - start > 1) several++
    }
    start = end
  }
  const rows = Int32Array.from(chosen, (response) => row[response] ?? 0)
  const clusters = clustersOf(observations, groupRows(rows, [observations.item.codes]))
  return {
    chosen: Int32Array.from(chosen),
    clusters: clusters.count < rows.length ? clusters.codes : undefined,
    several,
  }
}

/** Tasks with the measures of each. */
export function measuresByTask(
  measures: readonly Measure[],
): readonly { readonly task: string; readonly measures: readonly Measure[] }[] {
  return Array.from(
    Map.groupBy(measures, ({ task }) => task),
    ([task, group]) => ({ task, measures: group }),
  )
}

function concat(parts: readonly Int32Array[]): Int32Array {
  const rows = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    rows.set(part, at)
    at += part.length
  }
  // Groups keep the order of the rows they are given; ascending rows are in canonical order.
  return rows.sort()
}
