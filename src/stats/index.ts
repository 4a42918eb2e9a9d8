export { type AgreementOptions, brennanPrediger, fleissKappa, gwetAgreement } from './agreement/chance-corrected.ts'
export { cohenKappa, type Kappa, type KappaOptions } from './agreement/cohen-kappa.ts'
export { krippendorffAlpha, type RatingScale } from './agreement/krippendorff-alpha.ts'
export { agreementWeights, type Ratings, type WeightKind } from './agreement/ratings.ts'
export { benjaminiHochberg, benjaminiYekutieli } from './benjamini-hochberg.ts'
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
export type { VariantTable } from './complete-rows.ts'
export { type DesignEffect, designEffect, designEffectOfIcc } from './design-effect.ts'
export { type DetectableEffectOptions, detectableEffect } from './detectable-effect.ts'
export { detectableSpread, type SpreadDesign } from './detectable-spread.ts'
export { differenceFromReferences, type ReferenceDifferenceOptions } from './difference-from-references.ts'
export { type DirectionReplicationOptions, directionReplication } from './direction-replication.ts'
export { betaCdf, betaQuantile, betaUpperQuantile, betaUpperTail } from './distributions/beta.ts'
export {
  binomialCdf,
  binomialLogCdf,
  binomialLogPmf,
  binomialLogUpperTail,
  binomialPmf,
  binomialQuantile,
  binomialUpperTail,
} from './distributions/binomial.ts'
export {
  chiSquaredCdf,
  chiSquaredLogUpperTail,
  chiSquaredQuantile,
  chiSquaredUpperQuantile,
  chiSquaredUpperTail,
} from './distributions/chi-squared.ts'
export { fCdf, fQuantile, fUpperQuantile, fUpperTail } from './distributions/f.ts'
export {
  normalCdf,
  normalDensity,
  normalLogCdf,
  normalLogUpperTail,
  normalQuantile,
  normalUpperQuantile,
  normalUpperQuantileFromLog,
  normalUpperTail,
} from './distributions/normal.ts'
export { poissonCdf, poissonLogPmf, poissonUpperTail } from './distributions/poisson.ts'
export {
  studentTCdf,
  studentTLogUpperTail,
  studentTQuantile,
  studentTUpperQuantile,
  studentTUpperTail,
} from './distributions/student-t.ts'
export { type EquivalenceDesign, equivalenceItems } from './equivalence-items.ts'
export { AssayError, type ErrorValue, fail } from './fail.ts'
export {
  type FixedItemsMeanOptions,
  fixedItemsMean,
  type RepeatedCells,
  type RerunNoise,
  rerunNoise,
} from './fixed-items-mean.ts'
export { flipRate, unanimousShare } from './flip-rate.ts'
export { betaPosterior, cleanTrialsForPosterior, posteriorBelow, predictNoEvent } from './guarantees/beta-posterior.ts'
export { chanceOverUses, cleanTestsForPromise, rateForPromise } from './guarantees/deployment.ts'
export {
  distributionBand,
  drawsForQuantile,
  drawsForToleranceInterval,
  orderStatisticRank,
  type QuantileClaim,
  quantileBound,
} from './guarantees/order-statistic-bound.ts'
export { type TailBacktest, tailBacktest } from './guarantees/tail-backtest.ts'
export { type TailForecast, type TailForecastOptions, tailForecast } from './guarantees/tail-forecast.ts'
export { holm } from './holm.ts'
export { type IccForm, type IccOptions, intraclassCorrelation, oneWayIcc } from './icc.ts'
export { commonSlopeTest, type ItemResponseFit, itemResponseModel } from './irt/item-response-model.ts'
export { type ItemRest, type ItemRestOptions, itemRestCorrelations } from './irt/item-rest.ts'
export type { ItemResponseOptions } from './irt/item-responses.ts'
export type { RepeatedRuns } from './item-summaries.ts'
export { jeffreys } from './jeffreys.ts'
export {
  type PredictionPowered,
  type PredictionPoweredOptions,
  predictionPowered,
  type Stratum,
  stratifiedPredictionPowered,
} from './judge/prediction-powered.ts'
export { type CountOf, type JudgedRateOptions, roganGladen } from './judge/rogan-gladen.ts'
export { type Concordance, kendallW, midRanks } from './kendall-w.ts'
export { type LevelCoverage, type LevelCoverageOptions, levelCoverage } from './level-coverage.ts'
export { type CholeskyFactor, cholesky, invertCholesky, logDeterminant, solveCholesky } from './linear/cholesky.ts'
export { type McNemarOptions, mcnemarExact, mcnemarMidP } from './mcnemar.ts'
export { type McNemarPower, type McNemarPowerOptions, mcnemarPower } from './mcnemar-power.ts'
export { type MeanIntervalOptions, meanInterval } from './mean-interval.ts'
export { type MeanScoreOptions, meanScoreTest } from './mean-score-test.ts'
export { type DifferenceDesign, minimumDetectableEffect } from './minimum-detectable-effect.ts'
export { type MissingBounds, type MissingCounts, missingBounds } from './missing-bounds.ts'
export { type MissingMeanBounds, type MissingMeanBoundsOptions, missingMeanBounds } from './missing-mean-bounds.ts'
export {
  type CrossedLogit,
  type CrossedLogitOptions,
  crossedLogit,
  latentShares,
  logitContrast,
  type RandomFactor,
} from './mixed/crossed-logit.ts'
export { newcombeDifference } from './newcombe-difference.ts'
export { newcombePaired } from './newcombe-paired.ts'
export { type NextValueOptions, nextValueInterval } from './next-value-interval.ts'
export { type NoiseDecomposition, noiseDecomposition } from './noise-decomposition.ts'
export {
  affordableDesign,
  type DesignComponents,
  type DesignCosts,
  type OptimalDesign,
  optimalDesign,
} from './optimal-design.ts'
export { type PairedDifference, type PairedDifferenceOptions, pairedDifference } from './paired-difference.ts'
export type { PairedTable } from './paired-table.ts'
export { type PairingGain, pairingGain } from './pairing-gain.ts'
export {
  type Attempts,
  gPassAtK,
  type MeanPassOptions,
  meanPassAtK,
  type PassEstimand,
  passAtK,
  passHatK,
} from './pass-at-k.ts'
export { type FixedRateTest, fixedRateTest } from './fixed-rate-test.ts'
export { poissonRate } from './poisson-rate.ts'
export { rangeMean, rangePower, rangeUpperPoint, rangeUpperTail } from './range-of-normals.ts'
export { type AbilityBootstrap, abilityBootstrap, clusteredAbilities } from './ranking/ability-bootstrap.ts'
export { type Battles, countPairs, type PairCounts } from './ranking/battles.ts'
export { type AbilityFit, abilityContrast, bradleyTerry, eloPointsPerUnit } from './ranking/bradley-terry.ts'
export { winComponents } from './ranking/connectivity.ts'
export { type EloDispersion, type EloOptions, eloDispersion, eloRatings } from './ranking/elo.ts'
export { bootstrapRankSets, type RankSet, rankSets } from './ranking/rank-sets.ts'
export { davidson, raoKupper } from './ranking/tie-models.ts'
export { abilityFitTest, type CyclicFlow, circularTriads, cyclicFlow } from './ranking/transitivity.ts'
export { passProbability, type RareEventPlan, rareEventPlan } from './rare-event-plan.ts'
export {
  type ReplicationProbability,
  type RerunOptions,
  rankAgreement,
  replicationProbability,
  rerunInterval,
} from './replication.ts'
export { type RequiredItems, requiredItems } from './required-items.ts'
export { approximatePairs, requiredPairs, typicalAgreement } from './required-pairs.ts'
export { type UnpairedRates, unpairedItems } from './required-unpaired.ts'
export {
  type Caveat,
  type Estimate,
  type HypothesisTest,
  type Interval,
  type NotEstimable,
  notEstimable,
  type Outcome,
  type TestOutcome,
} from './result.ts'
export { type ScoreEnvelope, scoreEnvelope } from './score-envelope.ts'
export {
  type BetaPrior,
  betaMixtureLogEvidence,
  betaMixtureSequence,
  oneSidedBetaMixtureLogEvidence,
} from './sequential/beta-mixture.ts'
export { type BettingOptions, bettingLogEvidence, bettingSequence } from './sequential/betting.ts'
export { type BoundedMixtureOptions, boundedMixtureSequence } from './sequential/bounded-mixture.ts'
export {
  averageEValues,
  eBenjaminiHochberg,
  eValueFromPValue,
  eValueFromPValueMixed,
  multiplyEValues,
  pValueFromEValue,
} from './sequential/e-values.ts'
export {
  advanceEmpiricalBernstein,
  type EmpiricalBernsteinState,
  empiricalBernsteinInterval,
  empiricalBernsteinSequence,
  startEmpiricalBernstein,
} from './sequential/empirical-bernstein.ts'
export {
  advanceOneSidedBetting,
  type BettingNull,
  type BettingState,
  startOneSidedBetting,
} from './sequential/one-sided-betting.ts'
export { type QuantileBoundaryOptions, quantileBoundary, quantileSequence } from './sequential/quantile-sequence.ts'
export {
  defaultRareRateMixture,
  type RareRateCounts,
  rareRateLogEvidence,
  rareRateTrials,
  type WeightedRate,
} from './sequential/rare-rate.ts'
export { type SprtPlan, type SprtState, sprt, sprtExpectedTrials, sprtSteps } from './sequential/sprt.ts'
export { type SignFlipOptions, signFlipTest } from './sign-flip.ts'
export {
  type SimultaneousIntervals,
  type SimultaneousOptions,
  type Subgroup,
  simultaneousIntervals,
  subgroupIntervals,
} from './simultaneous-intervals.ts'
export { erf, erfc, logErfc, scaledErfc } from './special/erfc.ts'
export { exactSum } from './special/exact-sum.ts'
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
export { comparisonTippingPoint, type TippingPoint, thresholdTippingPoint, tippingPoint } from './tipping-point.ts'
export { type IndependentSample, type UnpairedDifferenceOptions, unpairedDifference } from './unpaired-difference.ts'
export {
  designStandardError,
  itemDependability,
  type ScoreDesign,
  type VarianceComponents,
  varianceComponents,
} from './variance-components.ts'
export { type VariantSpread, type VariantSpreadOptions, variantSpread } from './variant-spread.ts'
export { type RateIntervalOptions, wilson } from './wilson.ts'
export { withinItemVariance } from './within-item-variance.ts'
export { zeroEventBound } from './zero-event-bound.ts'
