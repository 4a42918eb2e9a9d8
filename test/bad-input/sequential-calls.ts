/** Base calls of sequential inference. */
import * as stats from '../../src/stats/index.ts'
import { type BaseCalls, graded, range, whole } from './sample-inputs.ts'

const plan = { nullRate: 0.1, alternativeRate: 0.05, falsePositiveRate: 0.05, falseNegativeRate: 0.1 }
const started = () => whole(stats.startEmpiricalBernstein(0.95))
const mixture = () => stats.defaultRareRateMixture(1e-3)

export const sequentialCalls: BaseCalls = {
  betaMixtureSequence: () => [{ successes: 5, trials: 20, a: 1, b: 1, level: 0.95 }],
  betaMixtureLogEvidence: () => [{ successes: 5, trials: 20, a: 1, b: 1, nullRate: 0.5 }],
  oneSidedBetaMixtureLogEvidence: () => [{ successes: 5, trials: 20, a: 1, b: 1, nullRate: 0.5, alternative: 'less' }],
  bettingSequence: () => [{ values: graded, level: 0.95 }],
  bettingLogEvidence: () => [{ values: graded, level: 0.95, mean: 0.5 }],
  boundedMixtureSequence: () => [{ values: graded, a: 1, b: 1, level: 0.95 }],
  crossingProbability: () => [{ boundary: [3, 4, 5], rate: 0.5 }],
  averageEValues: () => [[1, 2, 3]],
  multiplyEValues: () => [[1, 2, 3]],
  pValueFromEValue: () => [10],
  eValueFromPValue: () => [{ pValue: 0.01, exponent: 0.5 }],
  eValueFromPValueMixed: () => [0.01],
  eBenjaminiHochberg: () => [{ values: [60, 2], rate: 0.1 }],
  empiricalBernsteinSequence: () => [{ values: graded, level: 0.95 }],
  startEmpiricalBernstein: () => [0.95],
  advanceEmpiricalBernstein: () => [started(), 0.5],
  advanceOneSidedBetting: () => [whole({ ...stats.startOneSidedBetting }), 0.5, { nullMean: 0.4, errorRate: 0.05 }],
  quantileBoundary: () => [{ probability: 0.5, t: 1000, from: 100, level: 0.95 }],
  quantileComparison: () => [{ first: graded, second: graded, probability: 0.5, tightestAt: 100, errorRate: 0.05 }],
  quantileSequence: () => [
    { values: Array.from({ length: 200 }, (_, i) => i / 200), probability: 0.5, from: 100, level: 0.95, range },
  ],
  defaultRareRateMixture: () => [1e-3],
  rareRateLogEvidence: () => [{ failures: 0, trials: 1000, rateBelow: 1e-3, mixture: mixture() }],
  rareRateTrials: () => [{ failures: 0, rateBelow: 1e-3, errorRate: 0.05, mixture: mixture() }],
  sprt: () => [{ ...plan, successes: 1, trials: 10 }],
  sprtExpectedTrials: () => [plan],
  sprtSteps: () => [plan],
  empiricalBernsteinInterval: () => [whole(stats.advanceEmpiricalBernstein(started(), 0.5))],
}
