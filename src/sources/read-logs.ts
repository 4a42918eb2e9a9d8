/**
 * Reads logs of any known format into one table of observations.
 *
 * A unit that fails costs only its own rows and is listed with what was wrong; nothing is counted twice, whether a file
 * was copied, a run lies there in two formats, or a row was written twice.
 */
import { createHash } from 'node:crypto'
import { type Observations, ObservationsBuilder, type RunRecord, selectRows } from '../domain/index.ts'
import { AssayError, type Caveat } from '../stats/index.ts'
import { type DiscoveredFile, discoverFiles } from './discover-files.ts'
import { dropRepeatedRows } from './drop-repeated-rows.ts'
import { type FoundManifest, restoreExports } from './exported-runs/restore-exports.ts'
import { findRepeatedUnits } from './find-repeated-units.ts'
import { ItemIdentity } from './item-identity.ts'
import { pickRows } from './pick-rows.ts'
import type { LogUnit, Source } from './source.ts'

export interface ReadLogsOptions {
  readonly paths: readonly string[]
  /** Folder that relative paths start from. */
  readonly workingDirectory: string
  /** Column mapping for tables; empty to go by the names of the columns. */
  readonly columns: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly onProgress: (progress: ReadProgress) => void
  /** In order: the first that recognises a file reads it. */
  readonly sources: readonly Source[]
}

export interface ReadProgress {
  readonly bytes: number
  readonly totalBytes: number
  /** File that is being read. */
  readonly path: string
}

export interface ReadFailure {
  readonly path: string
  readonly code: string
  readonly message: string
  readonly fix: string
}

export interface SkippedFile {
  readonly path: string
  readonly reason: string
}

export interface LogReading {
  readonly observations: Observations
  /** In order of id. */
  readonly runs: readonly RunRecord[]
  readonly failures: readonly ReadFailure[]
  /** Files in folders that are no eval logs, or tables of another shape than the one whose columns were named. */
  readonly skipped: readonly SkippedFile[]
  /** SHA-256 over the sorted hashes of all files that were read, hex. */
  readonly inputHash: string
}

/** More files than any results folder has had so far. */
const mostFiles = 20_000

export async function readLogs(options: ReadLogsOptions): Promise<LogReading> {
  const { sources, signal } = options
  const discovery = await discoverFiles({ ...options, limit: mostFiles })
  const failures: ReadFailure[] = discovery.failures.map((error) => failureOf(error, String(error.values.path ?? '')))
  const skipped = discovery.skipped.map(unknownFormat)
  const others: ReadFailure[] = []
  const accepted = sources.map((): DiscoveredFile[] => [])
  for (const file of discovery.files) {
    const taker = sources.findIndex((source) => source.sniff(file))
    if (taker >= 0) accepted[taker]?.push(withShortHead(file))
    else if (file.named) failures.push(foreign(file, sources))
    else skipped.push(unknownFormat(file.path))
  }
  const units = sources.flatMap((source, index) =>
    source.group(accepted[index] ?? []).map((unit): SourceUnit => ({ source, unit })),
  )
  units.sort((a, b) => compare(a.unit.main.path, b.unit.main.path))
  const named = new Set(discovery.files.filter((file) => file.named).map(({ path }) => path))
  const reader = new UnitReader(options, { total: totalBytes(units), named })
  const copies = await findRepeatedUnits(
    units.map(({ unit }) => unit),
    signal,
  )
  for (const { source, unit } of units) {
    signal.throwIfAborted()
    const kept = copies.get(unit)
    if (kept !== undefined) {
      const values = { path: kept.main.path, copy: unit.main.path }
      reader.note(kept.main.path, { code: 'copied-file', severity: 'note', values })
      reader.pass(unit)
    } else {
      const failure = await reader.read(source, unit)
      if (failure !== undefined && reader.lacksNamedColumn(failure, unit)) others.push(failure)
      else if (failure !== undefined) failures.push(failure)
    }
  }
  const { observations, runs } = reader.finish()
  // Where a table of the folder has the named columns, they were meant for it; where none has, the name is wrong.
  if (runs.length === 0) failures.push(...others)
  else skipped.push(...others.map(({ path, message }) => ({ path, reason: message })))
  return {
    observations,
    runs,
    failures: failures.sort((a, b) => compare(a.path, b.path)),
    skipped: skipped.sort((a, b) => compare(a.path, b.path)),
    inputHash: inputHashOf(runs),
  }
}

interface SourceUnit {
  readonly source: Source
  readonly unit: LogUnit
}

class UnitReader {
  readonly #options: ReadLogsOptions
  readonly #totalBytes: number
  /** Files that the user named, rather than a folder above them. */
  readonly #named: ReadonlySet<string>
  readonly #builder = new ObservationsBuilder()
  readonly #identity = new ItemIdentity()
  /** By run id. */
  readonly #runs = new Map<string, RunRecord>()
  /** Notes on a file, given to the first of its runs. */
  readonly #notes = new Map<string, Caveat[]>()
  readonly #identityNotes = new Map<string, Caveat>()
  /** Copies of runs whose rows do not count. */
  readonly #manifests: FoundManifest[] = []
  readonly #left: { readonly run: string; readonly path: string }[] = []
  #done = 0

  constructor(
    options: ReadLogsOptions,
    { total, named }: { readonly total: number; readonly named: ReadonlySet<string> },
  ) {
    this.#options = options
    this.#totalBytes = total
    this.#named = named
  }

  note(path: string, caveat: Caveat): void {
    this.#notes.set(path, [...(this.#notes.get(path) ?? []), caveat])
  }

  /** `--columns` names columns of one table; another of the folder may be of another kind. */
  lacksNamedColumn({ code }: ReadFailure, { main }: LogUnit): boolean {
    return code === 'column-not-found' && !this.#named.has(main.path)
  }

  pass(unit: LogUnit): void {
    this.#done += bytesOf(unit)
  }

  async read(source: Source, unit: LogUnit): Promise<ReadFailure | undefined> {
    const { signal, columns, onProgress } = this.#options
    const rows = this.#builder.rows
    const records: RunRecord[] = []
    const manifests: FoundManifest[] = []
    const { path } = unit.main
    const report = (bytes: number): void =>
      onProgress({ bytes: Math.min(this.#done + bytes, this.#totalBytes), totalBytes: this.#totalBytes, path })
    try {
      report(0)
      await source.read(
        unit,
        {
          observe: (row) => this.#builder.add(this.#identity.apart(row)),
          record: (run) => records.push(run),
          manifest: (found) => manifests.push(found),
        },
        { signal, columns, onProgress: report },
      )
      this.#keep(records, path)
      this.#manifests.push(...manifests)
      return undefined
    } catch (error) {
      this.#builder.truncate(rows)
      if (!(error instanceof AssayError) || signal.aborted) throw error
      return failureOf(error, path)
    } finally {
      for (const { run, caveat } of this.#identity.takeCaveats()) this.#identityNotes.set(run, caveat)
      this.pass(unit)
    }
  }

  finish(): { readonly observations: Observations; readonly runs: readonly RunRecord[] } {
    const { observations, repeated } = dropRepeatedRows(this.#withoutCopies(this.#builder.finish()))
    const runs = [...this.#runs.values()].map((run) => {
      const extra: Caveat[] = this.#notes.get(run.path) ?? []
      this.#notes.delete(run.path)
      const identity = this.#identityNotes.get(run.id)
      const copies = repeated.get(run.id)
      return {
        ...run,
        caveats: [...run.caveats, ...extra, ...(identity === undefined ? [] : [identity]), ...(copies ? [copies] : [])],
      }
    })
    runs.sort((a, b) => compare(a.id, b.id))
    return restoreExports({ observations, runs, manifests: this.#manifests })
  }

  /** One run may lie there twice: as `.json` and `.eval`, or as it crashed and as it was recovered. */
  #keep(records: readonly RunRecord[], path: string): void {
    for (const run of records) {
      const other = this.#runs.get(run.id)
      if (other === undefined) {
        this.#runs.set(run.id, run)
        continue
      }
      // The fuller copy counts; of two equal ones the first.
      const [kept, left] = run.found.responses > other.found.responses ? [run, other] : [other, run]
      this.#runs.set(run.id, kept)
      this.#left.push({ run: run.id, path: left.path })
      this.note(kept.path, {
        code: 'run-seen-twice',
        severity: kept.found.responses === left.found.responses ? 'note' : 'caution',
        values: { kept: kept.path, other: left.path, held: kept.found.responses, left: left.found.responses },
      })
      if (kept.path === left.path) throw new Error(`${path} gives two records of run ${run.id}`)
    }
  }

  /** Rows of the copies that were left out. */
  #withoutCopies(observations: Observations): Observations {
    if (this.#left.length === 0) return observations
    const { run, source } = observations
    const left = new Set(
      this.#left.map(({ run: id, path }) => `${run.values.indexOf(id)} ${source.values.indexOf(path)}`),
    )
    const kept = selectRows(observations.rows, (row) => !left.has(`${run.codes[row]} ${source.codes[row]}`))
    return pickRows(observations, kept)
  }
}

/** Thousands of files are held at once; once a format is known, its first kilobytes are enough. */
function withShortHead(file: DiscoveredFile): DiscoveredFile {
  return file.head.length <= 8192 ? file : { ...file, head: Buffer.from(file.head.subarray(0, 8192)) }
}

function totalBytes(units: readonly SourceUnit[]): number {
  return units.reduce((sum, { unit }) => sum + bytesOf(unit), 0)
}

function bytesOf({ main, companions }: LogUnit): number {
  return companions.reduce((sum, { bytes }) => sum + bytes, main.bytes)
}

function inputHashOf(runs: readonly RunRecord[]): string {
  const files = new Map(runs.flatMap((run) => run.files.map(({ path, sha256 }) => [path, sha256])))
  return createHash('sha256')
    .update([...files.values()].sort(compare).join('\n'))
    .digest('hex')
}

function failureOf(error: AssayError, path: string): ReadFailure {
  return { path, code: error.code, message: error.message, fix: error.fix }
}

function unknownFormat(path: string): SkippedFile {
  return { path, reason: 'not a log of a known format' }
}

function foreign(file: DiscoveredFile, sources: readonly Source[]): ReadFailure {
  return {
    path: file.path,
    code: 'not-an-eval-log',
    message: `not an eval log: ${file.path} looks like none of ${sources.map(({ title }) => title).join(', ')}`,
    fix: 'pass a log of one of these, or a table with one row per response',
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
