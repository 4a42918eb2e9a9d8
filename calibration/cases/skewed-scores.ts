/** t intervals of independent, paired and unpaired scores that are told no range, where the scores are skewed. */
import type { Random } from '../../src/random/index.ts'
import { clusterMean, meanInterval, type Outcome, pairedDifference, unpairedDifference } from '../../src/stats/index.ts'
import { answeredRow } from '../answered-row.ts'
import { defineCalibration } from '../calibration.ts'
import { mildSizes } from '../simulated-scores.ts'

const level = 0.95

/** Draws with mean 0. */
type Draw = (random: Random) => number

interface Shape {
  readonly name: string
  readonly draw: Draw
}

const normal: Shape = { name: 'normal', draw: (random) => random.normal() }
const exponential: Shape = { name: 'exponential', draw: (random) => -Math.log(1 - random.uniform()) - 1 }
const turned: Shape = { name: 'mirrored exponential', draw: (random) => 1 + Math.log(1 - random.uniform()) }
const lognormal: Shape = {
  name: 'log-normal (σ .7)',
  draw: (random) => Math.exp(0.7 * random.normal()) - Math.exp(0.245),
}
const rare: Shape = { name: '0 or 1 at a rate of 0.05', draw: (random) => (random.uniform() < 0.05 ? 0.95 : -0.05) }
const gains: Shape = { name: 'gain of 1 in 20, loss of 1 in 100', draw: (random) => gainOrLoss(random.uniform()) }

function gainOrLoss(draw: number): number {
  return (draw < 0.05 ? 1 : draw < 0.06 ? -1 : 0) - 0.04
}

interface World {
  readonly setting: string
  readonly answer: (random: Random) => Outcome
}

function drawn(random: Random, { draw }: Shape, n: number): Float64Array {
  return Float64Array.from({ length: n }, () => draw(random))
}

const ofMean = (n: number, shape: Shape): World => ({
  setting: `mean of ${n} values, ${shape.name}`,
  answer: (random) => meanInterval({ values: drawn(random, shape, n), skewness: 'allow', level }),
})

const ofPairs = (n: number, shape: Shape): World => ({
  setting: `${n} paired differences, ${shape.name}`,
  answer: (random) =>
    pairedDifference({
      differences: drawn(random, shape, n),
      clusters: undefined,
      correction: 'cr2',
      range: undefined,
      level,
    }).difference,
})

const ofSamples = (first: readonly [number, Shape], second: readonly [number, Shape]): World => ({
  setting: `${first[0]} ${first[1].name} against ${second[0]} ${second[1].name} values`,
  answer: (random) =>
    unpairedDifference({
      first: { values: drawn(random, first[1], first[0]), clusters: undefined },
      second: { values: drawn(random, second[1], second[0]), clusters: undefined },
      correction: 'exchangeable',
      reference: 't',
      level,
    }).difference,
})

/** Clusters of 2 to 20 rows whose effects have the shape, rows normal about them. */
const ofClusters = (count: number, shape: Shape): World => ({
  setting: `mean of ${count} clusters of 2 to 20 rows, ${shape.name} effects`,
  answer: (random) => {
    const effects = drawn(random, shape, count)
    const clusters = mildSizes(count).flatMap((size, cluster) => new Array<number>(size).fill(cluster))
    const values = clusters.map((cluster) => (effects[cluster] ?? 0) + random.normal() / 2)
    return clusterMean({ values, clusters, correction: 'cr2', level })
  },
})

export const skewedScoresCalibration = defineCalibration({
  name: 'skewed-t-limits',
  title: 'Student’s and Welch’s intervals of scores that are told no range, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'As in `clustered-t-limits`: t alone covers 0.91 to 0.94 of the skewed settings. Conservative by design, up to 1.45 times as wide as t where scores are skewed. Samples in which nothing varies are refused and not counted.',
  run: ({ random, repetitions }) =>
    rowsOf(random, repetitions, [
      ofMean(20, normal),
      ofMean(20, exponential),
      ofMean(60, exponential),
      ofMean(200, exponential),
      ofMean(20, lognormal),
      ofMean(200, lognormal),
      ofMean(200, rare),
      ofPairs(20, exponential),
      ofPairs(60, turned),
      ofPairs(200, gains),
      ofSamples([20, exponential], [20, exponential]),
      ofSamples([20, exponential], [20, turned]),
      ofSamples([20, exponential], [100, normal]),
      ofSamples([40, exponential], [200, exponential]),
    ]),
})

export const fewSkewedScoresCalibration = defineCalibration({
  name: 'few-skewed-scores',
  title: 'The same with fewer than 20 units, where the outcome says that they cannot show skewness',
  kind: 'coverage',
  nominal: 0.88,
  verdict: 'at-least',
  note: 'An exponential does not show in 5 values; no interval of scores without a range mends that (Bahadur and Savage 1956). These outcomes carry a caveat, and the promise is that of the caveat.',
  run: ({ random, repetitions }) =>
    rowsOf(random, repetitions, [
      ofMean(5, normal),
      ofMean(5, exponential),
      ofMean(10, exponential),
      ofMean(15, exponential),
      ofMean(10, lognormal),
      ofPairs(10, exponential),
      ofClusters(8, exponential),
      ofClusters(15, exponential),
      ofSamples([10, exponential], [40, exponential]),
    ]),
})

function rowsOf(random: Random, repetitions: number, worlds: readonly World[]) {
  return worlds.map(({ setting, answer }) => answeredRow({ setting, random, repetitions, truth: 0, answer }))
}
