/** Counts a run while it is read and makes its records: one per model, the study with its claims on the first. */
import {
  CallLedger,
  type CallRecord,
  type CellRecord,
  type ClaimFollower,
  cellAt,
  DisbelievedCalls,
  followClaims,
  lenientName,
  type ObservationRow,
  type Paid,
  RequestsByItem,
  type RunRecord,
  responsesPerModel,
  runName,
  type SearchEndRecord,
  type StartRecord,
  type StopRecord,
  scoresOfCell,
  UnscoredResponses,
} from '../../domain/index.ts'
import type { FileDigest } from '../files/open-bytes.ts'
import { type RunSeen, runCaveats, studyRecord, versionCaveats } from './study-record.ts'

export interface RunTallyOptions {
  readonly start: StartRecord
  readonly path: string
}

/** What is known once the journal has been read to its end. */
export interface JournalSeen {
  readonly stop: StopRecord | undefined
  readonly digests: readonly FileDigest[]
  readonly chain: string
  readonly torn: boolean
  /** Paid, at most, for answers that were lost when a session was killed. */
  readonly lost: Paid
}

interface ModelCounts {
  readonly items: Set<string>
  readonly versions: Set<string>
  rows: number
  scoredRows: number
  cells: number
}

export class RunTally {
  readonly #options: RunTallyOptions
  readonly #follower: ClaimFollower
  readonly #models = new Map<string, ModelCounts>()
  readonly #ledger = new CallLedger()
  readonly #reported: ReadonlySet<string>
  readonly #leaked = new Set<string>()
  readonly #unscored = new UnscoredResponses()
  readonly #disbelieved = new DisbelievedCalls()
  readonly #requests: RequestsByItem
  readonly #searches: SearchEndRecord[] = []
  #shared = 0
  #late = 0

  constructor(options: RunTallyOptions) {
    this.#options = options
    const { study } = options.start
    this.#follower = followClaims(study)
    this.#requests = new RequestsByItem(study)
    this.#reported = new Set(study.items.map(({ id }) => id))
    for (const model of study.models)
      this.#models.set(model, { items: new Set(), versions: new Set(), rows: 0, scoredRows: 0, cells: 0 })
  }

  idOf(model: string): string {
    const { start } = this.#options
    return `${runName(start.study.protocolHash, start.time)}/${model}`
  }

  countCall(call: CallRecord): void {
    this.#ledger.add(call)
    this.#disbelieved.add(call)
    this.#requests.add(call)
  }

  countSearch(search: SearchEndRecord): void {
    this.#searches.push(search)
  }

  countRow({ model, item, score }: ObservationRow): void {
    const counts = this.#models.get(model)
    if (counts === undefined) return
    counts.items.add(item)
    counts.rows++
    if (typeof score === 'number') counts.scoredRows++
  }

  countCell(cell: CellRecord): void {
    const { study } = this.#options.start
    const counts = this.#models.get(study.models[cellAt(study, cell.index).model] ?? '')
    if (counts !== undefined) {
      counts.cells++
      if (cell.servedBy !== undefined) counts.versions.add(cell.servedBy)
    }
    for (const id of cell.exemplars ?? []) if (this.#reported.has(id)) this.#leaked.add(id)
    this.#shared += cell.shared ?? 0
    this.#unscored.add(cell.index, cell.scores)
    this.#follower.add(cell.index, scoresOfCell(cell))
  }

  /** A cell that was under way when the claims were decided. */
  countLate(): void {
    this.#late++
  }

  finish(seen: JournalSeen): readonly RunRecord[] {
    const { start, path } = this.#options
    const { study } = start
    const { stop, digests, chain } = seen
    const run = this.#seen(seen)
    const caveats = runCaveats(run)
    return study.models.map((model, index): RunRecord => {
      const counts = this.#models.get(model)
      return {
        id: this.idOf(model),
        path,
        runName: runName(study.protocolHash, start.time),
        source: 'assay-run',
        harness: { name: 'assay', version: start.software },
        model,
        task: study.title,
        status: statusOf(stop),
        created: start.time,
        expected: {
          items: study.items.length,
          replicates: study.replicates,
          responses: responsesPerModel(study, stop),
        },
        found: {
          items: counts?.items.size ?? 0,
          replicates: study.replicates,
          responses: counts?.cells ?? 0,
          rows: counts?.rows ?? 0,
          scoredRows: counts?.scoredRows ?? 0,
        },
        scorers: Object.fromEntries(
          study.scorers.flatMap(({ label }) => [
            [label, { higherIsBetter: true }],
            [lenientName(label), { higherIsBetter: true }],
          ]),
        ),
        settings: { ...start.settings, endpoint: start.endpoints[model] ?? '', seed: study.seed },
        provenance: {
          protocol: study.protocolHash,
          journal: chain,
          ...(start.registered === undefined ? {} : { registered: start.registered.hash }),
          ...Object.fromEntries(
            study.scorers.flatMap(({ label, sourceHash }) =>
              sourceHash === undefined ? [] : [[`scorer ${label}`, sourceHash]],
            ),
          ),
        },
        // A journal reports no figure of its own: verdicts are recomputed from its cells.
        reconciliations: [],
        headlines: [],
        caveats: [...(index === 0 ? caveats : []), ...versionCaveats(model, counts?.versions.size ?? 0)],
        files: digests,
        ...(index === 0 ? { study: studyRecord(run) } : {}),
      }
    })
  }

  #seen({ stop, torn, lost }: JournalSeen): RunSeen {
    const { start, path } = this.#options
    return {
      path,
      study: start.study,
      started: start.time,
      registered: start.registered,
      follower: this.#follower,
      ...{ stop, torn, lost },
      finished: [...this.#models.values()].reduce((sum, { cells }) => sum + cells, 0),
      late: this.#late,
      lateRequests: stop?.reason === 'decided' ? this.#requests.from(stop.cells) : 0,
      shared: this.#shared,
      askedItems: this.#models.get(start.study.models[0] ?? '')?.items.size ?? 0,
      leakedExemplars: [...this.#leaked].sort(),
      unscored: this.#unscored.list(),
      disbelieved: this.#disbelieved.list(),
      ledger: this.#ledger.list(),
      searches: this.#searches,
    }
  }
}

function statusOf(stop: StopRecord | undefined): RunRecord['status'] {
  if (stop === undefined) return 'started'
  if (stop.reason === 'complete' || stop.reason === 'decided') return 'finished'
  return stop.reason === 'error' ? 'error' : 'cancelled'
}
