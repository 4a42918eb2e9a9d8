/** Every calibration, by hand: a case that is not listed here is not run and not documented. */
import type { Calibration } from '../calibration.ts'
import { bootstrapBiasCorrectedCalibration } from './bootstrap-bias-corrected.ts'
import { boundedMeanCalibration, boundedMeanGradedCalibration } from './bounded-mean.ts'
import { bradleyTerryCalibration, cyclicFlowCalibration } from './bradley-terry.ts'
import { clusterMeanCalibration, meanIntervalCalibration, pairedDifferenceCalibration } from './cluster-mean.ts'
import { betaMixtureCalibration, rareRateCalibration, scoreSequenceCalibration } from './confidence-sequences.ts'
import { missingParameterCalibration, missingRegionCalibration } from './missing-data.ts'
import { falseDiscoveryCalibration, holmCalibration, requiredItemsCalibration } from './multiplicity.ts'
import {
  exactRateTestsCalibration,
  independentDifferenceCalibration,
  pairedIntervalsCalibration,
  pairedIntervalsFloorCalibration,
} from './paired-rates.ts'
import {
  approximateRateIntervalsCalibration,
  clopperPearsonCalibration,
  rareEventBoundsCalibration,
  wilsonFloorCalibration,
} from './rate-intervals.ts'
import { flipRateCalibration, iccCalibration, passHatKCalibration, rerunCalibration } from './repeats.ts'
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
  signFlipCalibration,
  bootstrapPercentileCalibration,
  bootstrapBcaCalibration,
  bootstrapTwoLevelCalibration,
  iccCalibration,
  flipRateCalibration,
  passHatKCalibration,
  rerunCalibration,
  cochranQCalibration,
  variantSpreadCalibration,
  simultaneousCalibration,
  missingMeanCalibration,
  fixedItemsCalibration,
  withinVarianceCalibration,
  binomialPredictionCalibration,
  detectableEffectCalibration,
  bootstrapBiasCorrectedCalibration,
]
