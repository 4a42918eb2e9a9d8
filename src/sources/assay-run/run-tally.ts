/** Counts a run while it is read and makes its records: one per model, the study with its claims on the first. */
import {
  type CallRecord,
  type CellRecord,
  type ClaimFollower,
  cellAt,
  cellCount,
  claimVerdictOf,
  followClaims,
  type ObservationRow,
  type RunRecord,
  responsesPerModel,
  type SearchEndRecord,
  type StartRecord,
  type StopRecord,
  type StudyRecord,
  UnscoredResponses,
} from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import type { FileDigest } from '../files/open-bytes.ts'

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
  readonly #ledger = new Map<string, { calls: number; attempts: number; tokens: number; usd: number }>()
  readonly #reported: ReadonlySet<string>
  readonly #leaked = new Set<string>()
  readonly #unscored = new UnscoredResponses()
  readonly #searches: SearchEndRecord[] = []
  #shared = 0
  #late = 0

  constructor(options: RunTallyOptions) {
    this.#options = options
    const { study } = options.start
    this.#follower = followClaims(study)
    this.#reported = new Set(study.items.map(({ id }) => id))
    for (const model of study.models)
      this.#models.set(model, { items: new Set(), versions: new Set(), rows: 0, scoredRows: 0, cells: 0 })
  }

  idOf(model: string): string {
    const { start } = this.#options
    return `${start.study.protocolHash.slice(0, 12)}/${start.time}/${model}`
  }

  countCall({ model, purpose, attempts, charged }: CallRecord): void {
    const key = `${model}\u001f${purpose}`
    const entry = this.#ledger.get(key) ?? { calls: 0, attempts: 0, tokens: 0, usd: 0 }
    entry.calls++
    entry.attempts += attempts
    entry.tokens += charged.tokens
    entry.usd += charged.usd
    this.#ledger.set(key, entry)
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
    this.#follower.add(
      cell.index,
      Object.fromEntries(
        Object.entries(cell.scores).map(([label, { strict, lenient }]) => [
          label,
          { strict: strict.score, lenient: lenient.score },
        ]),
      ),
    )
  }

  /** A cell that was under way when the claims were decided. */
  countLate(): void {
    this.#late++
  }

  finish(seen: JournalSeen): readonly RunRecord[] {
    const { start, path } = this.#options
    const { study } = start
    const { stop, digests, chain } = seen
    const caveats = this.#caveats(seen)
    return study.models.map((model, index): RunRecord => {
      const counts = this.#models.get(model)
      return {
        id: this.idOf(model),
        path,
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
            [`${label} (lenient)`, { higherIsBetter: true }],
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
        caveats: [...(index === 0 ? caveats : []), ...versionCaveats(model, counts?.versions)],
        files: digests,
        ...(index === 0 ? { study: this.#study(stop) } : {}),
      }
    })
  }

  #study(stop: StopRecord | undefined): StudyRecord {
    const { start } = this.#options
    return {
      study: start.study,
      registered: start.registered,
      started: start.time,
      verdicts: this.#follower.standings().map((standing) => claimVerdictOf(standing, start.study)),
      ...(stop?.reason === 'decided'
        ? { endedEarly: { cells: this.#asked() + this.#late, total: cellCount(start.study) } }
        : {}),
      ledger: [...this.#ledger]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => {
          const [model = '', purpose = ''] = key.split('\u001f')
          return { model, purpose, ...entry }
        }),
      leakedExemplars: [...this.#leaked].sort(),
      ...(start.study.search === undefined ? {} : { searches: this.#searches }),
    }
  }

  #asked(): number {
    return [...this.#models.values()].reduce((sum, { cells }) => sum + cells, 0)
  }

  #caveats({ stop, torn }: JournalSeen): readonly Caveat[] {
    const { start, path } = this.#options
    const total = cellCount(start.study)
    const done = this.#asked()
    const caveats: Caveat[] = [...(start.study.caveats ?? [])]
    if (start.study.search !== undefined)
      caveats.push({ code: 'reported-settings-are-ends', severity: 'caution', values: { path } })
    if (this.#leaked.size > 0) {
      const values = { exemplars: this.#leaked.size, path, example: [...this.#leaked].sort()[0] ?? '' }
      caveats.push({ code: 'exemplars-from-reported-items', severity: 'invalid', values })
    }
    if (stop === undefined || torn)
      caveats.push({ code: 'run-cut-off', severity: 'caution', values: { path, done, total } })
    else if (stop.reason !== 'complete' && stop.reason !== 'decided')
      caveats.push({
        code: 'run-not-finished',
        severity: 'caution',
        values: { path, done, total, reason: stop.reason },
      })
    for (const { scorer, responses, because } of this.#unscored.list())
      caveats.push({ code: 'scorer-gave-no-score', severity: 'caution', values: { scorer, responses, because } })
    if (stop?.reason === 'decided' && stop.cells < total)
      caveats.push({
        code: 'run-stopped-when-decided',
        severity: 'caution',
        values: { path, cells: stop.cells, total },
      })
    if (this.#late > 0)
      caveats.push({ code: 'run-cells-after-decision', severity: 'note', values: { path, cells: this.#late } })
    if (this.#shared > 0)
      caveats.push({ code: 'calls-shared-between-settings', severity: 'note', values: { path, calls: this.#shared } })
    return caveats
  }
}

function statusOf(stop: StopRecord | undefined): RunRecord['status'] {
  if (stop === undefined) return 'started'
  if (stop.reason === 'complete' || stop.reason === 'decided') return 'finished'
  return stop.reason === 'error' ? 'error' : 'cancelled'
}

function versionCaveats(model: string, versions: ReadonlySet<string> | undefined): readonly Caveat[] {
  if (versions === undefined || versions.size < 2) return []
  return [{ code: 'model-changed-during-run', severity: 'caution', values: { model, versions: versions.size } }]
}
