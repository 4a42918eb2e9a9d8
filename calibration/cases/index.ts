/** Every calibration, by hand: a case that is not listed here is not run and not documented. */
import type { Calibration } from '../calibration.ts'
import { agreementCalibration, ordinalAgreementCalibration, panelAgreementCalibration } from './agreement.ts'
import { bootstrapBiasCorrectedCalibration } from './bootstrap-bias-corrected.ts'
import { boundedMeanCalibration, boundedMeanGradedCalibration } from './bounded-mean.ts'
import { bradleyTerryCalibration, cyclicFlowCalibration } from './bradley-terry.ts'
import { claimLedgerCalibration, combinedTestsCalibration, eValueLedgerCalibration } from './claim-families.ts'
import {
  anytimeIntervalCalibration,
  boundaryCalibration,
  fixedSampleBoundCalibration,
  fleissNullCalibration,
  lengthControlledCalibration,
  nestedCalibration,
} from './closed-forms.ts'
import { clusterMeanCalibration, meanIntervalCalibration, pairedDifferenceCalibration } from './cluster-mean.ts'
import { clusteredLimitsCalibration } from './clustered-t-limits.ts'
import { commonSlopeCalibration } from './common-slope.ts'
import { betaMixtureCalibration, rareRateCalibration, scoreSequenceCalibration } from './confidence-sequences.ts'
import { crossedLogitCalibration, crossedLogitFewResponsesCalibration } from './crossed-logit.ts'
import {
  answerAgreementCalibration,
  crossedBootstrapCalibration,
  multilevelBootstrapCalibration,
  twoWayClusterCalibration,
} from './crossed-scores.ts'
import { drawnSettingsCalibration, hoeffdingLimitCalibration } from './drawn-settings.ts'
import { equivalenceVerdictCalibration, pairedMarginCalibration, plannedPowerCalibration } from './equivalence.ts'
import { exactFalseSupportCalibration, falseSupportCalibration } from './false-support.ts'
import { decisionStudyCalibration, varianceComponentCalibration } from './generalizability.ts'
import {
  groupIntervalCalibration,
  meanScoreCalibration,
  referenceDifferenceCalibration,
  unpairedClustersCalibration,
  unpairedDifferenceCalibration,
} from './groups.ts'
import { fixedRateCalibration, itemRestCalibration, itemRestIntervalCalibration } from './item-analysis.ts'
import { predictionPoweredCalibration, roganGladenCalibration, stratifiedPowerCalibration } from './judges.ts'
import { itemResponseCalibration } from './latent-models.ts'
import { levelEffectsCalibration } from './level-effects.ts'
import { meansInRangeCalibration } from './means-in-range.ts'
import { missingParameterCalibration, missingRegionCalibration } from './missing-data.ts'
import { falseDiscoveryCalibration, holmCalibration, requiredItemsCalibration } from './multiplicity.ts'
import { normalTheoryLimitsCalibration } from './normal-theory-limits.ts'
import {
  distributionBandCalibration,
  orderStatisticCalibration,
  quantileComparisonCalibration,
  quantileSequenceCalibration,
} from './order-statistics.ts'
import {
  exactRateTestsCalibration,
  independentDifferenceCalibration,
  pairedIntervalsCalibration,
  pairedIntervalsFloorCalibration,
} from './paired-rates.ts'
import { plantedEffectsCalibration, plantedNothingCalibration } from './planted-effects.ts'
import {
  betaPosteriorCalibration,
  nextValueCalibration,
  posteriorPredictiveCalibration,
  replicationCalibration,
  tailForecastCalibration,
} from './posteriors-and-forecasts.ts'
import { abilityFitCalibration, rankSetCalibration, tieModelCalibration } from './rankings.ts'
import {
  clusteredRateCalibration,
  judgedRateCalibration,
  thresholdPlanCalibration,
  variantClaimCalibration,
} from './rate-claims.ts'
import {
  approximateRateIntervalsCalibration,
  clopperPearsonCalibration,
  rareEventBoundsCalibration,
  wilsonFloorCalibration,
} from './rate-intervals.ts'
import {
  flipRateCalibration,
  iccCalibration,
  passAtKCalibration,
  passHatKCalibration,
  rerunCalibration,
  unanimousShareCalibration,
} from './repeats.ts'
import {
  binomialPredictionCalibration,
  detectableEffectCalibration,
  fixedItemsCalibration,
  missingMeanCalibration,
  withinVarianceCalibration,
} from './reruns.ts'
import {
  bootstrapBcaCalibration,
  bootstrapPercentileCalibration,
  bootstrapTwoLevelCalibration,
  signFlipCalibration,
} from './resampling.ts'
import { searchSpreadCalibration } from './search-spread.ts'
import { rareRateCallsCalibration, sequentialCallsCalibration } from './sequential-runs.ts'
import {
  boundedMixtureCalibration,
  combinedEValuesCalibration,
  eBenjaminiHochbergCalibration,
  sprtCalibration,
} from './sequential-tests.ts'
import { fewSkewedScoresCalibration, skewedScoresCalibration } from './skewed-scores.ts'
import { cochranQCalibration, simultaneousCalibration, variantSpreadCalibration } from './variants.ts'

export const calibrations: readonly Calibration[] = [
  clopperPearsonCalibration,
  approximateRateIntervalsCalibration,
  wilsonFloorCalibration,
  rareEventBoundsCalibration,
  pairedIntervalsCalibration,
  pairedIntervalsFloorCalibration,
  independentDifferenceCalibration,
  exactRateTestsCalibration,
  missingRegionCalibration,
  missingParameterCalibration,
  holmCalibration,
  falseDiscoveryCalibration,
  requiredItemsCalibration,
  betaMixtureCalibration,
  scoreSequenceCalibration,
  rareRateCalibration,
  bradleyTerryCalibration,
  cyclicFlowCalibration,
  boundedMeanCalibration,
  boundedMeanGradedCalibration,
  meanIntervalCalibration,
  clusterMeanCalibration,
  pairedDifferenceCalibration,
  skewedScoresCalibration,
  fewSkewedScoresCalibration,
  clusteredLimitsCalibration,
  meansInRangeCalibration,
  signFlipCalibration,
  bootstrapPercentileCalibration,
  bootstrapBcaCalibration,
  bootstrapTwoLevelCalibration,
  iccCalibration,
  flipRateCalibration,
  unanimousShareCalibration,
  passHatKCalibration,
  rerunCalibration,
  cochranQCalibration,
  variantSpreadCalibration,
  searchSpreadCalibration,
  simultaneousCalibration,
  missingMeanCalibration,
  fixedItemsCalibration,
  withinVarianceCalibration,
  binomialPredictionCalibration,
  detectableEffectCalibration,
  bootstrapBiasCorrectedCalibration,
  claimLedgerCalibration,
  combinedTestsCalibration,
  eValueLedgerCalibration,
  answerAgreementCalibration,
  crossedBootstrapCalibration,
  multilevelBootstrapCalibration,
  twoWayClusterCalibration,
  equivalenceVerdictCalibration,
  pairedMarginCalibration,
  plannedPowerCalibration,
  decisionStudyCalibration,
  varianceComponentCalibration,
  normalTheoryLimitsCalibration,
  agreementCalibration,
  ordinalAgreementCalibration,
  panelAgreementCalibration,
  predictionPoweredCalibration,
  stratifiedPowerCalibration,
  roganGladenCalibration,
  crossedLogitCalibration,
  crossedLogitFewResponsesCalibration,
  itemResponseCalibration,
  clusteredRateCalibration,
  judgedRateCalibration,
  thresholdPlanCalibration,
  variantClaimCalibration,
  passAtKCalibration,
  orderStatisticCalibration,
  distributionBandCalibration,
  quantileComparisonCalibration,
  quantileSequenceCalibration,
  sprtCalibration,
  boundedMixtureCalibration,
  eBenjaminiHochbergCalibration,
  combinedEValuesCalibration,
  betaPosteriorCalibration,
  posteriorPredictiveCalibration,
  nextValueCalibration,
  replicationCalibration,
  tailForecastCalibration,
  tieModelCalibration,
  rankSetCalibration,
  abilityFitCalibration,
  unpairedDifferenceCalibration,
  unpairedClustersCalibration,
  meanScoreCalibration,
  referenceDifferenceCalibration,
  groupIntervalCalibration,
  itemRestCalibration,
  itemRestIntervalCalibration,
  commonSlopeCalibration,
  fixedRateCalibration,
  levelEffectsCalibration,
  plantedEffectsCalibration,
  plantedNothingCalibration,
  sequentialCallsCalibration,
  rareRateCallsCalibration,
  falseSupportCalibration,
  exactFalseSupportCalibration,
  drawnSettingsCalibration,
  hoeffdingLimitCalibration,
  boundaryCalibration,
  anytimeIntervalCalibration,
  fixedSampleBoundCalibration,
  fleissNullCalibration,
  lengthControlledCalibration,
  nestedCalibration,
]
