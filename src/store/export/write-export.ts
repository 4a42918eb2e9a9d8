/** Writes a run in a format of others. Returns the names of the files it wrote. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { manifestBeside, ownTableMark } from '../../domain/index.ts'
import type { AskedRun } from '../read-run.ts'
import { writeFailure } from '../write-failure.ts'
import { writeThrough } from '../write-through.ts'
import { everyEvalEver } from './every-eval-ever.ts'
import { type InspectLog, inspectLogs } from './inspect-logs.ts'
import { jsonWithNaN } from './json-with-nan.ts'
import { csvLines, type RowTable, rowTable } from './row-table.ts'
import { manifestOfRun } from './run-manifest.ts'
import { type ZipEntry, zipBytes } from './zip-bytes.ts'

export const exportFormats = ['inspect-json', 'inspect-eval', 'every-eval-ever', 'csv', 'parquet'] as const
export type ExportFormat = (typeof exportFormats)[number]

export function writeExport(options: {
  readonly run: AskedRun
  readonly format: ExportFormat
  readonly folder: string
  readonly shownAs: string
}): readonly string[] {
  const { run, format, folder, shownAs } = options
  const written: string[] = []
  try {
    mkdirSync(folder, { recursive: true })
    for (const { name, pieces } of filesOf(run, format)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeThrough(join(folder, name), pieces)
      written.push(name)
    }
  } catch (error) {
    throw writeFailure(error, { path: shownAs, retry: 'export again, or choose another folder with --out' })
  }
  return written
}

interface ExportFile {
  readonly name: string
  readonly pieces: Iterable<string | Uint8Array>
}

function filesOf(run: AskedRun, format: ExportFormat): readonly ExportFile[] {
  switch (format) {
    case 'inspect-json':
      return inspectLogs(run).map((log) => ({ name: `${log.name}.json`, pieces: jsonPieces(log) }))
    case 'inspect-eval':
      return inspectLogs(run).map((log) => ({ name: `${log.name}.eval`, pieces: zipBytes(evalMembers(log)) }))
    case 'every-eval-ever':
      return everyEvalEver(run).flatMap(({ aggregate, samples }) => [
        { name: aggregate.name, pieces: [aggregate.text] },
        { name: samples.name, pieces: [samples.text] },
      ])
    case 'csv':
      return [
        { name: 'responses.csv', pieces: csvLines(rowTable(run)) },
        { name: manifestBeside('responses.csv'), pieces: [`${manifestOfRun(run)}\n`] },
      ]
    case 'parquet':
      return [{ name: 'responses.parquet', pieces: [parquetOf(rowTable(run), manifestOfRun(run))] }]
    default:
      return format satisfies never
  }
}

function* jsonPieces({ header, samples }: InspectLog): Generator<string> {
  yield `${jsonWithNaN(header).slice(0, -1)},"samples":[\n`
  for (const [index, sample] of samples.entries()) yield `${index === 0 ? '' : ',\n'}${jsonWithNaN(sample)}`
  yield '\n]}\n'
}

function* evalMembers({ header, samples }: InspectLog): Generator<ZipEntry> {
  const { version, eval: evaluation, plan } = header
  // The manifest is long, and one copy is enough.
  const { assay_run: _, ...metadata } = evaluation.metadata
  yield { name: '_journal/start.json', text: jsonWithNaN({ version, eval: { ...evaluation, metadata }, plan }) }
  for (const sample of samples)
    yield { name: `samples/${sample.id}_epoch_${sample.epoch}.json`, text: jsonWithNaN(sample) }
  yield { name: 'summaries.json', text: jsonWithNaN(samples.map(summaryOf)) }
  yield { name: 'header.json', text: jsonWithNaN(header) }
}

function summaryOf(sample: InspectLog['samples'][number]): unknown {
  const { id, epoch, input, choices, target, metadata, scores, model_usage, total_time, working_time, error, limit } =
    sample
  return {
    id,
    epoch,
    input,
    ...(choices === undefined ? {} : { choices }),
    target,
    metadata,
    scores,
    model_usage,
    total_time,
    working_time,
    ...(error === undefined ? {} : { error: 'provider error' }),
    ...(limit === undefined ? {} : { limit: 'token' }),
    completed: true,
  }
}

function parquetOf({ columns, rows }: RowTable, manifest: string): Uint8Array {
  const buffer = parquetWriteBuffer({
    kvMetadata: [{ key: ownTableMark, value: manifest }],
    columnData: columns.map(({ name, kind }) => ({
      name,
      type: kind === 'number' ? 'DOUBLE' : 'STRING',
      // null is "unknown" here, never 0.
      data: rows.map((row) => row[name] ?? null),
    })),
  })
  return new Uint8Array(buffer)
}
