/** Reads a results file with its samples, or a samples file alone: one run record for each task. */

import { AssayError, type Caveat } from '../../stats/index.ts'
import type { FileDigest } from '../files/open-bytes.ts'
import { readText } from '../files/read-text.ts'
import type { LogFile, LogUnit, ReadOptions, ReadSink } from '../source.ts'
import { inferFilters } from './infer-filters.ts'
import { taskOfSamplesFile } from './lm-eval-files.ts'
import { lmEvalModel } from './lm-eval-model.ts'
import { type LmEvalResults, parseLmEvalResults, type TaskResults } from './lm-eval-results.ts'
import { lmEvalRunRecord, type TaskReading } from './lm-eval-run-record.ts'
import { readSamples, type SampleTable } from './lm-eval-samples.ts'
import { type MetricSummary, metricSummary } from './metric-summary.ts'
import { observeSamples } from './observe-samples.ts'

/** A results file of hundreds of tasks is a few megabytes. */
const resultsLimitBytes = 256 * 2 ** 20

export async function readLmEvalUnit(unit: LogUnit, sink: ReadSink, options: ReadOptions): Promise<void> {
  if (/\.jsonl(\.gz)?$/i.test(unit.main.path)) return readSamplesAlone(unit.main, sink, options)
  let before = 0
  const progress = (bytesRead: number): void => options.onProgress(before + bytesRead)
  const opening = { file: unit.main, signal: options.signal, onProgress: progress, limitBytes: resultsLimitBytes }
  const { text, digest } = await readText(opening)
  before += digest.bytes
  const results = parseLmEvalResults(text, unit.main.path)
  const byTask = filesByTask(results, unit.companions)
  const reported = new Set(results.tasks.map(({ task }) => task))
  const unreported = [...byTask.keys()].filter((task) => !reported.has(task)).map(emptyTask)
  const readings: TaskReading[] = []
  const summaries = new Map<string, ReadonlyMap<string, MetricSummary>>()
  let failed: AssayError | undefined
  let succeeded = 0
  for (const task of [...results.tasks, ...unreported]) {
    const caveats: Caveat[] = []
    const file = byTask.get(task.task)
    let table: SampleTable | undefined
    if (file !== undefined) {
      try {
        const metrics = [...new Set(task.metrics.map(({ metric }) => metric))]
        table = await readSamples({ ...options, onProgress: progress, file, metrics })
        before += table.digest.bytes
        succeeded++
      } catch (error) {
        // One damaged samples file of fifty must not cost the other forty-nine; nothing of it has been observed yet.
        if (!(error instanceof AssayError)) throw error
        failed = error
        caveats.push({
          code: 'samples-unreadable',
          severity: 'invalid',
          values: { path: file.path, reason: error.message, fix: error.fix },
        })
      }
    }
    readings.push(readingOf({ unit, results, task, table, digest, caveats, samplesPath: file?.path }))
    const reading = readings.at(-1)
    if (reading !== undefined && table !== undefined) {
      observeSamples(reading, sink)
      summaries.set(task.task, completeSummaries(reading))
    }
  }
  if (failed !== undefined && succeeded === 0) throw failed
  for (const reading of readings) sink.record(lmEvalRunRecord(reading, summaries))
}

async function readSamplesAlone(file: LogFile, sink: ReadSink, options: ReadOptions): Promise<void> {
  const table = await readSamples({ ...options, file, metrics: [] })
  const task = emptyTask(taskOfSamplesFile(file.path, []))
  const caveats: Caveat[] = [{ code: 'results-file-missing', severity: 'caution', values: { path: file.path } }]
  const reading = readingOf({
    unit: { main: file, companions: [] },
    results: undefined,
    task,
    table,
    digest: undefined,
    caveats,
    samplesPath: file.path,
  })
  observeSamples(reading, sink)
  sink.record(lmEvalRunRecord(reading, new Map()))
}

interface ReadingParts {
  readonly unit: LogUnit
  readonly results: LmEvalResults | undefined
  readonly task: TaskResults
  readonly table: SampleTable | undefined
  readonly digest: FileDigest | undefined
  readonly caveats: readonly Caveat[]
  readonly samplesPath: string | undefined
}

function readingOf({ unit, results, task, table, digest, caveats, samplesPath }: ReadingParts): TaskReading {
  const { path } = unit.main
  const { model, named } = lmEvalModel(results?.root, path)
  const inferred = table === undefined ? undefined : inferFilters(table, task)
  return {
    id: `${path}#${task.task}`,
    path,
    samplesPath,
    results,
    task,
    table,
    filters: inferred?.filters,
    model,
    files: [digest, table?.digest].filter((file) => file !== undefined),
    caveats: [
      ...caveats,
      ...(named ? [] : [{ code: 'model-not-named', severity: 'caution' as const, values: { path, model } }]),
      ...(table?.caveats ?? []),
      ...(inferred?.caveats ?? []),
    ],
  }
}

function filesByTask(results: LmEvalResults, files: readonly LogFile[]): ReadonlyMap<string, LogFile> {
  const names = results.tasks.map(({ task }) => task)
  return new Map(files.map((file) => [taskOfSamplesFile(file.path, names), file]))
}

/** Figures of tasks whose rows are all there: what a group above them may be recomputed from. */
function completeSummaries({ task, table, filters }: TaskReading): ReadonlyMap<string, MetricSummary> {
  const summaries = new Map<string, MetricSummary>()
  if (table === undefined || filters === undefined) return summaries
  for (const { metric, filter, scorer } of task.metrics) {
    const summary = metricSummary({ table, metric, filters, filter })
    const complete = summary.scored === summary.rows && summary.rows > 0
    if (complete && (task.documents === undefined || summary.rows >= task.documents)) summaries.set(scorer, summary)
  }
  return summaries
}

function emptyTask(task: string): TaskResults {
  return {
    task,
    alias: undefined,
    version: undefined,
    metrics: [],
    documents: undefined,
    fewshot: undefined,
    config: undefined,
    taskHash: undefined,
    subtasks: [],
  }
}
