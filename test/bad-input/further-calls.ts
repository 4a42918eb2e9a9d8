/** Second base calls, where the kind of an input chooses another path. */
import * as stats from '../../src/stats/index.ts'
import { type BaseCalls, binary, graded, onItems, pairCodes, range, stream } from './sample-inputs.ts'

export const otherSamples: BaseCalls = {
  equivalence: () => [
    {
      compared: {
        kind: 'unpaired',
        first: { values: binary, clusters: undefined },
        second: { values: graded, clusters: undefined },
      },
      margin: 0.1,
      alpha: 0.05,
      power: 0.8,
    },
  ],
  meanScoreTest: () => [
    {
      values: graded,
      groups: binary,
      groupCount: 2,
      strata: pairCodes,
      reference: { random: stream(), draws: 99 },
    },
  ],
  flipRate: () => [{ ...onItems, clusters: undefined }],
  fixedItemsMean: () => [
    {
      values: Float64Array.of(1, 0, 1, 1, 0, 1),
      starts: Int32Array.of(0, 2, 4, 6),
      itemOf: Int32Array.of(0, 1, 2),
      items: 3,
    },
    { level: 0.95, range: undefined },
  ],
  clopperPearson: () => [{ successes: 5, trials: 20, level: 0.95, side: 'upper' }],
  wilson: () => [{ successes: 5, trials: 20, level: 0.95, side: 'lower' }],
  binomialTest: () => [{ successes: 5, trials: 20, nullRate: 0.5, alternative: 'less' }],
  regularFraction: () => [{ levels: 3, factors: 5, resolution: 4 }],
  boundedMixtureSequence: () => [{ values: binary, a: 0.5, b: 0.5, level: 0.95 }],
}

export const otherKinds: BaseCalls = {
  equivalence: () => [
    {
      compared: { kind: 'paired-rates', table: { both: 20, onlyA: 8, onlyB: 3, neither: 9 } },
      margin: 0.1,
      alpha: 0.05,
      power: 0.8,
    },
  ],
  scoreEnvelope: () => [{ ...onItems, clusters: undefined, range }],
  roganGladen: () => [
    {
      flagged: { count: 30, of: 100 },
      sensitivity: { count: 45, of: 50 },
      specificity: { count: 45, of: 50 },
      level: 0.95,
      interval: 'lang-reiczigel',
    },
  ],
  predictionPowered: () => [
    {
      truth: [1, 0, 1, 1],
      judge: [1, 0, 0, 1],
      unlabelled: [1, 0, 1, 1, 0, 0],
      tuning: 1,
      level: 0.95,
      reference: 'student-t',
      range,
    },
  ],
  inverseIncompleteGamma: () => [{ p: 0.3, tail: 'upper', a: 2 }],
  inverseIncompleteBeta: () => [{ p: 0.3, tail: 'upper', a: 2, b: 3 }],
  thompsonNext: () => [
    { items: 20, batch: 5, budget: 100 },
    {
      step: 12,
      counts: [
        { asked: 20, successes: 1, trials: 20 },
        { asked: 5, successes: 1, trials: 5 },
      ],
      highest: 1,
    },
    stats.openRandom('late'),
  ],
}
