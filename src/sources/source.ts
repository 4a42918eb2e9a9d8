/** The shape of a source: one foreign log format read into observations. */
import type { ObservationRow, RunRecord } from '../domain/index.ts'

export interface LogFile {
  /** Absolute path, for opening. */
  readonly absolutePath: string
  /** Path as the user would name it, relative, with forward slashes; what messages and records print. */
  readonly path: string
  readonly bytes: number
  /** The first bytes of the file (at most 64 KiB), already gunzipped for `.gz`. */
  readonly head: Uint8Array
}

/** Files that are read together: an Inspect log alone, an lm-eval results file with its samples files. */
export interface LogUnit {
  readonly main: LogFile
  readonly companions: readonly LogFile[]
}

/** Where a source puts what it reads. */
export interface ReadSink {
  observe(row: ObservationRow): void
  record(run: RunRecord): void
  /** Text of the manifest that an export of ours carries, and the file whose runs it is of. */
  manifest(found: { readonly text: string; readonly path: string }): void
}

export interface ReadOptions {
  readonly signal: AbortSignal
  /** Called now and then with bytes read so far of this unit. */
  readonly onProgress: (bytesRead: number) => void
  /** Column mapping for tables: `{ item: 'question_id', score: 'correct' }`. */
  readonly columns: Readonly<Record<string, string>>
}

export interface Source {
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly references: readonly string[]
  /** Whether the first bytes and the name look like this format. Cheap; never throws. */
  sniff(file: LogFile): boolean
  /** Puts the files this source accepted into units. */
  group(files: readonly LogFile[]): readonly LogUnit[]
  /**
   * Reads one unit, rows first and then its run records. Recomputes the log's own headline figures.
   * Throws `AssayError` naming file, place and fix; the caller then drops the unit's rows.
   */
  read(unit: LogUnit, sink: ReadSink, options: ReadOptions): Promise<void>
}
