/** Every calibration, by hand: a case that is not listed here is not run and not documented. */
import type { Calibration } from '../calibration.ts'
import { bradleyTerryCalibration, cyclicFlowCalibration } from './bradley-terry.ts'
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
]
