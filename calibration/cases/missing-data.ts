/** Coverage of the bounds over missing scores when failures go missing more often than successes. */
import { binomialPmf, missingBounds } from '../../src/stats/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { enumeratedNote } from '../enumerate.ts'

interface World {
  readonly n: number
  /** True rate of success. */
  readonly rate: number
  /** Chance that a success, or a failure, is missing. */
  readonly successLost: number
  readonly failureLost: number
}

const worlds: readonly World[] = [20, 60].flatMap((n) => [
  { n, rate: 0.5, successLost: 0, failureLost: 0.3 },
  { n, rate: 0.95, successLost: 0.02, failureLost: 0.8 },
  { n, rate: 0.05, successLost: 1, failureLost: 0 },
  { n, rate: 0.7, successLost: 0.1, failureLost: 0.1 },
  { n, rate: 0.999, successLost: 0, failureLost: 1 },
])

function describe({ n, rate, successLost, failureLost }: World): string {
  return `${n} units, rate ${rate}, missing: ${successLost} of successes, ${failureLost} of failures`
}

export const missingRegionCalibration = defineCalibration({
  name: 'missing-bounds-region',
  title: 'Bounds over missing scores: both worst and best rate covered, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: enumeratedNote,
  run: ({ random }) =>
    worlds.map((world): CalibrationRow => {
      const { rate, successLost, failureLost } = world
      const worst = rate * (1 - successLost)
      const best = rate + (1 - rate) * failureLost
      const covered = coverage(world, 'region', (lower, upper) => lower <= worst && best <= upper)
      return { setting: describe(world), rate: covered, repetitions: 'enumerated', seed: random.path }
    }),
})

export const missingParameterCalibration = defineCalibration({
  name: 'missing-bounds-parameter',
  title: 'Bounds over missing scores, Imbens–Manski with exact limits: the true rate covered, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `Failures or successes alone go missing: the true rate is then an end of the bounds, the hardest case. ${enumeratedNote}`,
  run: ({ random }) =>
    [30, 100].flatMap((n) =>
      [
        { n, rate: 0.95, successLost: 0, failureLost: 0.8 },
        { n, rate: 0.999, successLost: 0, failureLost: 1 },
        { n, rate: 0.02, successLost: 0.5, failureLost: 0 },
        { n, rate: 0.5, successLost: 0.02, failureLost: 0 },
        { n, rate: 0.5, successLost: 0, failureLost: 0.3 },
        { n, rate: 0.3, successLost: 0.5, failureLost: 0 },
        { n, rate: 0.8, successLost: 0, failureLost: 0.5 },
        { n, rate: 0.6, successLost: 0.1, failureLost: 0.1 },
      ].map((world): CalibrationRow => {
        const covered = coverage(world, 'parameter', (lower, upper) => lower <= world.rate && world.rate <= upper)
        return { setting: describe(world), rate: covered, repetitions: 'enumerated', seed: random.path }
      }),
    ),
})

function coverage(
  { n, rate, successLost, failureLost }: World,
  target: 'region' | 'parameter',
  holds: (lower: number, upper: number) => boolean,
): number {
  const seen = rate * (1 - successLost)
  const lost = rate * successLost + (1 - rate) * failureLost
  let total = 0
  for (let successes = 0; successes <= n; successes++) {
    const first = binomialPmf({ k: successes, n, p: seen })
    if (first < 1e-14) continue
    for (let missing = 0; missing <= n - successes; missing++) {
      const weight =
        first * binomialPmf({ k: missing, n: n - successes, p: seen === 1 ? 0 : Math.min(1, lost / (1 - seen)) })
      if (weight < 1e-14) {
        total += weight
        continue
      }
      const outcome = missingBounds({ successes, failures: n - successes - missing, missing, level: 0.95, target })
      if (outcome.kind === 'missing-bounds' && holds(outcome.interval.lower, outcome.interval.upper)) total += weight
    }
  }
  return Math.min(1, total)
}
