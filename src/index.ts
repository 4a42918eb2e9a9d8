/** The library: everything the command line does, for programs. The statistics alone are `assay/stats`. */
export * from './domain/index.ts'
export { analyses } from './methods/analyses/index.ts'
export { type CustomScorer, customScorer, type ReplyToScore, type ScoreFunction } from './methods/scorers/index.ts'
export { demo } from './operations/demo.ts'
export {
  type Complaint,
  type ExitCode,
  type Operation,
  type OperationContext,
  type OperationListing,
  type OperationResult,
  operations,
  type ProgressEvent,
  type Terminal,
} from './operations/index.ts'
export { planCompare } from './operations/plan-compare.ts'
export { planMde } from './operations/plan-mde.ts'
export { planRate } from './operations/plan-rate.ts'
export { type ReportResult, report } from './operations/report.ts'
export { openRandom, type Random } from './random/index.ts'
export {
  composeReport,
  type ReportDocument,
  type ReportInput,
  renderHtml,
  renderMarkdown,
  renderTerminal,
  writeJson,
} from './report/index.ts'
export {
  type LogFile,
  type LogReading,
  type LogUnit,
  type ReadFailure,
  type ReadLogsOptions,
  type ReadOptions,
  type ReadProgress,
  type ReadSink,
  readLogs,
  type Source,
  sources,
} from './sources/index.ts'
export {
  AssayError,
  type Caveat,
  type Estimate,
  type HypothesisTest,
  type Interval,
  type NotEstimable,
  type Outcome,
  type TestOutcome,
} from './stats/index.ts'
