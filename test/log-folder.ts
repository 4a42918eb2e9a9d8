/** Logs for tests: folders of made files, read as a user's would be. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { type LogReading, readLogs, sources } from '../src/sources/index.ts'

const made: string[] = []

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new folder that holds these files; it is gone when the tests of the file are done. */
export function makeLogFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-logs-'))
  made.push(folder)
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  return folder
}

export interface ReadFolderOptions {
  /** Defaults to the folder itself. */
  readonly paths?: readonly string[]
  readonly columns?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export function readFolder(folder: string, options: ReadFolderOptions = {}): Promise<LogReading> {
  return readLogs({
    paths: options.paths ?? ['.'],
    workingDirectory: folder,
    columns: options.columns ?? {},
    signal: options.signal ?? new AbortController().signal,
    onProgress: () => undefined,
    sources,
  })
}

/** Codes of all caveats of all runs, in order. */
export function caveatCodes(reading: LogReading): readonly string[] {
  return [...new Set(reading.runs.flatMap(({ caveats }) => caveats.map(({ code }) => code)))].sort()
}
