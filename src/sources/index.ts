/** The sources, in the order in which they are asked whether they know a file. */
import { assayRunSource } from './assay-run/assay-run-source.ts'
import { everyEvalEverSource } from './every-eval-ever/every-eval-ever-source.ts'
import { inspectSource } from './inspect/inspect.ts'
import { lmEvalSource } from './lm-eval/lm-eval-source.ts'
import type { Source } from './source.ts'
import { tableSource } from './table/table-source.ts'

export const sources: readonly Source[] = [
  assayRunSource,
  inspectSource,
  lmEvalSource,
  everyEvalEverSource,
  tableSource,
]

export { type LogReading, type ReadFailure, type ReadLogsOptions, type ReadProgress, readLogs } from './read-logs.ts'
export { readRecordings } from './recordings/read-recordings.ts'
export type { LogFile, LogUnit, ReadOptions, ReadSink, Source } from './source.ts'
