/** The run record of one task of an lm-eval run. */
import type { RunRecord } from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import { numberOf, printedFields, recordOf, textOf } from '../files/json-access.ts'
import type { FileDigest } from '../files/open-bytes.ts'
import type { TextColumn } from '../files/text-column.ts'
import { leavesOf, reconcileGroup, type TaskSummaries } from './group-figures.ts'
import { reconcileMetric } from './lm-eval-reconciliation.ts'
import type { LmEvalResults, TaskResults } from './lm-eval-results.ts'
import type { SampleTable } from './lm-eval-samples.ts'
import { metricSummary } from './metric-summary.ts'

/** What was read of one task. */
export interface TaskReading {
  readonly id: string
  readonly path: string
  readonly samplesPath: string | undefined
  readonly results: LmEvalResults | undefined
  readonly task: TaskResults
  readonly table: SampleTable | undefined
  readonly filters: TextColumn | undefined
  readonly model: string
  readonly files: readonly FileDigest[]
  readonly caveats: readonly Caveat[]
}

export function lmEvalRunRecord(reading: TaskReading, summaries: TaskSummaries): RunRecord {
  const { task, results, path } = reading
  const root = results?.root
  const found = foundOf(reading)
  const checks = checksOf(reading, summaries)
  const date = numberOf(root?.date)
  return {
    id: reading.id,
    path: reading.samplesPath ?? path,
    source: 'lm-eval',
    harness: { name: 'lm-evaluation-harness', version: textOf(root?.lm_eval_version) },
    model: reading.model,
    task: task.task,
    taskVersion: task.version,
    status: results === undefined ? 'unknown' : 'finished',
    created: date === undefined ? undefined : new Date(date * 1000).toISOString(),
    expected: { items: task.documents, responses: task.documents },
    found,
    scorers: scorersOf(reading),
    settings: settingsOf(reading),
    provenance: provenanceOf(reading),
    reconciliations: checks.reconciliations,
    headlines: checks.headlines,
    caveats: [...reading.caveats, ...checks.caveats, ...rowCaveats(reading, found.responses)],
    files: reading.files,
  }
}

interface Checks {
  readonly reconciliations: RunRecord['reconciliations']
  readonly headlines: RunRecord['headlines']
  readonly caveats: readonly Caveat[]
}

function checksOf({ task, table, filters, results, path }: TaskReading, summaries: TaskSummaries): Checks {
  const isGroup = results !== undefined && table === undefined && task.subtasks.length > 0
  const checks = task.metrics.map((reported) => {
    const { metric, filter } = reported
    const summary =
      table === undefined || filters === undefined ? undefined : metricSummary({ table, metric, filters, filter })
    const because: Caveat | undefined =
      table === undefined ? { code: 'rows-absent', severity: 'note', values: {} } : undefined
    return reconcileMetric(task, { path, reported, summary, because })
  })
  return {
    reconciliations: isGroup
      ? reconcileGroup({ group: task, leaves: leavesOf(results, task), summaries })
      : checks.flatMap(({ reconciliations }) => reconciliations),
    headlines: checks.flatMap(({ headline }) => (headline === undefined ? [] : [headline])),
    caveats: checks.flatMap(({ caveats }) => caveats),
  }
}

function foundOf({ table }: TaskReading): RunRecord['found'] {
  if (table === undefined) return { items: 0, replicates: 0, responses: 0, rows: 0, scoredRows: 0 }
  // One id may stand for two documents; the hash, where there is one, tells them apart.
  const documents = new Set<string>()
  let rows = 0
  let scoredRows = 0
  for (const column of table.metrics.values()) if (column.numeric > 0) scoredRows += column.numeric
  for (let row = 0; row < table.rows; row++) {
    documents.add(`${table.item.code(row)}/${table.itemHash.code(row)}`)
    for (const column of table.metrics.values()) if (column.numeric > 0 && column.at(row) !== undefined) rows++
  }
  return { items: documents.size, replicates: 1, responses: documents.size, rows, scoredRows }
}

function rowCaveats({ task, table, samplesPath, path }: TaskReading, responses: number): readonly Caveat[] {
  const caveats: Caveat[] = []
  if (table === undefined) {
    if (task.metrics.length > 0 && task.subtasks.length === 0)
      caveats.push({ code: 'only-reported-figures', severity: 'caution', values: { path, task: task.task } })
    return caveats
  }
  const expected = task.documents
  if (expected !== undefined && expected !== responses) {
    const values = { path: samplesPath ?? path, expected, found: responses }
    caveats.push({ code: 'header-rows-mismatch', severity: 'caution', values })
  }
  const repeats = numberOf(task.config?.repeats)
  if (repeats !== undefined && repeats > 1)
    caveats.push({ code: 'repeats-not-scored', severity: 'caution', values: { task: task.task, repeats } })
  const cluster = table.fields.cluster()
  if (cluster !== undefined) {
    const values = { task: task.task, field: cluster.field, clusters: cluster.column.values.length }
    caveats.push({ code: 'cluster-from-documents', severity: 'note', values })
  }
  for (const [metric, column] of table.metrics)
    if (column.numeric === 0)
      caveats.push({ code: 'metric-not-per-document', severity: 'note', values: { task: task.task, metric } })
  if (task.taskHash !== undefined && table.taskHash !== undefined && expected === responses)
    if (task.taskHash !== table.taskHash)
      caveats.push({ code: 'task-hash-differs', severity: 'caution', values: { path: samplesPath ?? path } })
  return caveats
}

function scorersOf({ task, table, filters }: TaskReading): RunRecord['scorers'] {
  const scorers: Record<string, { higherIsBetter?: boolean | undefined }> = {}
  const better = new Map(task.metrics.map(({ metric, higherIsBetter }) => [metric, higherIsBetter]))
  for (const { scorer, higherIsBetter } of task.metrics) scorers[scorer] = { higherIsBetter }
  const names = filters === undefined || filters.values.length === 0 ? [undefined] : filters.values
  for (const [metric, column] of table?.metrics ?? [])
    if (column.numeric > 0)
      for (const filter of names)
        scorers[filter === undefined ? metric : `${metric},${filter}`] ??= { higherIsBetter: better.get(metric) }
  return scorers
}

const settingNames = [
  ...['batch_size', 'limit', 'gen_kwargs', 'device', 'model_dtype', 'bootstrap_iters', 'num_fewshot'],
  ...['random_seed', 'numpy_seed', 'torch_seed', 'fewshot_seed'],
]

function settingsOf({ results, task }: TaskReading): Record<string, string> {
  const generation = recordOf(task.config?.generation_kwargs)
  return {
    ...printedFields(results?.config, settingNames),
    ...(task.alias === undefined || task.alias === task.task ? {} : { alias: task.alias }),
    ...(task.fewshot === undefined ? {} : { num_fewshot: task.fewshot }),
    ...printedFields(task.config, ['output_type', 'repeats']),
    ...printedFields(generation, ['temperature', 'do_sample', 'top_p', 'top_k', 'max_gen_toks', 'until']),
    ...printedFields(results?.root, ['fewshot_as_multiturn', 'system_instruction_sha', 'chat_template_sha']),
  }
}

function provenanceOf({ results, task, table }: TaskReading): Record<string, string> {
  const root = results?.root
  const verified = task.taskHash !== undefined && task.taskHash === table?.taskHash
  return {
    ...printedFields(root, ['git_hash', 'upper_git_hash', 'transformers_version', 'model_source']),
    ...printedFields(results?.config, ['model', 'model_args', 'model_revision', 'model_sha', 'model_num_parameters']),
    ...printedFields(task.config, ['dataset_path', 'dataset_name', 'test_split', 'validation_split']),
    ...(task.taskHash === undefined ? {} : { task_hash: task.taskHash }),
    ...(verified ? { task_hash_check: 'equals the hash of the rows' } : {}),
  }
}
