export {
  type Analysis,
  type AnalysisInput,
  type AnalysisResult,
  defineAnalysis,
  type Evidence,
  type EvidenceClass,
  type Question,
  questions,
  type Statement,
} from './analysis.ts'
export type { Figure, IntervalRow, NumberFormat, Table } from './figure.ts'
export { type Groups, groupRows, rowsOf, selectRows } from './group.ts'
export { type CellScores, cellScores, type ItemScores, itemScores } from './item-scores.ts'
export { type Measure, type ModelRows, measuresOf, type ScoreScale } from './measures.ts'
export { type Explanation, explain, fillTemplate, formatNumber, messageCodes } from './messages/index.ts'
export {
  type Category,
  categoryAt,
  type Levels,
  type MissingReason,
  missingReasons,
  type Observations,
  variantLabel,
} from './observations.ts'
export { type ObservationRow, ObservationsBuilder } from './observations-builder.ts'
export type { Reconciliation, RunRecord } from './run-record.ts'
