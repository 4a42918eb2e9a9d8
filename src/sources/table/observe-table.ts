/** Turns a mapped table into observations, one per row and score column, and the run records they belong to. */
import {
  groupRows,
  type Levels,
  type MissingReason,
  type ObservationRow,
  ownTableExtras,
  ownTableMark,
  rowsOf,
  selectRows,
  variantLabel,
} from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import type { FileDigest } from '../files/open-bytes.ts'
import type { ReadSink } from '../source.ts'
import { type BoundText, bindText, shortened, shortLabel } from './bound-text.ts'
import { type ColumnMapping, columnsOf, type TextRole } from './column-mapping.ts'
import { countColumns } from './count-columns.ts'
import { itemColumns } from './item-columns.ts'
import { readJudgements } from './judgements.ts'
import { missingColumn } from './missing-column.ts'
import { numberReaders } from './number-readers.ts'
import { inContentOrder, numberReplicates } from './number-replicates.ts'
import { plannedResponses, runNameOf } from './own-columns.ts'
import { type ScoreColumn, scoreColumn } from './score-columns.ts'
import type { TableBuffer } from './table-buffer.ts'
import { TableRuns } from './table-runs.ts'
import type { TextBinding } from './text-binding.ts'

export interface ObserveTableInput {
  readonly buffer: TableBuffer
  readonly mapping: ColumnMapping
  readonly digest: FileDigest
  readonly sink: ReadSink
}

export function observeTable({ buffer, mapping, digest, sink }: ObserveTableInput): void {
  const { path } = buffer
  const stem = (path.split('/').at(-1) ?? path).replace(/(\.(csv|tsv|tab|jsonl|ndjson|json|parquet))?(\.gz)?$/i, '')
  const bound = (role: TextRole): BoundText | undefined => {
    const binding = mapping.texts[role]
    return binding === undefined ? undefined : bindText(buffer, binding)
  }
  // A column that says what it is holds the labels themselves; of any other, long texts are shortened to labels.
  const labels = (binding: TextBinding, own: string | undefined): BoundText => {
    const text = bindText(buffer, binding)
    return own !== undefined && columnsOf(binding)[0] === own ? text : shortened(text)
  }
  const wide = wideColumns(buffer, mapping)
  const content = buffer.names.filter((name) => buffer.get(name)?.overflowed === false)
  const item = 'ownRow' in mapping.item ? ownRows(buffer, content) : bindText(buffer, mapping.item)
  const model = mapping.model === undefined || 'wide' in mapping.model ? undefined : bindText(buffer, mapping.model)
  const task = bound('task')
  const cluster = bound('cluster')
  const technique = bound('technique')
  const scorer = bound('scorer')
  const answer = bound('answer')
  const run = bound('run')
  const caveats: Caveat[] = []

  // Without a model the file is all there is to tell systems apart; without a task, what tells item sets apart.
  const unnamedModel = model === undefined && wide === undefined
  const modelName = unnamedModel ? stem : ''
  const taskName = unnamedModel ? 'unnamed task' : stem
  if (unnamedModel) caveats.push({ code: 'model-not-named', severity: 'caution', values: { path, model: modelName } })

  const rows = selectRows(buffer.rows, (row) => item.at(row) !== undefined)
  if (rows.length < buffer.rows) {
    const values = { path, rows: buffer.rows - rows.length }
    caveats.push({ code: 'rows-without-item', severity: 'caution', values })
  }

  const scoreNames = wide ?? mapping.scores
  const missing = missingReasons(buffer, mapping)
  const taken = new Set([...takenColumns(mapping, missing?.column), ...scoreNames])
  const own = buffer.get(ownTableMark) === undefined ? [] : ownTableExtras
  const unmapped = buffer.names.filter((name) => !taken.has(name) && !own.includes(name))
  const taskCodes = task?.codes() ?? new Int32Array(buffer.rows)
  const modelCodes = model?.codes()
  const roles = itemColumns({ buffer, mapping, unmapped, rows, task: taskCodes, item: item.codes(), model: modelCodes })
  const factors: readonly (readonly [string, BoundText])[] = [
    ...[...mapping.factors].map(([name, binding]) => [name, labels(binding, `factor:${name}`)] as const),
    ...roles.factors.map((name) => [name, labels({ columns: [name] }, undefined)] as const),
  ]
  const attributes: readonly (readonly [string, BoundText])[] = [
    ...[...mapping.attributes].map(([name, binding]) => [name, labels(binding, `attribute:${name}`)] as const),
    ...roles.attributes.map((name) => [name, labels({ columns: [name] }, undefined)] as const),
  ]
  if (roles.unused.length > 0) {
    const values = { path, columns: roles.unused.slice(0, 20).join(', ') }
    caveats.push({ code: 'columns-not-used', severity: 'note', values })
  }

  const cell = [item.codes(), taskCodes, ...(modelCodes === undefined ? [] : [modelCodes])].concat(
    [run, technique].flatMap((text) => (text === undefined ? [] : [text.codes()])),
    factors.map(([, text]) => text.codes()),
  )
  const perScorer = scorer === undefined ? cell : [...cell, scorer.codes()]
  const replicate = bound('replicate')
  const numbered = numberReplicates({
    buffer,
    rows,
    keys: perScorer,
    replicate,
    unmapped: unmapped.filter((name) => !roles.factors.includes(name) && !roles.attributes.includes(name)),
    content,
  })
  caveats.push(...numbered.caveats)

  const judgements = mapping.judgement === undefined ? undefined : readJudgements(buffer, mapping.judgement)
  const counted = mapping.counts === undefined ? undefined : countColumns(buffer, { ...mapping.counts, rows })
  if (counted !== undefined) caveats.push(...counted.caveats)
  const scores: readonly ScoreColumn[] = [
    ...scoreNames.map((name) => scoreColumn(buffer, { name, rescale: mapping.rescale })),
    ...(counted?.columns ?? []),
    ...(judgements === undefined ? [] : [{ name: 'correct', at: judgements.at, caveats: [] }]),
  ]
  for (const column of scores) caveats.push(...column.caveats)
  const response = groupRows(rows, [...cell, numbered.replicate])
  const runs = new TableRuns({
    path,
    digest,
    mapping,
    caveats,
    scale: scaleOf(buffer, scoreNames),
    planned: plannedResponses(buffer, model),
    runName: runNameOf(buffer),
  })
  const numbers = numberReaders(buffer, mapping)
  const levelsAt = levelReader(factors)
  const emit = (row: number, more: EmittedScore): void => {
    const { column, response: group, ...own } = more
    const system = wide === undefined ? (model === undefined ? modelName : (model.at(row) ?? 'unnamed model')) : column
    const observation: ObservationRow = {
      run: runs.idOf(system, run?.at(row)),
      model: system,
      task: task === undefined ? taskName : (task.at(row) ?? 'unnamed task'),
      item: item.at(row) ?? '',
      cluster: cluster?.at(row),
      technique: technique?.at(row),
      replicate: numbered.replicate[row] ?? 1,
      inputTokens: numbers.inputTokens?.(row),
      outputTokens: numbers.outputTokens?.(row),
      cost: numbers.cost?.(row),
      latencyMs: numbers.latencyMs?.(row),
      source: path,
      sourceRow: row + 1,
      attributes: textsAt(attributes, row),
      scorer: scorerName({ column, scorer: scorer?.at(row), wide: wide !== undefined, several: counted !== undefined }),
      ...own,
    }
    sink.observe(observation)
    runs.count(observation, group)
  }
  let overruled = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    const reason = missing?.at(row)
    if (reason !== undefined && scores.some((column) => typeof column.at(row) === 'number')) overruled++
    const levels = levelsAt(row)
    const given = short(judgements === undefined ? answer?.at(row) : judgements.decisionAt(row))
    for (const column of scores) {
      // A call that failed is not a wrong answer, whatever number stands beside the error.
      const score = reason ?? column.at(row)
      emit(row, { column: column.name, score, levels, answer: given, response: response.groupOf[i] ?? 0 })
    }
  }
  if (judgements !== undefined && mapping.judgement?.order !== undefined) {
    const unordered = [...cell.slice(0, cell.length - factors.length), ...factors.filter(isNoOrder).map(codesOf)]
    const pairs = groupRows(rows, [...unordered, numbered.replicate])
    const withoutOrder = levelReader(factors.filter(isNoOrder))
    for (let pair = 0; pair < pairs.count; pair++) {
      const members = Array.from(rowsOf(pairs, pair))
      const row = members[0] ?? 0
      const score = judgements.together(members.filter((member) => missing?.at(member) === undefined))
      const shared = { levels: withoutOrder(row), answer: undefined, response: response.count + pair }
      emit(row, { column: 'both-orders', score, ...shared })
    }
  }
  if (overruled > 0)
    caveats.push({ code: 'scores-beside-errors', severity: 'caution', values: { path, rows: overruled } })
  for (const record of runs.records()) sink.record(record)
}

/** Every row an item of its own, numbered by what the rows say and not by where they stand. */
function ownRows(buffer: TableBuffer, content: readonly string[]): BoundText {
  const codes = new Int32Array(buffer.rows)
  const all = selectRows(buffer.rows, () => true)
  for (const [rank, row] of inContentOrder({ buffer, content }, all).entries()) codes[row] = rank
  const values = Array.from(codes.keys(), (rank) => `row ${rank + 1}`)
  return { at: (row) => values[codes[row] ?? -1], codes: () => codes, values }
}

interface EmittedScore {
  /** Name of the column, or of what was made of several. */
  readonly column: string
  readonly score: number | MissingReason
  readonly levels: Levels | undefined
  readonly answer: string | undefined
  readonly response: number
}

/** `several`: one scorer gives several scores to a row, told apart by the column. */
function scorerName(from: { column: string; scorer: string | undefined; wide: boolean; several: boolean }): string {
  if (from.scorer !== undefined) return from.several ? `${from.scorer} ${from.column}` : from.scorer
  return from.wide ? 'score' : from.column
}

function isNoOrder([name]: readonly [string, BoundText]): boolean {
  return name !== 'order'
}

function codesOf([, text]: readonly [string, BoundText]): Int32Array {
  return text.codes()
}

/** Columns of models in a wide table, or undefined for a long one. */
function wideColumns(buffer: TableBuffer, mapping: ColumnMapping): readonly string[] | undefined {
  if (mapping.model === undefined || !('wide' in mapping.model)) return undefined
  if (mapping.model.wide !== 'rest') return mapping.model.wide
  const taken = new Set(takenColumns(mapping, undefined))
  return buffer.names.filter((name) => {
    const column = buffer.get(name)
    if (taken.has(name) || column === undefined || column.overflowed) return false
    const texts = column.values
    return texts.length > 0 && texts.every((text) => /\d/.test(text) || !/[\p{L}]/u.test(text)) && numeric(texts)
  })
}

function numeric(texts: readonly string[]): boolean {
  return texts.some((text) => Number.isFinite(Number(text))) && texts.every((text) => !Number.isNaN(Number(text)))
}

function takenColumns(mapping: ColumnMapping, missing: string | undefined): readonly string[] {
  const texts = Object.entries(mapping.texts).flatMap(([role, binding]) =>
    // A column that looked like reasons and was none is free for another use.
    role === 'missing' && missing === undefined ? [] : columnsOf(binding),
  )
  const model = mapping.model === undefined || 'wide' in mapping.model ? [] : columnsOf(mapping.model)
  const named = [...mapping.factors.values(), ...mapping.attributes.values()].flatMap(columnsOf)
  return [
    ...columnsOf(mapping.item),
    ...mapping.scores,
    ...Object.values(mapping.counts ?? {}),
    ...columnsOf(mapping.judgement?.truth),
    ...columnsOf(mapping.judgement?.decision),
    ...texts,
    ...model,
    ...named,
    ...Object.values(mapping.numbers),
  ]
}

interface Missing {
  readonly column: string
  at(row: number): ReturnType<NonNullable<ReturnType<typeof missingColumn>>>
}

function missingReasons(buffer: TableBuffer, mapping: ColumnMapping): Missing | undefined {
  const binding = mapping.texts.missing
  const [column] = columnsOf(binding)
  if (binding === undefined || column === undefined) return undefined
  const at = missingColumn(bindText(buffer, binding), mapping.given.has('missing') ? 'missing' : column)
  return at === undefined ? undefined : { column, at }
}

/** One object per variant, so that the builder need not compare them. */
function levelReader(factors: readonly (readonly [string, BoundText])[]): (row: number) => Levels | undefined {
  if (factors.length === 0) return () => undefined
  const known = new Map<string, Levels>()
  return (row) => {
    const levels = textsAt(factors, row)
    const label = variantLabel(levels)
    const same = known.get(label)
    if (same !== undefined) return same
    known.set(label, levels)
    return levels
  }
}

function textsAt(columns: readonly (readonly [string, BoundText])[], row: number): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, column] of columns) {
    const text = column.at(row)
    if (text !== undefined) texts[name] = text
  }
  return texts
}

function short(answer: string | undefined): string | undefined {
  return answer === undefined ? undefined : answer.length <= 120 ? answer : shortLabel(answer)
}

/** Whether the scores are written as percentages, by name or sign. */
function scaleOf(buffer: TableBuffer, names: readonly string[]): string | undefined {
  const signed = names.some((name) => buffer.get(name)?.values.some((text) => /\d\s*%$/.test(text)) === true)
  return signed || names.some((name) => /(^|_)(pct|percent|percentage)($|_)/i.test(name)) ? 'percent' : undefined
}
