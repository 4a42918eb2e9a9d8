/** Cluster-robust t intervals that are told the range of the scores, where those that are not fall short. */
import {
  clusterMean,
  type Outcome,
  pairedDifference,
  type ScoreRange,
  twoWayClusterMean,
} from '../../src/stats/index.ts'
import { answeredRow } from '../answered-row.ts'
import { defineCalibration } from '../calibration.ts'
import { clusteredRates, equalSizes, mildSizes, type SimulatedRows, steepSizes } from '../simulated-scores.ts'
import { crossed } from './crossed-scores.ts'

const level = 0.95
const unit: ScoreRange = { lower: 0, upper: 1 }
const difference: ScoreRange = { lower: -1, upper: 1 }

const worlds: readonly (readonly [setting: string, sizes: readonly number[], rates: readonly number[]])[] = [
  ['5 clusters of 10 rows', equalSizes(5, 10), [0.05, 0.5]],
  ['8 clusters of 3 to 40 rows', steepSizes(8), [0.05, 0.5]],
  ['10 clusters of 2 to 20 rows', mildSizes(10), [0.05, 0.2]],
  ['30 clusters of 2 to 20 rows', mildSizes(30), [0.001, 0.05, 0.2, 0.999]],
  ['60 clusters of 2 to 40 rows', steepSizes(60), [0.05, 0.2]],
  ['200 clusters of 2 to 20 rows', mildSizes(200), [0.01, 0.05]],
  ['600 clusters of 2 to 20 rows', mildSizes(600), [0.01]],
]

const methods: readonly { readonly name: string; readonly answer: (rows: SimulatedRows) => Outcome }[] = [
  { name: 'mean', answer: (rows) => clusterMean({ ...rows, correction: 'cr2', range: unit, level }) },
  {
    name: 'paired difference, gains only',
    answer: ({ values, clusters }) =>
      pairedDifference({ differences: values, clusters, correction: 'cr2', range: difference, level }).difference,
  },
]

const crossedWorlds = [
  { items: 40, prompts: 5, itemDeviation: 1, promptDeviation: 0.5 },
  { items: 20, prompts: 20, itemDeviation: 1, promptDeviation: 0.5 },
  { items: 100, prompts: 10, itemDeviation: 1, promptDeviation: 0.5 },
]

export const meansInRangeCalibration = defineCalibration({
  name: 'means-in-range',
  title: 'Cluster-robust t intervals of 0/1 scores, told their range',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'Clusters lean together (correlation 0.3). Where the sample is skewed, the interval allows for z² unseen clusters, half at each end of the range. Conservative by design: at a ' +
    'rate of 0.05 that of a mean is up to 3 times as wide as t with 8 to 10 clusters, 1.6 times with 60, 1.3 times with 200, and that of a difference up to 4, 1.9 and 1.3 times. Without the ' +
    'range t covers 0.7 to 0.93 here. Two ways: where prompts carry the variance, see `clustered-t-limits`. Samples in which nothing varies are not counted: a mean is then ' +
    'refused, a difference bounded.',
  run: ({ random, repetitions }) => [
    ...worlds.flatMap(([setting, sizes, rates]) =>
      rates.flatMap((rate) =>
        methods.map(({ name, answer }) =>
          answeredRow({
            setting: `${name}, ${setting}, rate ${rate}`,
            random,
            repetitions: Math.ceil(repetitions / 2),
            truth: rate,
            answer: (stream) => answer(clusteredRates(stream, { sizes, rate, correlation: 0.3 })),
          }),
        ),
      ),
    ),
    ...[20, 100, 400].map((pairs) =>
      answeredRow({
        setting: `paired difference, ${pairs} independent pairs, 0.05 gained`,
        random,
        repetitions,
        truth: 0.05,
        answer: (stream) =>
          pairedDifference({
            differences: Float64Array.from({ length: pairs }, () => (stream.uniform() < 0.05 ? 1 : 0)),
            clusters: undefined,
            correction: 'cr2',
            range: difference,
            level,
          }).difference,
      }),
    ),
    ...crossedWorlds.flatMap((world) =>
      [0.001, 0.05, 0.2, 0.999].map((rate) =>
        answeredRow({
          setting: `two-way, ${world.items} items × ${world.prompts} prompts, rate ${rate}`,
          random,
          repetitions: Math.ceil(repetitions / 2),
          truth: rate,
          answer: (stream) =>
            twoWayClusterMean({ ...crossed(stream, { ...world, filled: 1, rate }), range: unit, level }),
        }),
      ),
    ),
  ],
})
