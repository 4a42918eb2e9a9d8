export { openRandom, type Random } from '../random/index.ts'
export {
  type AffordableDesign,
  type AffordableDesignOptions,
  affordableDesign,
  type DesignComponents,
  type DesignCosts,
} from './affordable-design.ts'
export { type AgreementOptions, brennanPrediger, fleissKappa, gwetAgreement } from './agreement/chance-corrected.ts'
export { cohenKappa, type Kappa, type KappaOptions } from './agreement/cohen-kappa.ts'
export { type FleissNullTest, fleissNullTest } from './agreement/fleiss-null.ts'
export { type AlphaOptions, krippendorffAlpha } from './agreement/krippendorff-alpha.ts'
export type { RatingScale } from './agreement/rating-distance.ts'
export { agreementWeights, type Ratings, type WeightKind } from './agreement/ratings.ts'
export { type AnswerAgreementOptions, modalAgreement, totalAgreement } from './answer-agreement.ts'
export { benjaminiHochberg, benjaminiYekutieli } from './benjamini-hochberg.ts'
export { betaDraw } from './beta-draw.ts'
export { type BinomialPredictionOptions, binomialPrediction } from './binomial-prediction.ts'
export { type BinomialTestOptions, binomialTest, criticalCount, sigmaEquivalent } from './binomial-test.ts'
export { bonettPrice } from './bonett-price.ts'
export { bonferroni } from './bonferroni.ts'
export { bootstrapBca } from './bootstrap-bca.ts'
export { type BootstrapBiasCorrectedInput, bootstrapBiasCorrected } from './bootstrap-bias-corrected.ts'
export type { BootstrapOptions, Resampled } from './bootstrap-distribution.ts'
export { bootstrapPercentile } from './bootstrap-percentile.ts'
export { type BootstrapTwoLevelOptions, bootstrapTwoLevel } from './bootstrap-two-level.ts'
export { type BoundedMeanOptions, boundedMeanInterval } from './bounded-mean-interval.ts'
export type { BinomialCount, ScoreRange } from './check-inputs.ts'
export { type CleanTrialsOptions, cleanTrialsNeeded } from './clean-trials-needed.ts'
export { clopperPearson } from './clopper-pearson.ts'
export { type ClusterMeanOptions, clusterMean } from './cluster-mean.ts'
export type { ClusterCorrection } from './cluster-robust-variance.ts'
export type { ClusterCodes } from './clusters.ts'
export { cochranQ } from './cochran-q.ts'
export { type Compared, type Equivalence, type EquivalenceOptions, equivalence } from './comparison/equivalence.ts'
export { type EquivalencePowerOptions, equivalencePower } from './comparison/equivalence-power.ts'
export { type PairedMarginOptions, pairedMarginTest } from './comparison/paired-margin-test.ts'
export { type UnitsNeeded, unitsNeeded } from './comparison/units-needed.ts'
export type { VariantTable } from './complete-rows.ts'
export type { ForbiddenLevels } from './covering/completable.ts'
export { type CoveringArray, type CoveringArrayOptions, coveringArray } from './covering/covering-array.ts'
export type { StrongerSet } from './covering/tuple-space.ts'
export {
  type AllocationOptions,
  bestDesign,
  budgetGrid,
  type CrossedDesignCosts,
  type DesignSize,
  designCost,
  designVariance,
  type NoiseComponents,
  type PlannedDesign,
} from './design/allocation.ts'
export { type ItemAllocationOptions, itemAllocation, passAtKVariance } from './design/item-allocation.ts'
export {
  type MainEffectsDesign,
  type MainEffectsOptions,
  mainEffectParameters,
  mainEffectsDesign,
} from './design/main-effects-design.ts'
export { type Extension, type NextCallsOptions, nextCalls } from './design/next-calls.ts'
export { type RegularFraction, regularFraction } from './design/regular-fraction.ts'
export { type TTestDesign, tTestPower, tTestSize } from './design/t-test-power.ts'
export { type DesignEffect, designEffect, designEffectOfIcc } from './design-effect.ts'
export { type DetectableEffectOptions, detectableEffect } from './detectable-effect.ts'
export { detectableSpread, type SpreadDesign } from './detectable-spread.ts'
export { differenceFromReferences, type ReferenceDifferenceOptions } from './difference-from-references.ts'
export { type DirectionReplicationOptions, directionReplication } from './direction-replication.ts'
export * from './distributions/beta.ts'
export * from './distributions/binomial.ts'
export * from './distributions/chi-squared.ts'
export * from './distributions/f.ts'
export {
  noncentralChiSquaredCdf,
  noncentralChiSquaredLogUpperTail,
  noncentralChiSquaredUpperTail,
} from './distributions/noncentral-chi-squared.ts'
export * from './distributions/noncentral-f.ts'
export * from './distributions/noncentral-t.ts'
export * from './distributions/normal.ts'
export * from './distributions/poisson.ts'
export * from './distributions/student-t.ts'
export { type EmpiricalBernsteinBoundOptions, empiricalBernsteinBound } from './empirical-bernstein-bound.ts'
export { type EquivalenceDesign, equivalenceItems } from './equivalence-items.ts'
export { AssayError, type ErrorValue, fail } from './fail.ts'
export * from './fixed-items-mean.ts'
export { type FixedRateTest, fixedRateTest } from './fixed-rate-test.ts'
export { flipRate, unanimousShare } from './flip-rate.ts'
export { betaPosterior, cleanTrialsForPosterior, posteriorBelow, predictNoEvent } from './guarantees/beta-posterior.ts'
export { type ClusteredRate, type ClusteredRateOptions, clusteredRate } from './guarantees/clustered-rate.ts'
export { chanceOverUses, cleanTestsForPromise, rateForPromise } from './guarantees/deployment.ts'
export * from './guarantees/judged-rate.ts'
export { oneSidedDistributionBand } from './guarantees/one-sided-distribution-band.ts'
export * from './guarantees/order-statistic-bound.ts'
export { type SelectedVariant, selectAndReestimate } from './guarantees/select-and-reestimate.ts'
export { type TailBacktest, tailBacktest } from './guarantees/tail-backtest.ts'
export { type TailForecast, type TailForecastOptions, tailForecast } from './guarantees/tail-forecast.ts'
export * from './guarantees/threshold-plan.ts'
export { badVariantShare, variantQuantileBound } from './guarantees/variant-quantile.ts'
export {
  bestOfListed,
  expectedLead,
  type VariantCounts,
  type WorstOfListed,
  worstOfListed,
} from './guarantees/worst-variant.ts'
export { hoeffdingLowerLimit } from './hoeffding-limit.ts'
export { holm } from './holm.ts'
export { type IccOptions, intraclassCorrelation, oneWayIcc } from './icc.ts'
export type { IccForm } from './icc-form.ts'
export { type ItemResponseFit, itemResponseModel } from './irt/item-response-model.ts'
export type { ItemResponseOptions } from './irt/item-responses.ts'
export { type ItemRest, type ItemRestOptions, itemRestCorrelations } from './irt/item-rest.ts'
export { type CommonSlopeOptions, commonSlopeTest } from './irt/shared-slope.ts'
export { jeffreys } from './jeffreys.ts'
export * from './judge/prediction-powered.ts'
export { type CountOf, type JudgedRateOptions, roganGladen } from './judge/rogan-gladen.ts'
export { type Concordance, kendallW, midRanks } from './kendall-w.ts'
export { type LevelCoverage, type LevelCoverageOptions, levelCoverage } from './level-coverage.ts'
export { type CholeskyFactor, cholesky, invertCholesky, logDeterminant, solveCholesky } from './linear/cholesky.ts'
export { semidefiniteForm } from './linear/semidefinite-form.ts'
export { type McNemarOptions, mcnemarExact, mcnemarMidP } from './mcnemar.ts'
export { type McNemarPower, type McNemarPowerOptions, mcnemarPower } from './mcnemar-power.ts'
export { type MeanIntervalOptions, meanInterval } from './mean-interval.ts'
export { type MeanScoreOptions, meanScoreTest } from './mean-score-test.ts'
export { type DifferenceDesign, minimumDetectableEffect } from './minimum-detectable-effect.ts'
export { type MissingBounds, type MissingCounts, missingBounds } from './missing-bounds.ts'
export { type MissingMeanBounds, type MissingMeanBoundsOptions, missingMeanBounds } from './missing-mean-bounds.ts'
export * from './mixed/crossed-logit.ts'
export { type LogitContrastOptions, logitContrast } from './mixed/logit-contrast.ts'
export { type ClaimLedger, claimLedger, type DecidedClaim, type RegisteredClaim } from './multiplicity/claim-ledger.ts'
export * from './multiplicity/combine-p-values.ts'
export { hochberg } from './multiplicity/hochberg.ts'
export { hommel } from './multiplicity/hommel.ts'
export { type LedgerMethod, type LedgerSituation, ledgerMethod, ledgerPromises } from './multiplicity/ledger-method.ts'
export {
  type NestedComponent,
  type NestedOptions,
  type NestedVarianceComponents,
  nestedVarianceComponents,
} from './nested-variance-components.ts'
export { newcombeDifference } from './newcombe-difference.ts'
export { newcombePaired } from './newcombe-paired.ts'
export { type NextValueOptions, nextValueInterval } from './next-value-interval.ts'
export { type NoiseDecomposition, noiseDecomposition } from './noise-decomposition.ts'
export { type PairedDifference, type PairedDifferenceOptions, pairedDifference } from './paired-difference.ts'
export type { PairedTable } from './paired-table.ts'
export { type PairingGain, pairingGain } from './pairing-gain.ts'
export * from './pass-at-k.ts'
export { poissonRate } from './poisson-rate.ts'
export type { OnProgress, Progress } from './progress.ts'
export { rangeMean, rangePower, rangeUpperPoint, rangeUpperTail } from './range-of-normals.ts'
export { type AbilityBootstrap, abilityBootstrap } from './ranking/ability-bootstrap.ts'
export { type Battles, countPairs, type PairCounts } from './ranking/battles.ts'
export { type AbilityFit, abilityContrast, bradleyTerry, eloPointsPerUnit } from './ranking/bradley-terry.ts'
export { clusteredAbilities } from './ranking/clustered-abilities.ts'
export { winComponents } from './ranking/connectivity.ts'
export { type EloDispersion, type EloOptions, eloDispersion, eloRatings } from './ranking/elo.ts'
export {
  type LengthControlledOptions,
  type LengthControlledWinRate,
  lengthControlledWinRate,
} from './ranking/length-controlled.ts'
export { bootstrapRankSets, type RankSet, rankSets } from './ranking/rank-sets.ts'
export { davidson, raoKupper } from './ranking/tie-models.ts'
export { abilityFitTest, type CyclicFlow, circularTriads, cyclicFlow } from './ranking/transitivity.ts'
export { fewestTolerated, passProbability, type RareEventPlan, rareEventPlan } from './rare-event-plan.ts'
export type { CrossedEffect, CrossedTable } from './reliability/crossed-mean-squares.ts'
export * from './reliability/decision-study.ts'
export {
  type GeneralizabilityOptions,
  type GeneralizabilityStudy,
  generalizability,
  type VarianceComponent,
} from './reliability/generalizability.ts'
export { type MeanSquareTerm, meanSquareLimits } from './reliability/mean-square-interval.ts'
export type { RepeatedRuns } from './repeated-items.ts'
export * from './replication.ts'
export { type RequiredItems, requiredItems } from './required-items.ts'
export { approximatePairs, requiredPairs, typicalAgreement } from './required-pairs.ts'
export { type UnpairedRates, unpairedItems } from './required-unpaired.ts'
export { type CrossedBootstrapOptions, crossedBootstrap } from './resampling/crossed-bootstrap.ts'
export * from './resampling/multilevel-bootstrap.ts'
export { type TwoWayClusterOptions, twoWayClusterMean } from './resampling/two-way-cluster-mean.ts'
export * from './result.ts'
export { meanOf, varianceOf } from './sample-moments.ts'
export { type ScoreEnvelope, scoreEnvelope } from './score-envelope.ts'
export { type BernoulliMixtureOptions, bernoulliMixtureSequence } from './sequential/bernoulli-mixture-sequence.ts'
export {
  type BetaBinomialMixtureOptions,
  betaBinomialMixtureBoundary,
  betaBinomialMixtureLogEvidence,
} from './sequential/beta-binomial-mixture.ts'
export {
  type BetaPrior,
  betaMixtureLogEvidence,
  betaMixtureSequence,
  oneSidedBetaMixtureLogEvidence,
} from './sequential/beta-mixture.ts'
export { type BettingOptions, bettingLogEvidence, bettingSequence } from './sequential/betting.ts'
export { type BoundedMixtureOptions, boundedMixtureSequence } from './sequential/bounded-mixture.ts'
export { type CrossingOptions, crossingProbability } from './sequential/crossing-probability.ts'
export * from './sequential/e-values.ts'
export * from './sequential/empirical-bernstein.ts'
export {
  type EmpiricalProcessBoundaryOptions,
  empiricalProcessBoundary,
} from './sequential/empirical-process-boundary.ts'
export { type GammaMixtureOptions, gammaMixtureBoundary, gammaMixtureLogEvidence } from './sequential/gamma-mixture.ts'
export { intersectedBernsteinSequence } from './sequential/intersected-bernstein.ts'
export type { MixtureSide } from './sequential/mixture-side.ts'
export * from './sequential/normal-mixture.ts'
export { type NormalMixtureTuning, normalMixtureRho } from './sequential/normal-mixture-rho.ts'
export * from './sequential/one-sided-betting.ts'
export { type PolynomialStitchingOptions, polynomialStitching } from './sequential/polynomial-stitching.ts'
export { type QuantileComparisonOptions, quantileComparison } from './sequential/quantile-comparison.ts'
export { type QuantileBoundaryOptions, quantileBoundary, quantileSequence } from './sequential/quantile-sequence.ts'
export * from './sequential/rare-rate.ts'
export { type SprtPlan, type SprtState, sprt, sprtExpectedTrials, sprtSteps } from './sequential/sprt.ts'
export { type SignFlipOptions, signFlipTest } from './sign-flip.ts'
export * from './simultaneous-intervals.ts'
export { sortedQuantile } from './sorted-quantile.ts'
export { erf, erfc, logErfc, scaledErfc } from './special/erfc.ts'
export { exactSum } from './special/exact-sum.ts'
export { gaussLegendre } from './special/gauss-legendre.ts'
export {
  incompleteBeta,
  incompleteBetaUpper,
  logIncompleteBeta,
  logIncompleteBetaUpper,
} from './special/incomplete-beta.ts'
export {
  incompleteGamma,
  incompleteGammaUpper,
  inverseIncompleteGamma,
  logIncompleteGamma,
  logIncompleteGammaUpper,
} from './special/incomplete-gamma.ts'
export { type BetaPoint, inverseIncompleteBeta } from './special/inverse-incomplete-beta.ts'
export { logGamma } from './special/log-gamma.ts'
export { neumaierSum } from './special/neumaier-sum.ts'
export { tango } from './tango.ts'
export {
  type ArmCount,
  type ThompsonOptions,
  type ThompsonState,
  type ThompsonStep,
  thompsonNext,
  thompsonRecord,
} from './thompson-ends.ts'
export { comparisonTippingPoint, type TippingPoint, thresholdTippingPoint, tippingPoint } from './tipping-point.ts'
export { type IndependentSample, type UnpairedDifferenceOptions, unpairedDifference } from './unpaired-difference.ts'
export * from './variance-components.ts'
export { type VariantSpread, type VariantSpreadOptions, variantSpread } from './variant-spread.ts'
export { type RateIntervalOptions, wilson } from './wilson.ts'
export { withinItemVariance } from './within-item-variance.ts'
export { zeroEventBound } from './zero-event-bound.ts'
