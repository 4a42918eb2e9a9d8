/** A run of ours may lie there as its journal and as exports of several formats: each of its responses counts once. */
import { groupRows, type Observations, type RunRecord, rowsOf, selectRows } from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import { pickRows } from '../pick-rows.ts'

export interface DistinctCopies {
  readonly observations: Observations
  readonly runs: readonly RunRecord[]
  /** By id of the run that stayed. */
  readonly notes: ReadonlyMap<string, readonly Caveat[]>
}

export function distinctCopies(observations: Observations, runs: readonly RunRecord[]): DistinctCopies {
  const named = Map.groupBy(runs, ({ runName }) => runName)
  const dropped = new Map<string, RunRecord>()
  const left = new Uint8Array(observations.rows)
  for (const [name, copies] of named) {
    if (name === undefined || copies.length < 2) continue
    for (const each of repeatedIn({ observations, copies, left })) dropped.set(each.dropped.id, each.kept)
  }
  if (dropped.size === 0) return { observations, runs, notes: new Map() }
  const kept = selectRows(observations.rows, (row) => left[row] === 0)
  const gone = runs.filter(({ id }) => dropped.has(id))
  const notes = Map.groupBy(
    gone.map((run) => ({ run, by: dropped.get(run.id) })),
    ({ by }) => by?.id ?? '',
  )
  return {
    observations: pickRows(observations, kept),
    runs: runs.filter(({ id }) => !dropped.has(id)),
    notes: new Map(
      [...notes].map(([id, copies]) => [
        id,
        copies.map(
          ({ run, by }): Caveat => ({
            code: 'run-seen-twice',
            severity: 'note',
            values: {
              kept: by?.path ?? '',
              other: run.path,
              held: by?.found.responses ?? 0,
              left: run.found.responses,
            },
          }),
        ),
      ]),
    ),
  }
}

/** Marks rows that an earlier copy has already; gives the copies of which no row is left, with one that has their rows. */
function repeatedIn(options: {
  readonly observations: Observations
  readonly copies: readonly RunRecord[]
  readonly left: Uint8Array
}): readonly { readonly dropped: RunRecord; readonly kept: RunRecord }[] {
  const { observations, copies, left } = options
  const { run, model, item, variant, technique, replicate, scorer } = observations
  const ordered = inOrder(copies)
  const rankOf = new Map(ordered.map(({ id }, rank) => [run.values.indexOf(id), rank]))
  const rows = selectRows(observations.rows, (row) => rankOf.has(run.codes[row] ?? -1))
  const groups = groupRows(rows, [model.codes, item.codes, variant.codes, technique.codes, replicate, scorer.codes])
  const rankAt = (row: number): number => rankOf.get(run.codes[row] ?? -1) ?? 0
  const counted = new Set<number>()
  /** By rank of a copy: that of one which has a row of it already. */
  const keptBy = new Map<number, number>()
  for (let group = 0; group < groups.count; group++) {
    const members = rowsOf(groups, group)
    const [kept] = members.toSorted((a, b) => rankAt(a) - rankAt(b))
    if (kept === undefined) continue
    counted.add(rankAt(kept))
    for (const row of members) {
      if (row === kept) continue
      left[row] = 1
      keptBy.set(rankAt(row), rankAt(kept))
    }
  }
  return [...keptBy].flatMap(([rank, by]) => {
    const [dropped, kept] = [ordered[rank], ordered[by]]
    return counted.has(rank) || dropped === undefined || kept === undefined ? [] : [{ dropped, kept }]
  })
}

/** The journal first, then by path. */
function inOrder(copies: readonly RunRecord[]): readonly RunRecord[] {
  const rank = ({ source }: RunRecord): number => (source === 'assay-run' ? 0 : 1)
  return copies.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
