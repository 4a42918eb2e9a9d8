/** What came of a study: its claims with their verdicts, and what a reader must know of the run. */
import {
  type ClaimFollower,
  cellCount,
  claimVerdictOf,
  type DisbelievedBy,
  type LedgerEntry,
  type Paid,
  type RegisteredProtocol,
  type SearchEndRecord,
  type StopRecord,
  type Study,
  type StudyRecord,
  type UnscoredBy,
} from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'

/** A run of ours as it was read, from its journal or from the rows of an export. */
export interface RunSeen {
  readonly path: string
  readonly study: Study
  readonly started: string
  readonly registered: RegisteredProtocol | undefined
  readonly follower: ClaimFollower
  readonly stop: StopRecord | undefined
  /** Whether it ends in the middle of a record. */
  readonly torn: boolean
  /** Cells that finished and count, and those that came after the decision. */
  readonly finished: number
  readonly late: number
  /** Requests for items beyond those that the decision counts. */
  readonly lateRequests: number
  /** Calls whose answer stands for several settings. */
  readonly shared: number
  /** Items that the first model was asked about. */
  readonly askedItems: number
  readonly leakedExemplars: readonly string[]
  readonly unscored: readonly UnscoredBy[]
  /** Calls whose counts cannot be. */
  readonly disbelieved: readonly DisbelievedBy[]
  readonly ledger: readonly LedgerEntry[]
  /** Paid besides, at most, for answers that were lost when a session was killed. */
  readonly lost: Paid
  readonly searches: readonly SearchEndRecord[]
}

export function studyRecord(seen: RunSeen): StudyRecord {
  const { study, follower, stop, finished, late } = seen
  return {
    study,
    registered: seen.registered,
    started: seen.started,
    askedItems: seen.askedItems,
    verdicts: follower.standings().map((standing) => claimVerdictOf(standing, study)),
    ...(stop?.reason === 'decided'
      ? { endedEarly: { cells: finished + late, total: cellCount(study), lateRequests: seen.lateRequests } }
      : {}),
    ledger: seen.ledger,
    ...(seen.lost.calls > 0 ? { lost: seen.lost } : {}),
    leakedExemplars: seen.leakedExemplars,
    ...(study.search === undefined ? {} : { searches: seen.searches }),
  }
}

export function runCaveats(seen: RunSeen): readonly Caveat[] {
  const { study, path, stop, torn, finished, late, lost, shared, leakedExemplars } = seen
  const total = cellCount(study)
  const caveats: Caveat[] = [...(study.caveats ?? [])]
  if (study.search !== undefined)
    caveats.push({ code: 'reported-settings-are-ends', severity: 'caution', values: { path } })
  if (leakedExemplars.length > 0) {
    const values = { exemplars: leakedExemplars.length, path, example: leakedExemplars[0] ?? '' }
    caveats.push({ code: 'exemplars-from-reported-items', severity: 'invalid', values })
  }
  if (stop === undefined || torn)
    caveats.push({ code: 'run-cut-off', severity: 'caution', values: { path, done: finished, total } })
  else if (stop.reason !== 'complete' && stop.reason !== 'decided')
    caveats.push({
      code: 'run-not-finished',
      severity: 'caution',
      values: { path, done: finished, total, reason: stop.reason },
    })
  for (const { scorer, responses, because } of seen.unscored)
    caveats.push({ code: 'scorer-gave-no-score', severity: 'caution', values: { scorer, responses, because } })
  if (stop?.reason === 'decided' && stop.cells < total)
    caveats.push({ code: 'run-stopped-when-decided', severity: 'caution', values: { path, cells: stop.cells, total } })
  if (late > 0) caveats.push({ code: 'run-cells-after-decision', severity: 'note', values: { path, cells: late } })
  for (const values of seen.disbelieved)
    caveats.push({ code: 'usage-not-believed', severity: 'caution', values: { ...values } })
  if (lost.calls > 0) caveats.push({ code: 'calls-lost', severity: 'note', values: { calls: lost.calls } })
  if (shared > 0)
    caveats.push({ code: 'calls-shared-between-settings', severity: 'note', values: { path, calls: shared } })
  return caveats
}

/** Of a model that said it was another one in the middle of the run. */
export function versionCaveats(model: string, versions: number): readonly Caveat[] {
  return versions < 2 ? [] : [{ code: 'model-changed-during-run', severity: 'caution', values: { model, versions } }]
}
