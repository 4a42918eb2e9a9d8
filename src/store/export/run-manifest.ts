/** The manifest of a run: what its rows do not tell. */
import {
  cellAt,
  type MadeByPlugIns,
  manifestText,
  ScoreDigest,
  type Study,
  scoresOfCell,
  UnscoredResponses,
} from '../../domain/index.ts'
import type { FinishedRun } from '../read-run.ts'

export function manifestOfRun(run: FinishedRun): string {
  const { protocol, start, stop, cells, chain, torn, late, lateRequests, disbelieved, ledger, lost, searches } = run
  const { study, time, software, endpoints, settings, registered } = start
  const reported = new Set(study.items.map(({ id }) => id))
  const exemplars = cells.flatMap((cell) => cell.exemplars ?? [])
  const unscored = new UnscoredResponses()
  for (const { index, scores } of cells) unscored.add(index, scores)
  return manifestText({
    protocolHash: study.protocolHash,
    protocol,
    made: madeByPlugIns(study),
    start: { time, software, endpoints, settings, registered },
    stop,
    journal: { chain, torn },
    cells: { finished: cells.length, scores: digestOf(run) },
    late,
    lateRequests,
    shared: cells.reduce((sum, { shared }) => sum + (shared ?? 0), 0),
    leakedExemplars: [...new Set(exemplars.filter((id) => reported.has(id)))].sort(),
    versions: versionsOf(run),
    unscored: unscored.list(),
    disbelieved,
    ledger,
    lost,
    searches,
  })
}

function madeByPlugIns({ settings, scorers, design, search, caveats }: Study): MadeByPlugIns {
  if (search === undefined) return { settings, scorers, design, caveats }
  const { items: _, ...searched } = search
  return { settings, scorers, design, caveats, search: searched }
}

function digestOf({ start, cells }: FinishedRun): string {
  const digest = new ScoreDigest(start.study.scorers.map(({ label }) => label))
  for (const cell of cells) digest.add(cell.index, scoresOfCell(cell))
  return digest.finish()
}

/** Versions that each model said it was, counted. */
function versionsOf({ start, cells }: FinishedRun): Record<string, number> {
  const { study } = start
  const said = new Map(study.models.map((model) => [model, new Set<string>()]))
  for (const { index, servedBy } of cells)
    if (servedBy !== undefined) said.get(study.models[cellAt(study, index).model] ?? '')?.add(servedBy)
  return Object.fromEntries([...said].map(([model, versions]) => [model, versions.size]))
}
