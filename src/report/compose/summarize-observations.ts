/** Counts what was observed: the sizes a reader needs before any number means something. */
import { type Category, groupRows, missingReasons, type Observations, rowsOf, selectRows } from '../../domain/index.ts'
import type { ObservationsRecord } from '../document.ts'

export function summarizeObservations(observations: Observations): ObservationsRecord {
  const { rows, model, task, scorer, item, variant, technique, cluster } = observations
  const all = selectRows(rows, () => true)
  const cells = groupRows(all, [model.codes, task.codes, scorer.codes])
  return {
    rows,
    scored: countScored(observations, all),
    models: [...model.values],
    tasks: [...task.values],
    scorers: [...scorer.values],
    techniques: [...technique.values],
    items: groupRows(all, [task.codes, item.codes]).count,
    clusters: distinct(cluster, all),
    variants: distinct(variant, all),
    replicates: mostRepeats(observations, all),
    missing: missingByReason(observations),
    cells: Array.from({ length: cells.count }, (_, cell) => {
      const members = rowsOf(cells, cell)
      const first = cells.first[cell] ?? 0
      return {
        model: textAt(model, first),
        task: textAt(task, first),
        scorer: textAt(scorer, first),
        items: distinct(item, members),
        variants: distinct(variant, members),
        techniques: distinct(technique, members),
        replicates: mostRepeats(observations, members),
        rows: members.length,
        scored: countScored(observations, members),
      }
    }),
  }
}

function countScored({ missing }: Observations, rows: Int32Array): number {
  let scored = 0
  for (const row of rows) if (missing[row] === 0) scored++
  return scored
}

function missingByReason({ missing }: Observations): Record<string, number> {
  const counts = new Map<string, number>()
  for (const code of missing) {
    if (code === 0) continue
    const reason = missingReasons[code] ?? 'unknown'
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  const named = missingReasons.filter((reason) => counts.has(reason))
  return Object.fromEntries(named.map((reason) => [reason, counts.get(reason) ?? 0]))
}

/** Repeats are counted, not numbered: a log may number them from 0, from 1 or by seed. */
function mostRepeats(
  { run, model, task, scorer, item, variant, technique, replicate }: Observations,
  rows: Int32Array,
) {
  const groups = groupRows(
    rows,
    [model, task, scorer, item, variant, technique, run].map(({ codes }) => codes),
  )
  let most = 0
  for (let group = 0; group < groups.count; group++) {
    const members = rowsOf(groups, group)
    if (members.length > most) most = Math.max(most, new Set(members.map((row) => replicate[row] ?? 0)).size)
  }
  return most
}

function distinct({ codes, values }: Category, rows: Int32Array): number {
  const seen = new Uint8Array(values.length)
  let count = 0
  for (const row of rows) {
    const code = codes[row] ?? -1
    if (code < 0 || seen[code] === 1) continue
    seen[code] = 1
    count++
  }
  return count
}

function textAt({ codes, values }: Category, row: number): string {
  return values[codes[row] ?? -1] ?? ''
}
