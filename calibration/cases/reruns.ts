import {
  binomialPrediction,
  detectableEffect,
  fixedItemsMean,
  meanInterval,
  missingMeanBounds,
  withinItemVariance,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { rerunRows, rerunWorlds } from '../simulated-reruns.ts'
import { clusteredRates, equalSizes, mildSizes, simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

const range = { lower: 0, upper: 1 }
const level = 0.95

/** Items that stay the same from run to run: `rates` repeats itself over them. */
interface FixedItems {
  readonly setting: string
  readonly items: number
  readonly repeats: (item: number) => number
  readonly rates: readonly number[]
}

const fixedItems: readonly FixedItems[] = [
  { setting: '20 items, 3 repeats, rates 0.02 to 1', items: 20, repeats: () => 3, rates: [0.02, 0.5, 0.9, 1] },
  { setting: '200 items, 5 repeats, rates 0 to 1', items: 200, repeats: () => 5, rates: [0, 0.1, 0.5, 0.9, 1] },
  {
    setting: '50 items, 1 to 4 repeats, rates 0.2 to 0.8',
    items: 50,
    repeats: (i) => 1 + (i % 4),
    rates: [0.2, 0.5, 0.8],
  },
  { setting: '50 items, 2 repeats, rate 0.001', items: 50, repeats: () => 2, rates: [0.001] },
  {
    setting: '300 items, 2 repeats, one in ten not deterministic',
    items: 300,
    repeats: () => 2,
    rates: [0, 1, 0, 1, 0, 1, 0, 1, 0, 0.5],
  },
]

export const fixedItemsCalibration = defineCalibration({
  name: 'fixed-items-mean',
  title: 'Mean over fixed items, over reruns',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run({ random, repetitions }) {
    return fixedItems.map(({ setting, items, repeats, rates }) => {
      const rateOf = (item: number) => rates[item % rates.length] ?? 0
      const truth =
        Array.from({ length: items }, (_, item) => rateOf(item)).reduce((sum, rate) => sum + rate, 0) / items
      return simulatedRow({
        setting,
        random,
        repetitions,
        holds: (stream) => {
          const starts = Int32Array.from({ length: items + 1 }, () => 0)
          const values: number[] = []
          for (let item = 0; item < items; item++) {
            for (let repeat = 0; repeat < repeats(item); repeat++) values.push(stream.uniform() < rateOf(item) ? 1 : 0)
            starts[item + 1] = values.length
          }
          const itemOf = Int32Array.from({ length: items }, (_, item) => item)
          return covers(
            fixedItemsMean({ values: Float64Array.from(values), starts, itemOf, items }, { level, range }),
            truth,
          )
        },
      })
    })
  },
})

export const withinVarianceCalibration = defineCalibration({
  name: 'within-item-variance',
  title: 'Variance from run to run, over items',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run: (options) =>
    rerunRows(options, {
      worlds: rerunWorlds,
      statistic: (runs) => withinItemVariance({ ...runs, clusters: undefined, range, level }),
      // E p(1 − p) over Beta rates is m(1 − m)(1 − ρ).
      truth: ({ rate, correlation }) => rate * (1 - rate) * (1 - correlation),
    }),
})

export const binomialPredictionCalibration = defineCalibration({
  name: 'binomial-prediction',
  title: 'Rate of a rerun on new independent items',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'A prediction interval: it holds the rate of a second sample, which varies itself.',
  run({ random, repetitions }) {
    return [
      { first: 20, second: 20, rate: 0.5 },
      { first: 100, second: 100, rate: 0.01 },
      { first: 60, second: 200, rate: 0.93 },
      { first: 300, second: 40, rate: 0.7 },
    ].map(({ first, second, rate }) =>
      simulatedRow({
        setting: `${first} items, then ${second}, rate ${rate}`,
        random,
        repetitions,
        holds: (stream) => {
          const passed = (trials: number) =>
            Array.from({ length: trials }, () => stream.uniform() < rate).filter(Boolean).length
          const prediction = binomialPrediction({
            successes: passed(first),
            trials: first,
            futureTrials: second,
            level,
          })
          return covers(prediction, passed(second) / second)
        },
      }),
    )
  },
})

export const detectableEffectCalibration = defineCalibration({
  name: 'detectable-effect',
  title: 'Smallest detectable effect, from an estimated standard error',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'nominal',
  note: 'Normal values. Skewed differences make the interval too short.',
  run({ random, repetitions }) {
    // z for 5 % two-sided plus z for 80 % power.
    const multiple = 2.801_585_218_112_969
    return [5, 30, 200].map((n) =>
      simulatedRow({
        setting: `${n} normal differences`,
        random,
        repetitions,
        holds: (stream) => {
          const mean = meanInterval({
            values: Float64Array.from({ length: n }, () => stream.normal()),
            skewness: 'ignore',
            level,
          })
          if (mean.kind === 'not-estimable' || mean.standardError === undefined) return false
          const plan = { standardError: mean.standardError, degreesOfFreedom: n - 1, n, alpha: 0.05, power: 0.8, level }
          return covers(detectableEffect(plan), multiple / Math.sqrt(n))
        },
      }),
    )
  },
})

export const missingMeanCalibration = defineCalibration({
  name: 'missing-mean-bounds',
  title: 'Bounds on a clustered mean whose failures go missing',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Covered is the mean of all scores, the missing ones included.',
  run({ random, repetitions }) {
    return [
      { setting: '20 clusters of 4, 30 % of failures missing', sizes: equalSizes(20, 4), lost: 0.3, rate: 0.5 },
      { setting: '30 unequal clusters, 5 % of failures missing', sizes: mildSizes(30), lost: 0.05, rate: 0.8 },
      { setting: '25 unequal clusters, all failures missing', sizes: mildSizes(25), lost: 1, rate: 0.9 },
    ].map(({ setting, sizes, lost, rate }) =>
      simulatedRow({
        setting,
        random,
        repetitions,
        holds: (stream) => {
          const { values: worst, clusters } = clusteredRates(stream, { sizes, rate, correlation: 0.3 })
          const best = worst.map((value) => (value === 1 || stream.uniform() < lost ? 1 : 0))
          return covers(missingMeanBounds({ worst, best, clusters, range, level }).region, rate)
        },
      }),
    )
  },
})
