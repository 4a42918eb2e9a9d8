/** The measures of a table: one per task and scorer, the unit within which scores may be averaged and compared. */
import { groupRows, rowsOf, selectRows } from './group.ts'
import type { Observations } from './observations.ts'

/**
 * What values a score takes, judged from the scores themselves.
 * `binary`: only 0 and 1. `unit`: inside [0, 1]. `unbounded`: anything else; no range may then be assumed.
 */
export type ScoreScale = 'binary' | 'unit' | 'unbounded'

export interface Measure {
  /** `task / scorer`, unique in the table. */
  readonly key: string
  readonly task: string
  readonly scorer: string
  readonly scale: ScoreScale
  readonly rows: Int32Array
  readonly models: readonly ModelRows[]
}

export interface ModelRows {
  readonly model: string
  readonly rows: Int32Array
}

/** All measures, ordered by task and scorer; models inside a measure ordered by name. */
export function measuresOf(observations: Observations): readonly Measure[] {
  const known = found.get(observations)
  if (known !== undefined) return known
  const measures = findMeasures(observations)
  found.set(observations, measures)
  return measures
}

/** Every analysis asks the same of the same table, which never changes. */
const found = new WeakMap<Observations, readonly Measure[]>()

function findMeasures(observations: Observations): readonly Measure[] {
  const all = selectRows(observations.rows, () => true)
  const groups = groupRows(all, [observations.task.codes, observations.scorer.codes])
  return Array.from({ length: groups.count }, (_, group) => {
    const rows = rowsOf(groups, group)
    const first = groups.first[group] ?? 0
    const task = observations.task.values[observations.task.codes[first] ?? -1] ?? ''
    const scorer = observations.scorer.values[observations.scorer.codes[first] ?? -1] ?? ''
    return {
      key: `${task} / ${scorer}`,
      task,
      scorer,
      scale: scaleOf(observations, rows),
      rows,
      models: modelsOf(observations, rows),
    }
  })
}

function modelsOf(observations: Observations, rows: Int32Array): readonly ModelRows[] {
  const groups = groupRows(rows, [observations.model.codes])
  return Array.from({ length: groups.count }, (_, group) => ({
    model: observations.model.values[observations.model.codes[groups.first[group] ?? 0] ?? -1] ?? '',
    rows: rowsOf(groups, group),
  }))
}

function scaleOf(observations: Observations, rows: Int32Array): ScoreScale {
  let scale: ScoreScale = 'binary'
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    if (observations.missing[row] !== 0) continue
    const score = observations.score[row] ?? Number.NaN
    if (score === 0 || score === 1) continue
    if (score < 0 || score > 1) return 'unbounded'
    scale = 'unit'
  }
  return scale
}
