/** Hands a log's rows and its run record to the sink. */
import { type RunRecord, runName } from '../../domain/index.ts'
import type { Caveat } from '../../stats/result.ts'
import { recordOf, textOf } from '../files/json-access.ts'
import type { ReadSink } from '../source.ts'
import { expectedResponses } from './expected-responses.ts'
import type { InspectHeader } from './header.ts'
import { logCaveats } from './log-caveats.ts'
import type { LogContent } from './log-content.ts'
import { logHeadlines } from './log-headlines.ts'
import { reconcile } from './reconcile.ts'
import { runLevels, runProvenance, runSettings } from './run-settings.ts'
import type { SampleRecord } from './sample-record.ts'
import { rowsOfSample, scorerNames } from './score-rows.ts'
import { techniqueOf } from './technique.ts'

export interface ObserveLogOptions {
  readonly path: string
  readonly content: LogContent
  readonly sink: ReadSink
  readonly signal: AbortSignal
}

export function observeLog({ path, content, sink, signal }: ObserveLogOptions): void {
  const { header, tracked, attributes } = content
  const { records } = content.samples
  const model = textOf(header.eval.model) ?? 'unknown'
  const task = textOf(header.eval.task) ?? 'unknown'
  const run = runId(header, { path, model })
  const scorers = scorerNames({ path, header, records })
  const clusterKey = tracked.clusterCandidates.find((key) => {
    const at = tracked.keys.indexOf(key)
    return records.some((record) => record.tracked[at] !== undefined)
  })
  const clusterAt = clusterKey === undefined ? -1 : tracked.keys.indexOf(clusterKey)
  const items = new Set(records.map(({ item }) => item)).size
  const chosen = attributes.choose({ clusterKey, items })
  const context = {
    run,
    model,
    task,
    source: path,
    levels: runLevels(header),
    technique: techniqueOf(header),
    clusterOf: (record: SampleRecord) => record.tracked[clusterAt],
    attributesOf: attributePicker(chosen.keys),
    scorers,
  }
  let rows = 0
  let scoredRows = 0
  for (const [index, record] of records.entries()) {
    if (index % 4096 === 0) signal.throwIfAborted()
    for (const row of rowsOfSample(record, context)) {
      rows++
      if (typeof row.score === 'number') scoredRows++
      sink.observe(row)
    }
  }
  const expected = expectedResponses(header)
  const own = recordOf(header.eval.metadata)
  const [protocol, manifest] = [textOf(own?.assay_protocol), textOf(own?.assay_run)]
  const created = textOf(header.eval.created)
  if (manifest !== undefined) sink.manifest({ text: manifest, path })
  sink.record({
    id: run,
    path,
    runName: protocol === undefined || created === undefined ? undefined : runName(protocol, created),
    source: 'inspect',
    harness: { name: 'inspect_ai', version: textOf(recordOf(header.eval.packages)?.inspect_ai) },
    model,
    task,
    taskVersion: header.eval.task_version === undefined ? undefined : String(header.eval.task_version),
    status: header.status,
    created,
    expected,
    found: {
      items,
      replicates: new Set(records.map(({ epoch }) => epoch)).size,
      responses: records.length,
      rows,
      scoredRows,
    },
    scorers: Object.fromEntries([...scorers.values()].flat().map((name) => [name, {}])),
    settings: runSettings(header),
    provenance: { ...runProvenance(header), ...(clusterKey === undefined ? {} : { clusterKey }) },
    reconciliations: reconcile({
      header,
      records,
      trackedKeys: tracked.keys,
      incomplete: (expected.responses ?? 0) > records.length,
      excuse: excuseOf({ content, expected }),
    }),
    headlines: logHeadlines(header),
    caveats: logCaveats({
      path,
      content,
      expected,
      found: records.length,
      scorers,
      attributesLeftOut: chosen.leftOut,
    }),
    files: [{ path, bytes: content.bytes, sha256: content.sha256 }],
  })
}

/** The id Inspect gave this evaluation; one run of Inspect holds several. */
function runId(header: InspectHeader, { path, model }: { path: string; model: string }): string {
  const evalId = textOf(header.eval.eval_id)
  if (evalId !== undefined) return evalId
  const parts = ['run_id', 'task_id', 'created'].map((key) => textOf(header.eval[key]))
  return parts.includes(undefined) ? `${path}#${model}` : parts.join('/')
}

/** Why recomputed figures may rightly differ from the log's. */
function excuseOf({ content, expected }: { content: LogContent; expected: RunRecord['expected'] }): Caveat | undefined {
  const { samples, rewritten } = content
  const found = samples.records.length
  if (expected.responses !== undefined && expected.responses > found)
    return { code: 'rows-incomplete', severity: 'caution', values: { expected: expected.responses, found } }
  if (rewritten.changed > 0)
    return { code: 'rows-rewritten', severity: 'caution', values: { count: rewritten.changed } }
  const edited = samples.records.filter((record) => record.edited).length
  return edited > 0 ? { code: 'scores-edited', severity: 'caution', values: { count: edited } } : undefined
}

/** The chosen metadata of a sample; the same record where nothing is left out, so that no copy is made. */
function attributePicker(keys: readonly string[]): (record: SampleRecord) => Readonly<Record<string, string>> {
  const chosen = new Set(keys)
  return ({ metadata }) => {
    const names = Object.keys(metadata)
    if (names.every((name) => chosen.has(name))) return metadata
    return Object.fromEntries(names.filter((name) => chosen.has(name)).map((name) => [name, metadata[name] ?? '']))
  }
}
