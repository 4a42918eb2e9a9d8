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
export { cannotSay } from './cannot-say.ts'
export type { Figure, IntervalRow, NumberFormat, Table } from './figure.ts'
export { type Groups, groupRows, rowsOf, selectRows } from './group.ts'
export { type CellScores, cellScores, clustersOf, type ItemScores, itemScores } from './item-scores.ts'
export { type Measure, type ModelRows, measuresOf, type ScoreScale } from './measures.ts'
export {
  type Explanation,
  explain,
  fillTemplate,
  formatApart,
  formatExact,
  formatNumber,
  messageCodes,
} from './messages/index.ts'
export { type MissingScores, missingScores } from './missing-scores.ts'
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
export {
  classOfTest,
  comparePaired,
  type PairedComparison,
  type PairedComparisonOptions,
} from './paired-comparison.ts'
export {
  type CellTable,
  cellTable,
  type ModelCells,
  type PairedScores,
  pairMissing,
  pairScores,
  techniqueTable,
} from './paired-scores.ts'
export { classOfMean, populationMean, scoreRange, type UnitScores } from './population-mean.ts'
export { type RepeatScores, repeatScores } from './repeat-scores.ts'
export type { Headline, Reconciliation, RunRecord } from './run-record.ts'
export { differenceFormat, formatInterval, formatLevel, scoreFormat } from './score-format.ts'
