/**
 * Reads recorded answers: the folder of a run of ours, Inspect logs with their samples, JSONL with one answer a line,
 * samples of lm-evaluation-harness and Every Eval Ever, tables with a column of replies: every format that is read.
 *
 * Of a table without replies only what its scorer read from each is known; that is used where it is whole.
 */
import type { RecordedAnswer } from '../../domain/index.ts'
import { assayRunSource } from '../assay-run/assay-run-source.ts'
import { type DiscoveredFile, discoverFiles } from '../discover-files.ts'
import { isSamples } from '../every-eval-ever/samples-file.ts'
import { inspectSource } from '../inspect/inspect.ts'
import { lmEvalSource } from '../lm-eval/lm-eval-source.ts'
import { tableSource } from '../table/table-source.ts'
import { inspectRecordings } from './inspect-recordings.ts'
import { instanceRecordings } from './instance-recordings.ts'
import { journalRecordings } from './journal-recordings.ts'
import { isAnswerLines, lineRecordings } from './line-recordings.ts'
import { lmEvalRecordings } from './lm-eval-recordings.ts'
import { refuseRecordings } from './refuse-recordings.ts'
import { scoredRecordings } from './scored-recordings.ts'
import { tableRecordings } from './table-recordings.ts'

export interface ReadRecordingsOptions {
  readonly path: string
  /** Folder that relative paths start from. */
  readonly workingDirectory: string
  readonly signal: AbortSignal
}

export async function readRecordings(options: ReadRecordingsOptions): Promise<readonly RecordedAnswer[]> {
  const { path, workingDirectory, signal } = options
  const { files, failures } = await discoverFiles({ paths: [path], workingDirectory, signal, limit: 20_000 })
  const [failure] = failures
  if (failure !== undefined) throw failure
  const answers: RecordedAnswer[] = []
  const journals = files.filter((file) => assayRunSource.sniff(file))
  for (const unit of assayRunSource.group(journals)) {
    answers.push(...(await journalRecordings([unit.main, ...unit.companions], signal)))
  }
  const rest: DiscoveredFile[] = []
  const samples: DiscoveredFile[] = []
  for (const file of files) {
    if (journals.includes(file)) continue
    if (inspectSource.sniff(file)) answers.push(...(await inspectRecordings(file, signal)))
    else if (lmEvalSource.sniff(file)) samples.push(file)
    else if (isAnswerLines(file)) answers.push(...(await lineRecordings(file, signal)))
    else if (isSamples(file)) answers.push(...(await instanceRecordings(file, signal)))
    else if (tableSource.sniff(file)) {
      const told = await tableRecordings(file, signal)
      if (told.length > 0) answers.push(...told)
      else rest.push(file)
    }
  }
  for (const unit of lmEvalSource.group(samples)) answers.push(...(await lmEvalRecordings(unit, signal)))
  if (answers.length === 0 && rest.length > 0)
    answers.push(...(await scoredRecordings({ paths: [path], workingDirectory, signal, sources: [tableSource] })))
  return answers.length > 0 ? answers : refuseRecordings(path, files)
}
