/**
 * A run as a flat table: one row per cell, scorer and reading. Factors and attributes have columns under the names that
 * `--columns` gives them, `factor:NAME` and `attribute:NAME`, so that the table says itself what they are.
 */

import {
  type CellRecord,
  cellAt,
  escapeField,
  lenientName,
  levelsAt,
  ownTableMark,
  responsesPerModel,
  runName,
} from '../../domain/index.ts'
import type { FinishedRun } from '../read-run.ts'
import { prefixedNames } from './prefixed-names.ts'

export type TableRow = Readonly<Record<string, string | number | undefined>>

export interface RowTable {
  readonly columns: readonly { readonly name: string; readonly kind: 'text' | 'number' }[]
  readonly rows: readonly TableRow[]
}

const fixedColumns = [
  [ownTableMark, 'text'],
  ['model', 'text'],
  ['task', 'text'],
  ['item', 'text'],
  ['cluster', 'text'],
  ['technique', 'text'],
  ['replicate', 'number'],
  ['scorer', 'text'],
  ['score', 'number'],
  ['missing', 'text'],
  ['model_answer', 'text'],
  ['response', 'text'],
  ['state', 'text'],
  ['calls', 'number'],
  ['planned_responses', 'number'],
  ['input_tokens', 'number'],
  ['output_tokens', 'number'],
  ['cost_usd', 'number'],
  ['latency_ms', 'number'],
] as const

export function rowTable(run: FinishedRun): RowTable {
  const { study } = run.start
  const factors = [...new Set(study.settings.flatMap((levels) => Object.keys(levels)))].sort()
  const attributes = [...new Set(study.items.flatMap((item) => Object.keys(item.attributes)))].sort()
  const columns = [
    ...fixedColumns.map(([name, kind]) => ({ name, kind })),
    ...factors.map((name) => ({ name: `factor:${name}`, kind: 'text' as const })),
    ...attributes.map((name) => ({ name: `attribute:${name}`, kind: 'text' as const })),
  ]
  return { columns, rows: run.cells.flatMap((cell) => rowsOf(cell, run)) }
}

function rowsOf(cell: CellRecord & { readonly text: string }, { start, stop, ends }: FinishedRun): readonly TableRow[] {
  const { study } = start
  const place = cellAt(study, cell.index)
  const item = study.items[place.item]
  const base = {
    [ownTableMark]: runName(study.protocolHash, start.time),
    model: study.models[place.model],
    task: study.title,
    item: item?.id,
    cluster: item?.cluster,
    technique: study.techniques[place.technique],
    replicate: place.replicate,
    response: cell.text,
    state: cell.state,
    calls: cell.calls,
    planned_responses: responsesPerModel(study, stop),
    input_tokens: cell.inputTokens,
    output_tokens: cell.outputTokens,
    cost_usd: cell.cost,
    latency_ms: cell.latencyMs,
    ...prefixedNames('factor:', levelsAt(study, place, ends)),
    ...prefixedNames('attribute:', item?.attributes),
  }
  return Object.entries(cell.scores).flatMap(([label, { strict, lenient }]) =>
    [
      { scorer: label, ...strict },
      { scorer: lenientName(label), ...lenient },
    ].map(({ scorer, score, answer }) => ({
      ...base,
      scorer,
      score: typeof score === 'number' ? score : undefined,
      missing: typeof score === 'number' ? undefined : score,
      model_answer: answer,
    })),
  )
}

/** RFC 4180, with a header; an absent value is an empty field. Text is escaped, numbers are not. */
export function* csvLines({ columns, rows }: RowTable): Generator<string> {
  yield `${columns.map(({ name }) => quoted(escapeField(name))).join(',')}\r\n`
  for (const row of rows) yield `${columns.map(({ name }) => field(row[name])).join(',')}\r\n`
}

function field(value: string | number | undefined): string {
  if (value === undefined) return ''
  return quoted(typeof value === 'number' ? String(value) : escapeField(value))
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
