/** Reads JSONL, and a JSON array of objects, into a buffer. Nested objects become `outer.inner`; lists are passed over. */
import { AssayError, fail } from '../../stats/index.ts'
import { recordOf } from '../files/json-access.ts'
import { type FileDigest, openBytes, streamLimitBytes } from '../files/open-bytes.ts'
import { readLines } from '../files/read-lines.ts'
import { JsonElements } from '../json/json-elements.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'
import type { LogFile, ReadOptions } from '../source.ts'
import type { TableBuffer } from './table-buffer.ts'

export interface ReadObjectsOptions extends ReadOptions {
  readonly file: LogFile
  readonly buffer: TableBuffer
  /** For a manifest that stands in the file itself. */
  readonly onManifest: (text: string) => void
}

export async function readObjectLines({ file, buffer, signal, onProgress }: ReadObjectsOptions): Promise<FileDigest> {
  return readLines({
    file,
    signal,
    onProgress,
    limitBytes: streamLimitBytes,
    onLine({ text, number }) {
      if (text.trim() !== '') addObject(text, { path: file.path, at: `line ${number}`, buffer })
    },
  })
}

export async function readObjectArray({ file, buffer, signal, onProgress }: ReadObjectsOptions): Promise<FileDigest> {
  const { path } = file
  let index = 0
  const elements = new JsonElements({
    path,
    member: '',
    plan: () => fail('not-a-table', { path }, 'a JSON table is an array of objects, one per response'),
    dropped: new Set(),
    onValue: () => undefined,
    onElement: ({ text }) => addObject(text, { path, at: `element ${++index}`, buffer }),
    maximumPieceBytes: 64 * 2 ** 20,
    maximumDepth: 200,
  })
  const opened = openBytes({ file, signal, onProgress, limitBytes: streamLimitBytes })
  for await (const chunk of opened.chunks) elements.push(chunk)
  elements.end()
  return opened.digest()
}

interface Place {
  readonly path: string
  /** `line 7`, `element 7`. */
  readonly at: string
  readonly buffer: TableBuffer
}

function addObject(text: string, { path, at, buffer }: Place): void {
  let value: unknown
  try {
    value = parseTolerantJson(text, { path, member: at, byte: 0 })
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    const reason = String(error.values.reason ?? error.message)
    fail('json-malformed', { path, at, reason }, 'that row is damaged or cut off: write the file again')
  }
  const record = recordOf(value)
  if (record === undefined) fail('not-a-table-row', { path, at }, 'every row must be an object, one per response')
  const row = buffer.startRow()
  addFields({ record, prefix: '', depth: 0, row, buffer })
}

interface Fields {
  readonly record: Readonly<Record<string, unknown>>
  readonly prefix: string
  readonly depth: number
  readonly row: number
  readonly buffer: TableBuffer
}

const deepest = 3

function addFields({ record, prefix, depth, row, buffer }: Fields): void {
  for (const key of Object.keys(record)) {
    const value = record[key]
    const name = prefix + key
    if (typeof value === 'object' && value !== null) {
      const inner = recordOf(value)
      if (inner !== undefined && depth < deepest)
        addFields({ record: inner, prefix: `${name}.`, depth: depth + 1, row, buffer })
      continue
    }
    // A column that is always null is still a column: it can be mapped, and its scores are missing.
    const column = buffer.column(name)
    if (value !== null && value !== undefined && value !== '' && column.code(row) < 0) column.set(row, String(value))
  }
}
