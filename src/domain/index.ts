export { adjustedTest, isAdjusted } from './adjusted-test.ts'
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
export { acceptedTexts } from './answers/accepted-texts.ts'
export { type Comparison, canonicalAnswer } from './answers/canonical-answer.ts'
export { finalAnswer, reasoningOf } from './answers/final-answer.ts'
export { isRight } from './answers/is-right.ts'
export { matchText } from './answers/match-text.ts'
export {
  type AnsweredAttempt,
  bothReadings,
  missingBecause,
  type Readings,
  readAttempt,
  unread,
} from './answers/missing-answer.ts'
export { plainText, unwrapped } from './answers/plain-text.ts'
export { readChoice } from './answers/read-choice.ts'
export { type NumberReading, type ReadNumber, readNumber } from './answers/read-number.ts'
export type { AskedCall, AskedCell } from './asked-cell.ts'
export { CallLedger, type LedgerEntry } from './call-ledger.ts'
export { cannotSay } from './cannot-say.ts'
export { canonicalPieces } from './canonical-pieces.ts'
export { changeText, type TextField, textFields, textFieldsSchema, withNote } from './change-text.ts'
export { rewriteCitedLabels } from './cited-labels.ts'
export { type Claim, claimSchema, type Quantifier, quantifiers, type Verdict } from './claim.ts'
export { type DetectableOptions, detectableMean } from './claim-power.ts'
export type { CellScoresByScorer, ClaimScale, ScoreCell } from './claim-scale.ts'
export { formatOf, scopesOf, variesSettings } from './claim-scope.ts'
export { verdictOf } from './claim-statement.ts'
export type { ClaimTrack } from './claim-track.ts'
export { claimVerdictOf } from './claim-verdict-of.ts'
export { contentHash, documentHash } from './content-hash.ts'
export { contract, expandContractions } from './contractions.ts'
export {
  type AdaptiveSearch,
  type Constraint,
  type Design,
  type DesignInput,
  type DesignPlan,
  defineDesign,
  type FactorLevels,
  type SearchCount,
  type SearchInput,
  type SearchState,
  type SearchStep,
} from './design.ts'
export { directNames, isDirect } from './direct-technique.ts'
export { type DisbelievedBy, DisbelievedCalls } from './disbelieved-calls.ts'
export { askOnce } from './elicit/ask-once.ts'
export { askingAbout } from './elicit/asking-about.ts'
export { calculate } from './elicit/calculate.ts'
export {
  atTemperature,
  type Change,
  inOptionOrder,
  inOrder,
  movableOptions,
  showing,
  unchanged,
} from './elicit/change-state.ts'
export { chooseExemplars, exemplarOf, nearestExemplars } from './elicit/choose-exemplars.ts'
export { extractAnswer } from './elicit/extract-answer.ts'
export { gradeRequest, readVerdict, type VerdictReading } from './elicit/grade-request.ts'
export { lexicalSimilarity } from './elicit/lexical-similarity.ts'
export { optionOrders, orderCount } from './elicit/option-orders.ts'
export { reasonFirst } from './elicit/reason-first.ts'
export { chooseThreshold, type RoutedItem } from './elicit/routing-threshold.ts'
export { samplesInTurn } from './elicit/samples-in-turn.ts'
export { settleOutcome } from './elicit/settle-outcome.ts'
export { type Asking, type Sample, type SampleRequest, takeSample } from './elicit/take-sample.ts'
export { pluralityVote } from './elicit/vote.ts'
export { voteOnSamples } from './elicit/vote-on-samples.ts'
export { weighUnconditionally } from './elicit/weigh-unconditionally.ts'
export { defineFactor, type Factor, type FactorInput, type Preservation } from './factor.ts'
export { FailedCells, type FailedCellsBy } from './failed-cells.ts'
export {
  brokenConstraint,
  feasibleSettings,
  forbiddenLevels,
  missingSettings,
  referenceSetting,
} from './feasible-settings.ts'
export type { Figure, IntervalRow, NumberFormat, Table } from './figure.ts'
export { fillPlaceholders, placeholdersOf } from './fill-placeholders.ts'
export {
  type ClaimFollower,
  type ClaimStanding,
  type Decision,
  followClaims,
  type StandingTrack,
} from './follow-claims.ts'
export { type Groups, groupRows, rowsOf, selectRows } from './group.ts'
export { type Host, pause } from './host.ts'
export { type BlindItem, blindItem, type DataRole, type Item } from './item.ts'
export { type CellScores, cellScores, clustersOf, type ItemScores, itemScores } from './item-scores.ts'
export { JournalBill } from './journal-bill.ts'
export type {
  AllowanceRecord,
  CallRecord,
  CellRecord,
  Deviation,
  JournalRecord,
  Paid,
  RecordedReading,
  RegisteredProtocol,
  ResumeRecord,
  SearchCellRecord,
  SearchEndRecord,
  StartRecord,
  StopReason,
  StopRecord,
} from './journal-record.ts'
export { bareLayout, layOutItem, plainLayout, showsOptions } from './lay-out-item.ts'
export { licenceRefusal, type Refusal } from './licence.ts'
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
export { misspell } from './misspellings.ts'
export {
  type CallFailure,
  type CallOutcome,
  type Decoding,
  type FailureCause,
  type Message as ChatMessage,
  type ModelRequest,
  type ModelResponse,
  type Purpose,
  requestsOf,
  type TokenChoice,
  type Usage,
} from './model-call.ts'
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
export { hasLabels, labelStyles, optionLabels, relabelOptions, reorderOptions, wrapLabel } from './option-labels.ts'
export { escapeField, manifestBeside, ownTableExtras, ownTableMark, unescapeField } from './own-table.ts'
export { nothingPaid, paidFor, sumPaid } from './paid.ts'
export {
  classOfTest,
  comparePaired,
  type PairedComparison,
  type PairedComparisonOptions,
  testPaired,
} from './paired-comparison.ts'
export {
  type CellTable,
  cellTable,
  type ModelCells,
  type PairedScores,
  pairMissing,
  pairScores,
  techniqueTable,
  variantTable,
} from './paired-scores.ts'
export { classOfMean, populationMean, scoreRange, type UnitScores, withinRange } from './population-mean.ts'
export { itemSchema, type Protocol, type ProtocolItem, protocolSchema } from './protocol.ts'
export { protocolDeviations } from './protocol-deviations.ts'
export { itemsOfProtocol } from './protocol-items.ts'
export { costsNothing, itemProblems, type ProtocolProblem, protocolProblems } from './protocol-problems.ts'
export type { ReadRecordings, RecordedAnswer, RecordedResponse } from './recorded-answer.ts'
export { registrationStatement } from './registration-statement.ts'
export {
  type AnswerMode,
  type Exemplar,
  type LabelStyle,
  type Layout,
  labelMap,
  type RenderState,
  type ShownOption,
} from './render.ts'
export { answerRequests, finishRender, type RenderStart, shownOptions, startRender } from './render-item.ts'
export { type RepeatScores, repeatScores } from './repeat-scores.ts'
export { RequestsByItem } from './requests-by-item.ts'
export {
  measuresByTask,
  type OnePerItem,
  onePerItem,
  type ResponseScores,
  responseScores,
} from './response-scores.ts'
export { manifestText, type RunManifest, readManifest } from './run-manifest.ts'
export type { ClaimVerdict, Headline, Reconciliation, RunRecord, StudyRecord } from './run-record.ts'
export { runSavings } from './run-savings.ts'
export { ScoreDigest } from './score-digest.ts'
export { differenceFormat, formatInterval, formatLevel, formatSize, scoreFormat } from './score-format.ts'
export { ScoreLedger } from './score-ledger.ts'
export { type AskedFor, askedForms, defineScorer, type Reading, type Scorer, type ScorerInput } from './scorer.ts'
export { areReadings, leadingMeasures, lenientName, strictName } from './scorer-readings.ts'
export { scoresOfCell } from './scores-of-cell.ts'
export { speaksOfPlace } from './speaks-of-place.ts'
export {
  type CellPlace,
  cellAt,
  cellCount,
  cellIndex,
  cellsPerItem,
  levelsAt,
  numberedLabels,
  reportedSettings,
  responsesPerModel,
  runName,
  type SearchEnds,
  type Study,
  type StudyDesign,
  type StudyItem,
  type StudyScorer,
  type StudySearch,
  searchCellIndex,
  searchPlaceAt,
} from './study.ts'
export {
  type MadeByPlugIns,
  type ProtocolWithItems,
  rolesOf,
  runRandom,
  studyOfProtocol,
} from './study-of-protocol.ts'
export {
  type Attempt,
  type Candidate,
  type CandidateLikelihood,
  type Capability,
  type CostPlan,
  defineTechnique,
  type FitContext,
  type PlanShape,
  type Technique,
  type TechniqueContext,
} from './technique.ts'
export { type FamilyOptions, type Hypothesis, type TestedFamily, testedFamily } from './tested-family.ts'
export { type UnscoredBy, UnscoredResponses } from './unscored-responses.ts'
export { canVerify, peerScorers } from './witness.ts'
