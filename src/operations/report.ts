/** `assay report`: logs in, a page of evidence out. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { analyses } from '../methods/analyses/index.ts'
import {
  composeReport,
  type ReportDocument,
  renderHtml,
  renderMarkdown,
  renderTerminal,
  writeJson,
} from '../report/index.ts'
import { type ComputeWorker, openWorker } from '../runner/open-worker.ts'
import { type LogReading, readLogs, sources } from '../sources/index.ts'
import { fail } from '../stats/index.ts'
import { packageVersion } from '../store/package-version.ts'
import { replaceFiles } from '../store/replace-files.ts'
import { type AnalysisSettings, analysisSettings } from './analysis-settings.ts'
import { type Complaint, defineOperation, type OperationContext, type OperationResult } from './operation.ts'
import { runAnalyses } from './run-analyses.ts'

export interface ReportResult extends OperationResult {
  /** Undefined where no file could be read; nothing was written then. */
  readonly document: ReportDocument | undefined
}

const input = z.object({
  paths: z
    .array(z.string().min(1))
    .min(1)
    .describe('log files and folders, of any mix of formats')
    .meta({ positional: true }),
  out: z
    .string()
    .min(1)
    .default('assay-report')
    .describe('folder for report.html, report.json and report.md')
    .meta({ placeholder: 'folder' }),
  seed: z
    .string()
    .min(1)
    .default('assay')
    .describe('seed of all random numbers; the same input and seed give the same report'),
  columns: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('what the columns of a table are called, such as item=question_id')
    .meta({ placeholder: 'role=column' }),
  set: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('parameters of analyses, such as equivalence.margin=0.05; fix them before looking')
    .meta({ placeholder: 'analysis.parameter=value' }),
  title: z
    .string()
    .min(1)
    .optional()
    .describe('title of the report; without it, models and tasks')
    .meta({ placeholder: 'text' }),
})

export const report = defineOperation({
  name: 'report',
  summary: 'Turn evaluation logs into a page of evidence on six questions.',
  input,
  examples: [
    'assay report logs/',
    'assay report arith.eval results_2026-01-21.json samples_2026-01-21.jsonl --out evidence',
    'assay report scores.csv --columns item=question_id,score=correct,cluster=passage',
    'assay report logs/ --set equivalence.margin=0.05',
    'assay report logs/ --json > report.json',
  ],
  async run(given, context): Promise<ReportResult> {
    const settings = analysisSettings(given.set, analyses)
    // Opened first: the analyses load in their own thread while the logs are read in this one.
    const worker = openWorker('analyses')
    try {
      return await reportOn(given, { ...context, worker, settings })
    } finally {
      await worker.close()
    }
  },
})

interface ReportContext extends OperationContext {
  readonly worker: ComputeWorker
  readonly settings: AnalysisSettings
}

async function reportOn(given: z.infer<typeof input>, context: ReportContext): Promise<ReportResult> {
  const reading = await readLogs({
    paths: given.paths,
    workingDirectory: context.workingDirectory,
    columns: given.columns,
    sources,
    signal: context.signal,
    onProgress: ({ bytes, totalBytes, path }) =>
      context.progress({ step: `reading ${path}`, done: bytes, total: totalBytes, unit: 'bytes' }),
  })
  const unread = reading.failures.map(({ message, fix }): Complaint => ({ message, fix }))
  if (reading.runs.length === 0) return nothingRead(given.paths, reading, unread)
  const { results, bugs } = await runAnalyses({
    worker: context.worker,
    observations: reading.observations,
    runs: reading.runs,
    seed: given.seed,
    settings: context.settings,
    context,
  })
  const composed = composeReport({
    ...reading,
    results,
    seed: given.seed,
    settings: given.set,
    version: packageVersion(),
  })
  const document = given.title === undefined ? composed : { ...composed, title: given.title }
  const json = writeJson(document)
  context.signal.throwIfAborted()
  const html = await renderHtml(document)
  const files = { 'report.html': html, 'report.json': json, 'report.md': renderMarkdown(document) }
  const folder = resolve(context.workingDirectory, given.out)
  await replaceFiles({
    folder,
    shownAs: given.out,
    files,
    signature: { file: 'report.json', isOurs: (head) => /^\{\s*"schemaVersion": \d+,\s*"assay": \{/.test(head) },
    signal: context.signal,
  })
  return {
    document,
    exitCode: bugs.length > 0 ? 3 : unread.length > 0 ? 2 : 0,
    json,
    text: (terminal) =>
      renderTerminal(document, { ...terminal, pagePath: pathToFileURL(resolve(folder, 'report.html')).href }),
    complaints: [...unread, ...bugs],
  }
}

function nothingRead(paths: readonly string[], reading: LogReading, complaints: readonly Complaint[]): ReportResult {
  if (complaints.length === 0) {
    fail(
      'no-evaluation-logs-found',
      { paths: paths.join(', '), filesSkipped: reading.skipped.length },
      'pass a folder or file that an evaluation harness wrote, or a table with one row per response',
    )
  }
  const json = `${JSON.stringify({ failures: reading.failures, skipped: reading.skipped }, undefined, 1)}\n`
  return { document: undefined, exitCode: 2, json, text: () => '', complaints }
}
