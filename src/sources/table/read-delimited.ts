/** Reads CSV and TSV into a buffer: strict about quotes and the number of fields, and exact about where they break. */
import { isUtf8 } from 'node:buffer'
import { once } from 'node:events'
import { CsvError, parse } from 'csv-parse'
import { ownTableMark, unescapeField } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import { type FileDigest, openBytes, streamLimitBytes } from '../files/open-bytes.ts'
import type { TextColumn } from '../files/text-column.ts'
import type { LogFile, ReadOptions } from '../source.ts'
import type { TableBuffer } from './table-buffer.ts'

export interface ReadDelimitedOptions extends ReadOptions {
  readonly file: LogFile
  readonly buffer: TableBuffer
  readonly delimiter: string
}

/** Longest row, in bytes: a quote that is never closed would otherwise swallow the file. */
const rowLimitBytes = 16 * 2 ** 20

export async function readDelimited(options: ReadDelimitedOptions): Promise<FileDigest> {
  const { file, buffer, delimiter, signal, onProgress } = options
  const { path } = file
  let columns: readonly (TextColumn | undefined)[] | undefined
  let own = false
  const parser = parse({
    bom: true,
    delimiter,
    max_record_size: rowLimitBytes,
    relax_column_count: false,
    relax_quotes: false,
    skip_empty_lines: true,
    on_record(record: readonly string[]) {
      if (columns === undefined) {
        own = record.includes(ownTableMark)
        columns = headerColumns(own ? record.map(unescapeField) : record, buffer)
        return null
      }
      const row = buffer.startRow()
      for (let i = 0; i < columns.length; i++) {
        const text = record[i] ?? ''
        if (text !== '') columns[i]?.set(row, own ? unescapeField(text) : text)
      }
      return null
    },
  })
  parser.resume()
  let broken: unknown
  parser.on('error', (error) => {
    broken ??= error
  })
  const check = new Utf8Check(path)
  const opened = openBytes({ file, signal, onProgress, limitBytes: streamLimitBytes })
  for await (const chunk of opened.chunks) {
    check.push(chunk)
    if (broken !== undefined) break
    if (!parser.write(chunk)) await Promise.race([once(parser, 'drain'), once(parser, 'error')]).catch(() => undefined)
  }
  if (broken === undefined) {
    check.end()
    const finished = once(parser, 'end').catch(() => undefined)
    parser.end()
    await finished
  }
  if (broken !== undefined) throw asTableError(broken, path)
  if (columns === undefined) fail('empty-table', { path }, 'the file has no header row')
  return opened.digest()
}

/** The delimiter that the header row uses most; a comma where there is none. */
export function delimiterOf(head: string, path: string): string {
  if (/\.tsv(\.gz)?$/i.test(path)) return '\t'
  const header = (/^\uFEFF?([^\r\n]*)/.exec(head)?.[1] ?? '').replaceAll(/"[^"]*"/g, '')
  const counts = [',', '\t', ';', '|'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.delimiter ?? ','
}

/** Columns without a name (an index that was written along, a trailing comma) are passed over. */
function headerColumns(names: readonly string[], buffer: TableBuffer): readonly (TextColumn | undefined)[] {
  const seen = new Set<string>()
  return names.map((name) => {
    const column = name.trim()
    if (column === '') return undefined
    if (seen.has(column))
      fail('duplicate-column', { path: buffer.path, line: 1, column }, 'give every column a name of its own')
    seen.add(column)
    return buffer.column(column)
  })
}

function asTableError(error: unknown, path: string): unknown {
  if (!(error instanceof CsvError)) return error
  const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 0
  try {
    if (error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH' || error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS') {
      const given = 'record' in error && Array.isArray(error.record) ? error.record.length : 0
      const fix = 'every row needs as many fields as the header; put quotes around text that holds the delimiter'
      return fail('ragged-row', { path, line, fields: given }, fix)
    }
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      return fail('row-too-long', { path, line, limitBytes: rowLimitBytes }, 'look for a quote that is never closed')
    return fail('malformed-table', { path, line, reason: error.code }, 'look for a stray or unclosed quote')
  } catch (coded) {
    return coded
  }
}

/** Checks UTF-8 across the borders of chunks, and knows the line of the first fault. */
class Utf8Check {
  readonly #path: string
  #rest = Buffer.alloc(0)
  #line = 1

  constructor(path: string) {
    this.#path = path
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const whole = bytes.subarray(0, bytes.length - unfinished(bytes))
    if (!isUtf8(whole) || whole.includes(0)) this.#fail(whole)
    for (let at = whole.indexOf(10); at >= 0; at = whole.indexOf(10, at + 1)) this.#line++
    this.#rest = Buffer.from(bytes.subarray(whole.length))
  }

  end(): void {
    if (this.#rest.length > 0) this.#fail(this.#rest)
  }

  #fail(bytes: Buffer): never {
    let line = this.#line
    for (let start = 0; start <= bytes.length; line++) {
      const end = bytes.indexOf(10, start)
      const text = bytes.subarray(start, end < 0 ? bytes.length : end)
      if (!isUtf8(text) || text.includes(0) || end < 0) break
      start = end + 1
    }
    return fail('not-utf8', { path: this.#path, line }, 'save the table as UTF-8')
  }
}

/** Bytes at the end that begin a character but do not finish it. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}
