/** Where t intervals of clustered scores fall short, measured: rates near 0 and 1, unequal clusters that lean together. */
import type { Random } from '../../src/random/index.ts'
import {
  bootstrapTwoLevel,
  clusterMean,
  crossedBootstrap,
  multilevelBootstrap,
  type Outcome,
  twoWayClusterMean,
} from '../../src/stats/index.ts'
import { answeredRow } from '../answered-row.ts'
import { defineCalibration } from '../calibration.ts'
import { clusteredRates, mildSizes, type SimulatedRows, steepSizes } from '../simulated-scores.ts'
import { crossed, nested } from './crossed-scores.ts'

const level = 0.95

interface ClusteredMethod {
  readonly name: string
  readonly answer: (rows: SimulatedRows, random: Random) => Outcome
}

const clusteredMethods: readonly ClusteredMethod[] = [
  { name: 'CR2', answer: (rows) => clusterMean({ ...rows, correction: 'cr2', level }) },
  {
    name: 'bootstrap of clusters',
    answer: ({ values, clusters }, random) =>
      bootstrapTwoLevel({ of: { values }, clusters, resample: 'clusters', level, draws: 300, random }),
  },
]

const clusteredWorlds: readonly (readonly [setting: string, sizes: readonly number[], rates: readonly number[]])[] = [
  ['8 clusters of 3 to 40 rows', steepSizes(8), [0.05, 0.5]],
  ['10 clusters of 2 to 20 rows', mildSizes(10), [0.05]],
  ['30 clusters of 2 to 20 rows', mildSizes(30), [0.001, 0.05, 0.999]],
  ['60 clusters of 2 to 40 rows', steepSizes(60), [0.05]],
]

export const clusteredLimitsCalibration = defineCalibration({
  name: 'clustered-t-limits',
  title: 'Where t intervals of 0/1 scores in clusters, told no range, fall short of 95 %',
  kind: 'coverage',
  nominal: 0.8,
  verdict: 'at-least',
  note:
    'Liberal: intervals are labelled 95 %, promised here at 80 %. A mean of few successes and its standard error are small together, so no t interval holds for rates ' +
    'near 0 or 1 in clusters that lean together (correlation 0.3), nor quite where clusters of very unequal size do. Told the range of the scores they hold ' +
    '(`means-in-range`), but for two ways of which the one with fewer levels carries the variance; rates have `boundedMeanInterval`, which is what reports use. Samples in which nothing varies are refused and not counted: most of those at 0.001 and 0.999.',
  run: ({ random, ...requested }) => rowsOf({ random, repetitions: Math.ceil(requested.repetitions / 4) }),
})

function rowsOf({ random, repetitions }: { readonly random: Random; readonly repetitions: number }) {
  return [
    ...clusteredWorlds.flatMap(([setting, sizes, rates]) =>
      rates.flatMap((rate) =>
        clusteredMethods.map(({ name, answer }) =>
          answeredRow({
            setting: `${name}, ${setting}, rate ${rate}`,
            random,
            repetitions,
            truth: rate,
            answer: (stream) => answer(clusteredRates(stream, { sizes, rate, correlation: 0.3 }), stream),
          }),
        ),
      ),
    ),
    answeredRow({
      setting: 'two-way cluster-robust, told the range, 100 items × 20 prompts that carry the variance, rate 0.2',
      random,
      repetitions,
      truth: 0.2,
      answer: (stream) =>
        twoWayClusterMean({
          ...crossed(stream, {
            items: 100,
            prompts: 20,
            itemDeviation: 0.3,
            promptDeviation: 0.6,
            filled: 1,
            rate: 0.2,
          }),
          range: { lower: 0, upper: 1 },
          level,
        }),
    }),
    ...[0.001, 0.05, 0.999].flatMap((rate) => {
      const world = { items: 40, prompts: 5, itemDeviation: 1, promptDeviation: 0.5, filled: 1, rate }
      return [
        answeredRow({
          setting: `two-way cluster-robust, 40 items × 5 prompts, rate ${rate}`,
          random,
          repetitions,
          truth: rate,
          answer: (stream) => twoWayClusterMean({ ...crossed(stream, world), level }),
        }),
        answeredRow({
          setting: `pigeonhole bootstrap, 40 items × 5 prompts, rate ${rate}`,
          random,
          repetitions,
          truth: rate,
          answer: (stream) => {
            const { values, ...codes } = crossed(stream, world)
            return crossedBootstrap({ of: { values }, ...codes, level, draws: 300, random: stream })
          },
        }),
        answeredRow({
          setting: `multilevel bootstrap, 20 families, rate ${rate}`,
          random,
          repetitions,
          truth: rate,
          answer: (stream) => {
            const { of, levels } = nested(stream, { families: 20, alike: 'families', units: 'draw', rate })
            return multilevelBootstrap({ of, levels, rows: 'draw', level, draws: 300, random: stream })
          },
        }),
      ]
    }),
  ]
}
