/** Cluster t intervals of scores told no range: rates near 0 and 1, unequal clusters that lean together, skewed scores. */
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
import { clusteredRates, equalSizes, mildSizes, type SimulatedRows, steepSizes } from '../simulated-scores.ts'
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
  ['8 clusters of 3 to 40 rows', steepSizes(8), [0.05, 0.2, 0.5]],
  ['10 clusters of 2 to 20 rows', mildSizes(10), [0.05, 0.2]],
  ['20 clusters of 10 rows', equalSizes(20, 10), [0.05, 0.2]],
  ['30 clusters of 2 to 20 rows', mildSizes(30), [0.001, 0.05, 0.2, 0.999]],
  ['60 clusters of 2 to 40 rows', steepSizes(60), [0.05]],
  ['200 clusters of 2 to 20 rows', mildSizes(200), [0.01]],
]

type Draw = (random: Random) => number
const exponential: Draw = (random) => -Math.log(1 - random.uniform())

/** Both have mean 1 in all. */
interface SkewedWorld {
  readonly setting: string
  readonly sizes: readonly number[]
  readonly ofCluster: Draw
  readonly ofRow: Draw
}

const half: Draw = (random) => random.normal() / 2

const skewedWorlds: readonly SkewedWorld[] = [
  { setting: '20 clusters of 10 rows', sizes: equalSizes(20, 10) },
  { setting: '30 clusters of 2 to 20 rows', sizes: mildSizes(30) },
  { setting: '60 clusters of 2 to 40 rows', sizes: steepSizes(60) },
  { setting: '200 clusters of 2 to 20 rows', sizes: mildSizes(200) },
].flatMap(({ setting, sizes }) => [
  { setting: `${setting}, exponential effects of clusters`, sizes, ofCluster: exponential, ofRow: half },
  { setting: `${setting}, exponential rows`, sizes, ofCluster: half, ofRow: exponential },
])

/** Prompts that carry the variance, few to many. */
const promptWorlds = [
  { items: 100, prompts: 20, promptDeviation: 0.6, rate: 0.2 },
  { items: 100, prompts: 20, promptDeviation: 0.6, rate: 0.95 },
  { items: 100, prompts: 10, promptDeviation: 1, rate: 0.8 },
  { items: 40, prompts: 5, promptDeviation: 0.6, rate: 0.2 },
]

export const clusteredLimitsCalibration = defineCalibration({
  name: 'clustered-t-limits',
  title: 'Cluster t intervals of scores that are told no range',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'Rates are in clusters that lean together (correlation 0.3). A skewed mean and its standard error are small together: t alone covers 0.8 to 0.93 here. Skewed samples have intervals that allow for ' +
    'z² more units, at the two values of two-valued scores, otherwise 1.5 times as far out as the farthest; conservative by design, at a rate of 0.05 up to twice as wide as t. No interval holds for every ' +
    'shape of scores without a range: with fewer than 20 clusters of exponential effects, which such a sample does not show, this one covers 0.9. Two ways told their range are here where prompts carry the ' +
    'variance. Samples in which nothing varies are refused and not counted: most of those at 0.001 and 0.999.',
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
    ...skewedWorlds.flatMap((world) =>
      clusteredMethods.map(({ name, answer }) =>
        answeredRow({
          setting: `${name}, ${world.setting}`,
          random,
          repetitions,
          truth: 1,
          answer: (stream) => answer(skewedRows(stream, world), stream),
        }),
      ),
    ),
    ...promptWorlds.flatMap((world) =>
      ([undefined, { lower: 0, upper: 1 }] as const).map((range) =>
        answeredRow({
          setting: `two-way cluster-robust${range === undefined ? '' : ', told the range'}, ${world.items} items × ${world.prompts} prompts that carry the variance, rate ${world.rate}`,
          random,
          repetitions,
          truth: world.rate,
          answer: (stream) =>
            twoWayClusterMean({
              ...crossed(stream, { ...world, itemDeviation: 0.3, filled: 1 }),
              ...(range && { range }),
              level,
            }),
        }),
      ),
    ),
    ...[0.001, 0.05, 0.2, 0.999].flatMap((rate) => {
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

function skewedRows(random: Random, { sizes, ofCluster, ofRow }: SkewedWorld): SimulatedRows {
  const values: number[] = []
  const clusters: number[] = []
  for (const [cluster, size] of sizes.entries()) {
    const own = ofCluster(random)
    for (let row = 0; row < size; row++) {
      values.push(own + ofRow(random))
      clusters.push(cluster)
    }
  }
  return { values: Float64Array.from(values), clusters: Int32Array.from(clusters) }
}
