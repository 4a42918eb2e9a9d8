/** Counts facts over simulated runs that each give several of them at once. */
import type { Random } from '../../src/random/index.ts'
import type { CalibrationRow } from '../calibration.ts'

export async function countRows(options: {
  readonly world: string
  readonly random: Random
  readonly seeds: number
  /** Setting → whether it holds under this seed; the same settings every time. */
  readonly facts: (random: Random) => Promise<Readonly<Record<string, boolean>>>
}): Promise<readonly CalibrationRow[]> {
  const { world, seeds, facts } = options
  const stream = options.random.split(world)
  const counts = new Map<string, number>()
  for (let seed = 0; seed < seeds; seed++) {
    for (const [setting, holds] of Object.entries(await facts(stream.split(seed)))) {
      counts.set(setting, (counts.get(setting) ?? 0) + (holds ? 1 : 0))
    }
  }
  return [...counts].map(([setting, count]) => ({
    setting: `${world}: ${setting}`,
    rate: count / seeds,
    repetitions: seeds,
    seed: stream.path,
  }))
}
