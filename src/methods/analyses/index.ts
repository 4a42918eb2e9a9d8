/** Every analysis, by hand, in the order in which a reader should meet them; within a question the first leads. */
import type { Analysis } from '../../domain/index.ts'
import { detectableEffectAnalysis } from './detectable-effect.ts'
import { headerReconciliation } from './header-reconciliation.ts'
import { headlineEstimates } from './headline-estimates.ts'
import { inputCoverage } from './input-coverage.ts'
import { missingData } from './missing-data.ts'
import { modelComparison } from './model-comparison.ts'
import { rerunAgreement } from './rerun-agreement.ts'
import { rerunPrediction } from './rerun-prediction.ts'
import { scorerSummary } from './scorer-summary.ts'
import { subgroups } from './subgroups.ts'
import { techniqueGap } from './technique-gap.ts'
import { twinGap } from './twin-gap.ts'
import { variantSpread } from './variant-spread.ts'

export const analyses: readonly Analysis[] = [
  // 1 validity
  scorerSummary,
  twinGap,
  // 2 coverage
  inputCoverage,
  subgroups,
  // 3 robustness
  variantSpread,
  // 4 reliability
  rerunAgreement,
  missingData,
  headerReconciliation,
  // 5 guarantee
  headlineEstimates,
  modelComparison,
  detectableEffectAnalysis,
  // 6 prediction
  techniqueGap,
  rerunPrediction,
]
