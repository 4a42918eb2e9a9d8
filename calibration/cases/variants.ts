import type { Random } from '../../src/random/index.ts'
import { cochranQ, simultaneousIntervals, variantSpread } from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { betaDeviate, simulatedRow } from '../simulated-scores.ts'
import { rejects } from './resampling.ts'

interface TableWorld {
  readonly setting: string
  readonly items: number
  readonly columns: number
  /** Items of one cluster share their preferences among the variants. */
  readonly itemsPerCluster: number
  readonly rate: number
  readonly graded: 'no' | 'thirds'
}

const worlds: readonly TableWorld[] = [
  { setting: '15 items, 3 variants, rate 0.5', items: 15, columns: 3, itemsPerCluster: 1, rate: 0.5, graded: 'no' },
  { setting: '60 items, 10 variants, rate 0.3', items: 60, columns: 10, itemsPerCluster: 1, rate: 0.3, graded: 'no' },
  { setting: '80 items, 4 variants, rate 0.95', items: 80, columns: 4, itemsPerCluster: 1, rate: 0.95, graded: 'no' },
  { setting: '30 items in thirds, 5 variants', items: 30, columns: 5, itemsPerCluster: 1, rate: 0.5, graded: 'thirds' },
  {
    setting: '12 clusters of 5 items that agree, 4 variants',
    items: 60,
    columns: 4,
    itemsPerCluster: 5,
    rate: 0.5,
    graded: 'no',
  },
]

function table(random: Random, world: TableWorld): { readonly values: Float64Array; readonly clusters: Int32Array } {
  const { items, columns, itemsPerCluster, rate, graded } = world
  const values = new Float64Array(items * columns)
  const clusters = Int32Array.from({ length: items }, (_, item) => Math.floor(item / itemsPerCluster))
  let rates: readonly number[] = []
  for (let item = 0; item < items; item++) {
    const own = betaDeviate(random, { mean: rate, correlation: 0.4 })
    if (item % itemsPerCluster === 0) {
      rates = Array.from({ length: columns }, () => (itemsPerCluster === 1 ? own : random.uniform()))
    }
    for (let j = 0; j < columns; j++) {
      const runs = graded === 'thirds' ? 3 : 1
      let sum = 0
      for (let run = 0; run < runs; run++) if (random.uniform() < (rates[j] ?? 0)) sum++
      values[item * columns + j] = sum / runs
    }
  }
  return { values, clusters }
}

export const variantSpreadCalibration = defineCalibration({
  name: 'variant-spread',
  title: 'Permutation test of the spread over variants',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  run({ random, repetitions }) {
    return worlds.map((world) =>
      simulatedRow({
        setting: world.setting,
        random,
        repetitions,
        holds: (stream) => {
          const { values, clusters } = table(stream, world)
          const result = variantSpread({
            values,
            columns: world.columns,
            clusters: world.itemsPerCluster === 1 ? undefined : clusters,
            level: 0.95,
            draws: 99,
            random: stream,
          })
          return result.kind === 'variant-spread' && rejects(result.spreadTest)
        },
      }),
    )
  },
})

export const cochranQCalibration = defineCalibration({
  name: 'cochran-q',
  title: 'Cochran’s Q against χ²',
  kind: 'level',
  nominal: 0.05,
  verdict: 'nominal',
  note: 'Asymptotic in the items that vary; small tables carry a caveat and use the permutation p-value.',
  run({ random, repetitions }) {
    return worlds.map((world) =>
      simulatedRow({
        setting: world.setting,
        random,
        repetitions,
        holds: (stream) => {
          const { values, clusters } = table(stream, world)
          const codes = world.itemsPerCluster === 1 ? undefined : clusters
          return rejects(cochranQ({ values, columns: world.columns, clusters: codes }))
        },
      }),
    )
  },
})

export const simultaneousCalibration = defineCalibration({
  name: 'simultaneous-intervals',
  title: 'Simultaneous intervals of all variants, and of the best of them',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Counts repetitions in which every variant, the best, the worst and the spread are covered at once.',
  run({ random, repetitions }) {
    return [
      { setting: '40 items, 5 equal variants, rate 0.5', items: 40, rates: [0.5, 0.5, 0.5, 0.5, 0.5] },
      { setting: '100 items, 4 variants from 0.85 to 0.95', items: 100, rates: [0.85, 0.9, 0.93, 0.95] },
      { setting: '25 items, 3 variants near 0', items: 25, rates: [0.001, 0.05, 0.05] },
    ].map(({ setting, items, rates }) =>
      simulatedRow({
        setting,
        random,
        repetitions,
        holds: (stream) => {
          const columns = rates.length
          const values = new Float64Array(items * columns)
          for (let item = 0; item < items; item++) {
            // One uniform for half of the draws of an item: its variants rise and fall together.
            const shared = stream.uniform()
            for (let j = 0; j < columns; j++) {
              const u = stream.integer(2) === 0 ? shared : stream.uniform()
              values[item * columns + j] = u < (rates[j] ?? 0) ? 1 : 0
            }
          }
          const result = simultaneousIntervals({
            values,
            columns,
            clusters: undefined,
            range: { lower: 0, upper: 1 },
            level: 0.95,
            draws: 200,
            random: stream,
          })
          if (result.kind === 'not-estimable') return false
          const inside = ({ interval }: { interval: { lower: number; upper: number } }, truth: number): boolean =>
            interval.lower <= truth && truth <= interval.upper
          const [high, low] = [Math.max(...rates), Math.min(...rates)]
          return (
            result.columns.every((column, j) => inside(column, rates[j] ?? Number.NaN)) &&
            inside(result.best, high) &&
            inside(result.worst, low) &&
            inside(result.spread, high - low)
          )
        },
      }),
    )
  },
})
