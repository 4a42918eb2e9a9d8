/** Base calls of closed-form boundaries and of small methods that answer by a formula. */
import { type BaseCalls, graded } from './sample-inputs.ts'

const boundary = { time: 100, tightestAt: 100, errorRate: 0.05 } as const
const bounded = { ...boundary, side: 'greater', below: 0.2, above: 0.8 } as const
const heavy = { ...boundary, tail: 'sub-exponential', scale: 2 } as const

export const closedFormCalls: BaseCalls = {
  bernoulliMixtureSequence: () => [{ successes: 5, trials: 20, tightestAt: 50, level: 0.95 }],
  betaBinomialMixtureBoundary: () => [{ ...bounded }],
  betaBinomialMixtureLogEvidence: () => [{ ...bounded, sum: 10 }],
  empiricalBernsteinBound: () => [{ values: graded, range: { lower: 0, upper: 1 }, level: 0.95, side: 'two-sided' }],
  empiricalProcessBoundary: () => [{ t: 1000, from: 100, errorRate: 0.05, factor: 0.85 }],
  fleissNullTest: () => [{ units: 4, raters: 3, values: Float64Array.of(0, 0, 1, 1, 1, 1, 0, 2, 2, 0, 0, 0) }],
  gammaMixtureBoundary: () => [{ ...heavy }],
  gammaMixtureLogEvidence: () => [{ ...heavy, sum: 10 }],
  intersectedBernsteinSequence: () => [{ values: graded, level: 0.95 }],
  lengthControlledWinRate: () => [
    { lengthDifferences: [3, -1, 2, 5, -4, 1], outcomes: [1, 0, 0.5, 1, 1, 0], ridge: 1, level: 0.95 },
  ],
  nestedVarianceComponents: () => [
    { values: [1, 2, 4, 5, 8, 9, 5, 6, 3, 1, 2, 2], subgroups: 2, repeats: 2, level: 0.95 },
  ],
  normalMixtureBoundary: () => [{ ...boundary, side: 'two-sided' }],
  normalMixtureLogEvidence: () => [{ ...boundary, side: 'greater', sum: 10 }],
  normalMixtureRho: () => [{ tightestAt: 100, errorRate: 0.05 }],
  oneSidedDistributionBand: () => [{ draws: 100, level: 0.95 }],
  polynomialStitching: () => [{ time: 100, from: 10, scale: 3, errorRate: 0.05, exponent: 1.4, epochRatio: 2 }],
}
