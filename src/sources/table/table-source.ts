/** A plain table, one row per response: CSV, TSV, JSONL or a JSON array, plain or gzipped, or Parquet. */

import { readFile } from 'node:fs/promises'
import { manifestBeside, ownTableMark } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import type { LogFile, LogUnit, ReadOptions, ReadSink, Source } from '../source.ts'
import { mapColumns, mayBeNeeded } from './column-mapping.ts'
import { observeTable } from './observe-table.ts'
import { readTableRows } from './read-table-rows.ts'
import { refuseMapping } from './refuse-mapping.ts'
import { isScoreText } from './score-columns.ts'
import { tableFormat } from './sniff-table.ts'
import { TableBuffer } from './table-buffer.ts'

export const tableSource: Source = {
  name: 'table',
  title: 'a table of responses',
  summary:
    'CSV, TSV, JSONL, JSON array or Parquet with a row per response; columns by name or by --columns item=…,score=…',
  references: ['RFC 4180, Common Format and MIME Type for Comma-Separated Values'],
  sniff: (file) => tableFormat(file) !== undefined,
  group: (files) => files.map((main) => ({ main, companions: [] })),
  read: readTable,
}

async function readTable({ main: file }: LogUnit, sink: ReadSink, options: ReadOptions): Promise<void> {
  const { columns: given } = options
  const wide = given.model?.startsWith('columns:') === true
  const needed = mayBeNeeded(given)
  const buffer = new TableBuffer({ path: file.path, keeps: needed, admits: wide ? isScoreText : undefined })
  const onManifest = (text: string): void => sink.manifest({ text, path: file.path })
  const digest = await readTableRows({ ...options, file, buffer, onManifest })
  const beside = buffer.get(ownTableMark) === undefined ? undefined : await readBeside(file)
  if (beside !== undefined) onManifest(beside)
  if (buffer.rows === 0) fail('empty-table', { path: file.path }, 'the table has no rows')
  const mapping = mapColumns({ path: file.path, names: buffer.names, given })
  const { item } = mapping
  const wideModels = mapping.model !== undefined && 'wide' in mapping.model
  const scored = mapping.scores.length > 0 || mapping.counts !== undefined || mapping.judgement !== undefined
  if (item === undefined || (!scored && !wideModels)) refuseMapping(buffer, mapping)
  observeTable({ buffer, mapping: { ...mapping, item }, digest, sink })
}

/** The manifest of a CSV of ours, which has no place for it in itself. */
async function readBeside({ absolutePath }: LogFile): Promise<string | undefined> {
  try {
    return await readFile(manifestBeside(absolutePath), 'utf8')
  } catch {
    return undefined
  }
}
