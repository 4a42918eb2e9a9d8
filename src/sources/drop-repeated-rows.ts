/** Drops rows that say the same thing twice: same run, model, task, scorer, item, variant, technique and repeat. */
import type { Observations } from '../domain/index.ts'
import type { Caveat } from '../stats/index.ts'
import { pickRows } from './pick-rows.ts'

export interface DistinctRows {
  readonly observations: Observations
  /** By run id: how many rows were dropped, and whether they agreed with the one that was kept. */
  readonly repeated: ReadonlyMap<string, Caveat>
}

/** Relies on canonical order, in which such rows are neighbours; the one that sorts first is kept. */
export function dropRepeatedRows(observations: Observations): DistinctRows {
  const { rows, run, model, task, scorer, item, variant, technique, replicate } = observations
  const keys = [item.codes, replicate, variant.codes, scorer.codes, task.codes, technique.codes, model.codes, run.codes]
  const kept = new Int32Array(rows)
  let count = 0
  const dropped = new Map<string, { rows: number; differing: number }>()
  for (let row = 0; row < rows; row++) {
    const last = kept[count - 1] ?? 0
    if (count === 0 || keys.some((key) => key[row] !== key[last])) {
      kept[count++] = row
      continue
    }
    const id = run.values[run.codes[row] ?? -1] ?? ''
    const tally = dropped.get(id) ?? { rows: 0, differing: 0 }
    tally.rows++
    if (!sameScore(observations, row, last)) tally.differing++
    dropped.set(id, tally)
  }
  if (count === rows) return { observations, repeated: new Map() }
  const repeated = new Map<string, Caveat>()
  for (const [id, { rows: number, differing }] of dropped) {
    const severity = differing === 0 ? 'caution' : 'invalid'
    repeated.set(id, { code: 'repeated-rows', severity, values: { rows: number, differing } })
  }
  return { observations: pickRows(observations, kept.subarray(0, count)), repeated }
}

function sameScore({ score, missing }: Observations, a: number, b: number): boolean {
  return missing[a] === missing[b] && (missing[a] !== 0 || score[a] === score[b])
}
