import type { Random } from '../../src/random/index.ts'
import {
  bootstrapBca,
  bootstrapPercentile,
  bootstrapTwoLevel,
  signFlipTest,
  type TestOutcome,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import {
  clusteredRates,
  equalSizes,
  mildSizes,
  normalClusters,
  type SimulatedRows,
  simulatedRow,
  steepSizes,
} from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

interface Draw {
  readonly setting: string
  readonly n: number
  readonly draw: (random: Random) => number
  readonly mean: number
}

const draws: readonly Draw[] = [
  { setting: '100 normal values', n: 100, draw: (r) => r.normal(), mean: 0 },
  { setting: '150 exponential values', n: 150, draw: (r) => -Math.log(1 - r.uniform()), mean: 1 },
  { setting: '1,000 scores 0 or 1, rate 0.5', n: 1000, draw: (r) => (r.uniform() < 0.5 ? 1 : 0), mean: 0.5 },
  { setting: '2,000 scores 0 or 1, rate 0.95', n: 2000, draw: (r) => (r.uniform() < 0.95 ? 1 : 0), mean: 0.95 },
  { setting: '60 scores in fifths', n: 60, draw: (r) => r.integer(6) / 5, mean: 0.5 },
]

export const bootstrapPercentileCalibration = defineCalibration({
  name: 'bootstrap-percentile',
  title: 'Percentile bootstrap of a mean',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'nominal',
  note: 'For large samples. With 10 normal values it covers 0.91, with 40 about 0.93, and with 20 scores of rate 0.95 only 0.64: use the bounded interval there.',
  run({ random, repetitions }) {
    return draws.map(({ setting, n, draw, mean }) =>
      simulatedRow({
        setting,
        random,
        repetitions,
        holds: (stream) => {
          const values = Float64Array.from({ length: n }, () => draw(stream))
          return covers(bootstrapPercentile({ of: { values }, level: 0.95, draws: 1000, random: stream }), mean)
        },
      }),
    )
  },
})

export const bootstrapBcaCalibration = defineCalibration({
  name: 'bootstrap-bca',
  title: 'BCa bootstrap of a mean',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'nominal',
  run({ random, repetitions }) {
    return draws.map(({ setting, n, draw, mean }) =>
      simulatedRow({
        setting,
        random,
        repetitions,
        holds: (stream) => {
          const values = Float64Array.from({ length: n }, () => draw(stream))
          return covers(bootstrapBca({ of: { values }, level: 0.95, draws: 1000, random: stream }), mean)
        },
      }),
    )
  },
})

export const bootstrapTwoLevelCalibration = defineCalibration({
  name: 'bootstrap-two-level',
  title: 'Bootstrap of clusters, t interval of a mean with bootstrap standard error',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'A percentile interval covers 0.89 with 10 unequal clusters. 300 draws. Rates near 0 and 1 are under `clustered-t-limits`.',
  run({ random, repetitions }) {
    const means = (rows: SimulatedRows, stream: Random) =>
      bootstrapTwoLevel({
        of: { values: rows.values },
        clusters: rows.clusters,
        resample: 'clusters',
        level: 0.95,
        draws: 300,
        random: stream,
      })
    return [
      ...[
        { setting: '5 clusters of 8 rows', sizes: equalSizes(5, 8), effect: 1 },
        { setting: '8 clusters of 2 to 20 rows, rows independent', sizes: mildSizes(8), effect: 0 },
        { setting: '10 clusters of 2 to 20 rows', sizes: mildSizes(10), effect: 0.5 },
        { setting: '20 clusters of 2 to 40 rows', sizes: steepSizes(20), effect: 0.5 },
      ].map(({ setting, ...world }) =>
        simulatedRow({
          setting,
          random,
          repetitions,
          holds: (stream) => covers(means(normalClusters(stream, world), stream), 0),
        }),
      ),
      ...[
        { setting: '10 clusters of 8 rows, rate 0.5', sizes: equalSizes(10, 8), rate: 0.5, correlation: 0.3 },
        { setting: '80 clusters of 2 to 20 rows, rate 0.5', sizes: mildSizes(80), rate: 0.5, correlation: 0.3 },
        { setting: '120 clusters of 2 to 20 rows, rate 0.8', sizes: mildSizes(120), rate: 0.8, correlation: 0.1 },
      ].map(({ setting, ...world }) =>
        simulatedRow({
          setting,
          random,
          repetitions,
          holds: (stream) => covers(means(clusteredRates(stream, world), stream), world.rate),
        }),
      ),
    ]
  },
})

/** A test that rejects at 0.05 exactly when its p-value is at most 0.05. */
export function rejects(outcome: TestOutcome): boolean {
  return outcome.kind === 'test' && outcome.pValue <= 0.05
}

const signs: readonly {
  readonly setting: string
  readonly n: number
  readonly draw: (random: Random) => number
  readonly clustered?: number
}[] = [
  {
    setting: '30 pairs of 0/1 scores, 1 in 5 differ',
    n: 30,
    draw: (r) => (r.uniform() < 0.2 ? (r.integer(2) === 0 ? 1 : -1) : 0),
  },
  { setting: '40 pairs of means of 5 runs', n: 40, draw: (r) => (r.integer(6) - r.integer(6)) / 5 },
  { setting: '12 pairs of heavy-tailed scores', n: 12, draw: (r) => r.normal() / (0.1 + r.uniform()) },
  {
    setting: '50 pairs of skewed sizes, simulated signs',
    n: 50,
    draw: (r) => Math.exp(r.normal()) * (r.integer(2) === 0 ? 1 : -1),
  },
  { setting: '9 clusters of 8 pairs that lean together', n: 72, draw: (r) => r.normal(), clustered: 8 },
]

export const signFlipCalibration = defineCalibration({
  name: 'sign-flip',
  title: 'Sign-flip permutation test of paired differences',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'Exact at any size; below 0.05 where p-values are few and far between.',
  run({ random, repetitions }) {
    return signs.map(({ setting, n, draw, clustered }) =>
      simulatedRow({
        setting,
        random,
        repetitions,
        holds: (stream) => {
          const size = clustered ?? 1
          const clusters = Int32Array.from({ length: n }, (_, pair) => Math.floor(pair / size))
          const leans = Array.from({ length: n }, () => (clustered === undefined ? 0 : stream.normal()))
          const differences = Float64Array.from(
            { length: n },
            (_, pair) => draw(stream) + (leans[clusters[pair] ?? 0] ?? 0),
          )
          return rejects(
            signFlipTest({
              differences,
              clusters: clustered === undefined ? undefined : clusters,
              alternative: 'two-sided',
              draws: 199,
              random: stream,
            }),
          )
        },
      }),
    )
  },
})
