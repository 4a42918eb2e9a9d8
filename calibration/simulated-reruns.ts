/** Items that are answered several times, with Beta success rates: what calibrations of reruns share. */
import type { Random } from '../src/random/index.ts'
import type { Outcome } from '../src/stats/index.ts'
import type { Calibration, CalibrationRow } from './calibration.ts'
import { covers } from './cases/bounded-mean.ts'
import { betaDeviate, simulatedRow } from './simulated-scores.ts'

export interface RerunWorld {
  readonly items: number
  readonly runs: number
  /** Mean of the items’ rates, and how much alike runs of one item are. */
  readonly rate: number
  readonly correlation: number
}

export interface Runs {
  readonly values: readonly number[]
  readonly items: readonly number[]
}

export const rerunWorlds: readonly RerunWorld[] = [
  { items: 30, runs: 2, rate: 0.5, correlation: 0.6 },
  { items: 100, runs: 5, rate: 0.7, correlation: 0.6 },
  { items: 60, runs: 3, rate: 0.95, correlation: 0.8 },
]

export function runsOf(random: Random, options: RerunWorld): Runs {
  const values: number[] = []
  const items: number[] = []
  for (let item = 0; item < options.items; item++) {
    const own = betaDeviate(random, { mean: options.rate, correlation: options.correlation })
    for (let run = 0; run < options.runs; run++) {
      values.push(random.uniform() < own ? 1 : 0)
      items.push(item)
    }
  }
  return { values, items }
}

/** One row per world: how often the interval of a statistic of the runs holds its truth. */
export function rerunRows(
  { random, repetitions }: Parameters<Calibration['run']>[0],
  options: {
    readonly worlds: readonly RerunWorld[]
    readonly statistic: (runs: Runs) => Outcome
    readonly truth: (world: RerunWorld) => number
  },
): readonly CalibrationRow[] {
  const { worlds, statistic, truth } = options
  return worlds.map((world) =>
    simulatedRow({
      setting: `${world.items} items, ${world.runs} runs, rate ${world.rate}`,
      random,
      repetitions,
      holds: (stream) => covers(statistic(runsOf(stream, world)), truth(world)),
    }),
  )
}
