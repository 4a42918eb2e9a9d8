/** Base calls of plans, designs and guarantees. */
import { type BaseCalls, stream, variants } from './sample-inputs.ts'

const components = { item: 0.12, variant: 0.002, interaction: 0.03, rerun: 0.08 }
const costs = { perItem: 2, perVariant: 10, perRun: 1, perJudge: 1, perJudgement: 1 }
const size = { items: 50, variants: 5, runs: 2, judges: 1 }
const difference = {
  itemVariance: 0.1,
  responseVarianceA: 0.1,
  responseVarianceB: 0.1,
  resamplesA: 2,
  resamplesB: 2,
  designEffect: 1,
  alpha: 0.05,
  power: 0.8,
  alternative: 'two-sided',
} as const
const forecast = {
  probabilities: Array.from({ length: 400 }, (_, i) => 0.02 / (1 + i)),
  tailSize: 10,
  queries: 10_000,
  level: 0.95,
  plottingPosition: 'i/m',
} as const
const search = { items: 20, batch: 5, budget: 100 }
const searched = {
  step: 0,
  counts: [
    { asked: 20, successes: 1, trials: 20 },
    { asked: 5, successes: 1, trials: 5 },
  ],
}

export const planCalls: BaseCalls = {
  affordableDesign: () => [
    { components: components, costs, budget: 5000, variants: 3, runsPerCell: 1, fewestItems: 5 },
  ],
  equivalencePower: () => [{ standardError: 0.05, degreesOfFreedom: 20, margin: 0.1, difference: 0, alpha: 0.05 }],
  unitsNeeded: () => [{ standardError: 0.05, degreesOfFreedom: 20, n: 21, margin: 0.1, alpha: 0.05, power: 0.8 }],
  coveringArray: () => [
    { levels: [3, 3, 2], strength: 2, stronger: [], forbidden: [], existing: [], candidates: 5, random: stream() },
  ],
  bestDesign: () => [
    { components: components, costs, budget: 5000, most: { items: 1000, variants: 20, runs: 5, judges: 1 } },
  ],
  budgetGrid: () => [
    { components: components, costs, budgets: [1000, 2000], most: { items: 1000, variants: 20, runs: 5, judges: 1 } },
  ],
  designCost: () => [costs, size],
  designVariance: () => [components, size],
  itemAllocation: () => [{ variances: [0.1, 0.2, 0.3], costs: [1, 1, 2], budget: 50, least: 1 }],
  passAtKVariance: () => [{ rate: 0.1, k: 5 }],
  mainEffectParameters: () => [[2, 3, 2]],
  mainEffectsDesign: () => [{ levels: [2, 3, 2], runs: 8, isAllowed: () => true, random: stream(), starts: 2 }],
  nextCalls: () => [
    { components: components, current: size, calls: 1000, most: { items: 1000, variants: 20, runs: 5, judges: 1 } },
  ],
  regularFraction: () => [{ levels: 2, factors: 5, resolution: 3 }],
  tTestPower: () => [
    { effect: 0.4, standardDeviation: 1, samples: 'two', alpha: 0.05, alternative: 'two-sided', n: 50 },
  ],
  tTestSize: () => [
    { effect: 0.4, standardDeviation: 1, samples: 'two', alpha: 0.05, alternative: 'two-sided', power: 0.8 },
  ],
  detectableEffect: () => [{ standardError: 0.1, degreesOfFreedom: 20, n: 21, alpha: 0.05, power: 0.8, level: 0.95 }],
  detectableSpread: () => [{ variants: 5, units: 100, variance: 0.2, level: 0.95, power: 0.8 }],
  equivalenceItems: () => [
    { margin: 0.1, difference: 0, variance: 0.2, alpha: 0.05, power: 0.8, claim: 'equivalence' },
  ],
  fixedRateTest: () => [{ nullRate: 0.1, alternativeRate: 0.2, alpha: 0.05, beta: 0.1 }],
  betaPosterior: () => [{ successes: 1, trials: 20, a: 1, b: 1, level: 0.95 }],
  posteriorBelow: () => [{ successes: 1, trials: 20, a: 1, b: 1, rateBelow: 0.1 }],
  cleanTrialsForPosterior: () => [{ a: 1, b: 1, rateBelow: 0.01, level: 0.95 }],
  predictNoEvent: () => [{ successes: 0, trials: 20, a: 1, b: 1, uses: 10 }],
  clusteredRate: () => [{ events: [0, 1, 0, 2], trials: [5, 5, 6, 7], level: 0.95, random: stream() }],
  chanceOverUses: () => [{ rate: 0.01, uses: 100 }],
  rateForPromise: () => [{ chance: 0.05, uses: 100 }],
  cleanTestsForPromise: () => [{ chance: 0.05, uses: 100, level: 0.95 }],
  judgedRateBound: () => [
    { confirmed: { successes: 0, trials: 100 }, sensitivity: { successes: 19, trials: 20 }, level: 0.95 },
  ],
  judgedTrialsNeeded: () => [{ rate: 0.01, level: 0.95, allowed: 0, sensitivity: { successes: 19, trials: 20 } }],
  sensitivityBound: () => [{ successes: 19, trials: 20 }, 0.95],
  orderStatisticRank: () => [{ draws: 100, probability: 0.9, level: 0.95, side: 'upper' }],
  quantileBound: () => [
    { values: Array.from({ length: 60 }, (_, i) => i / 60), probability: 0.9, level: 0.95, side: 'upper' },
  ],
  drawsForQuantile: () => [{ probability: 0.9, level: 0.95, side: 'upper', spared: 1 }],
  drawsForToleranceInterval: () => [{ probability: 0.9, level: 0.95 }],
  distributionBand: () => [{ draws: 100, level: 0.95 }],
  selectAndReestimate: () => [{ first: variants, second: variants, choose: 'highest', level: 0.95, side: 'two-sided' }],
  tailBacktest: () => [{ ...forecast, ratio: 5, splits: 20, random: stream() }],
  tailForecast: () => [forecast],
  thresholdPlan: () => [{ trials: 100, nullRate: 0.5, trueRate: 0.7, alpha: 0.01 }],
  thresholdTrials: () => [{ nullRate: 0.5, trueRate: 0.7, alpha: 0.01, power: 0.8 }],
  drawsForAlpha: () => [0.01],
  signFlipClusters: () => [{ alpha: 0.01, alternative: 'one-sided' }],
  badVariantShare: () => [{ variants: variants, limit: 0.4, level: 0.95 }],
  variantQuantileBound: () => [
    { variants: Array.from({ length: 60 }, () => ({ successes: 3, trials: 20 })), probability: 0.9, level: 0.95 },
  ],
  worstOfListed: () => [{ variants: variants, level: 0.95 }],
  bestOfListed: () => [{ variants: variants, level: 0.95 }],
  expectedLead: () => [5],
  levelCoverage: () => [
    {
      rows: [
        [0, 1],
        [1, 0],
      ],
      levels: [2, 2],
      strength: 2,
      listed: 5,
    },
  ],
  minimumDetectableEffect: () => [{ ...difference, items: 100 }],
  requiredItems: () => [{ ...difference, effect: 0.05 }],
  rangeUpperTail: () => [{ range: 3, count: 5 }],
  rangeUpperPoint: () => [{ tail: 0.05, count: 5 }],
  rangeMean: () => [5],
  rangePower: () => [{ range: 3, count: 5, gap: 1 }],
  passProbability: () => [{ trials: 100, allowed: 1, trueRate: 0.01 }],
  fewestTolerated: () => [
    { rate: 0.01, expectedRate: 0.001, power: 0.8, passes: (allowed: number) => 1 - 0.3 ** (allowed + 1) },
  ],
  rareEventPlan: () => [{ rate: 0.01, level: 0.95, expectedRate: 0.001, power: 0.8 }],
  approximatePairs: () => [{ onlyA: 0.1, onlyB: 0.05, alpha: 0.05, power: 0.8 }],
  requiredPairs: () => [{ onlyA: 0.1, onlyB: 0.05, alpha: 0.05, power: 0.8, method: 'exact' }],
  typicalAgreement: () => [{ accuracy: 0.8, difference: 0.02 }],
  unpairedItems: () => [{ rateA: 0.7, rateB: 0.72, alpha: 0.05, power: 0.8 }],
  thompsonNext: () => [search, searched, stream()],
  thompsonRecord: () => [search, searched, { arm: 1, asked: 5, successes: 2, trials: 5 }],
}
