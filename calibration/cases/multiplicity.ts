/** Error rates of the adjustments for many tests, and the power that a planned number of items delivers. */
import type { Random } from '../../src/random/index.ts'
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  holm,
  normalUpperQuantile,
  normalUpperTail,
  requiredItems,
} from '../../src/stats/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'

interface World {
  readonly setting: string
  readonly tests: number
  /** The first so many hypotheses are false, shifted by 3 standard errors. */
  readonly real: number
  /** Correlation of the test statistics through one common cause. */
  readonly correlation: number
}

const worlds: readonly World[] = [
  { setting: '5 true nulls, independent', tests: 5, real: 0, correlation: 0 },
  { setting: '20 true nulls, correlation 0.5', tests: 20, real: 0, correlation: 0.5 },
  { setting: '20 tests, 8 real effects, independent', tests: 20, real: 8, correlation: 0 },
  { setting: '50 tests, 25 real effects, correlation 0.8', tests: 50, real: 25, correlation: 0.8 },
]

export const holmCalibration = defineCalibration({
  name: 'holm',
  title: 'Holm at 5 %: any true null rejected',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  run: ({ random, repetitions }) =>
    worlds.map((world) =>
      average(world, random, repetitions, (p) =>
        holm(p)
          .slice(world.real)
          .some((q) => q <= 0.05)
          ? 1
          : 0,
      ),
    ),
})

export const falseDiscoveryCalibration = defineCalibration({
  name: 'false-discovery-rate',
  title: 'Benjamini–Hochberg and Benjamini–Yekutieli at 5 %: mean share of rejections that are false',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  run: ({ random, repetitions }) =>
    Object.entries({ BH: benjaminiHochberg, BY: benjaminiYekutieli }).flatMap(([name, adjust]) =>
      worlds.map((world) => {
        const row = average(world, random.split(name), repetitions, (p) => {
          const rejected = adjust(p).map((q) => q <= 0.05)
          const all = rejected.filter(Boolean).length
          return all === 0 ? 0 : rejected.slice(world.real).filter(Boolean).length / all
        })
        return { ...row, setting: `${name}, ${row.setting}` }
      }),
    ),
})

function average(
  { setting, tests, real, correlation }: World,
  random: Random,
  repetitions: number,
  error: (pValues: readonly number[]) => number,
): CalibrationRow {
  const stream = random.split(setting)
  let total = 0
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const common = Math.sqrt(correlation) * stream.normal()
    const pValues = Array.from({ length: tests }, (_, i) =>
      normalUpperTail(common + Math.sqrt(1 - correlation) * stream.normal() + (i < real ? 3 : 0)),
    )
    total += error(pValues)
  }
  return { setting, rate: total / repetitions, repetitions, seed: stream.path }
}

export const requiredItemsCalibration = defineCalibration({
  name: 'required-items',
  title: 'A two-sided 5 % comparison with the planned number of items: detected as often as planned, 80 %',
  kind: 'level',
  nominal: 0.8,
  verdict: 'nominal',
  note: 'Items have their own difference, responses their own noise, clusters a shared part; the share rejected is the power.',
  run: ({ random, repetitions }) =>
    [
      { setting: '1 response per item', resamples: 1, clusterSize: 1 },
      { setting: '4 responses per item', resamples: 4, clusterSize: 1 },
      { setting: '2 responses per item, clusters of 5', resamples: 2, clusterSize: 5 },
    ].map(({ setting, resamples, clusterSize }): CalibrationRow => {
      const stream = random.split(setting)
      const itemVariance = 0.1
      const responseVariance = 0.15
      // Items of a cluster share `shared` of the item variance.
      const shared = clusterSize === 1 ? 0 : 0.4
      const variance = itemVariance + (2 * responseVariance) / resamples
      const designEffect = 1 + ((clusterSize - 1) * shared * itemVariance) / variance
      const { items } = requiredItems({
        effect: 0.06,
        itemVariance,
        responseVarianceA: responseVariance,
        responseVarianceB: responseVariance,
        resamplesA: resamples,
        resamplesB: resamples,
        designEffect,
        alpha: 0.05,
        power: 0.8,
        alternative: 'two-sided',
      })
      const limit = normalUpperQuantile(0.025)
      let detected = 0
      for (let repetition = 0; repetition < repetitions; repetition++) {
        let sum = 0
        let common = 0
        for (let item = 0; item < items; item++) {
          if (item % clusterSize === 0) common = Math.sqrt(shared * itemVariance) * stream.normal()
          const own = Math.sqrt(variance - shared * itemVariance) * stream.normal()
          sum += 0.06 + common + own
        }
        if (Math.abs(sum) / Math.sqrt(items * variance * designEffect) > limit) detected++
      }
      return { setting: `${setting}, ${items} items`, rate: detected / repetitions, repetitions, seed: stream.path }
    }),
})
