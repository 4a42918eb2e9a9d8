/** Every analysis, by hand, in the order in which a reader should meet them; within a question the first leads. */
import type { Analysis } from '../../domain/index.ts'
import { anytimeBounds } from './anytime-bounds.ts'
import { claimVerdicts } from './claim-verdicts.ts'
import { detectableEffectAnalysis } from './detectable-effect.ts'
import { equivalenceAnalysis } from './equivalence.ts'
import { generalizabilityAnalysis } from './generalizability.ts'
import { headerReconciliation } from './header-reconciliation.ts'
import { headlineEstimates } from './headline-estimates.ts'
import { inputCoverage } from './input-coverage.ts'
import { itemResponse } from './item-response.ts'
import { judgeAgreement } from './judge-agreement.ts'
import { judgeCorrection } from './judge-correction.ts'
import { lengthControl } from './length-control.ts'
import { missingData } from './missing-data.ts'
import { mixedModel } from './mixed-model.ts'
import { modelComparison } from './model-comparison.ts'
import { ranking } from './ranking.ts'
import { rateBounds } from './rate-bounds.ts'
import { rerunAgreement } from './rerun-agreement.ts'
import { rerunPrediction } from './rerun-prediction.ts'
import { scorerSummary } from './scorer-summary.ts'
import { searchSpread } from './search-spread.ts'
import { subgroups } from './subgroups.ts'
import { tailForecastAnalysis } from './tail-forecast.ts'
import { techniqueGap } from './technique-gap.ts'
import { twinGap } from './twin-gap.ts'
import { variantClaims } from './variant-claims.ts'
import { variantSpread } from './variant-spread.ts'

export const analyses: readonly Analysis[] = [
  // 1 validity
  scorerSummary,
  twinGap,
  judgeAgreement,
  judgeCorrection,
  lengthControl,
  // 2 coverage
  inputCoverage,
  subgroups,
  // 3 robustness
  variantSpread,
  searchSpread,
  // 4 reliability
  rerunAgreement,
  missingData,
  headerReconciliation,
  generalizabilityAnalysis,
  mixedModel,
  itemResponse,
  // 5 guarantee
  claimVerdicts,
  headlineEstimates,
  modelComparison,
  detectableEffectAnalysis,
  equivalenceAnalysis,
  ranking,
  variantClaims,
  rateBounds,
  anytimeBounds,
  // 6 prediction
  techniqueGap,
  rerunPrediction,
  tailForecastAnalysis,
]
