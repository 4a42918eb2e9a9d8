/** Error rates of the verdicts on a difference against a margin, and the power their plans promise. */
import type { Random } from '../../src/random/index.ts'
import {
  type Compared,
  type Equivalence,
  equivalence,
  pairedMarginTest,
  tTestPower,
  tTestSize,
  unitsNeeded,
} from '../../src/stats/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { enumeratedNote, overDiscordant } from '../enumerate.ts'
import { mildSizes, simulatedRow } from '../simulated-scores.ts'

const margin = 0.2

/** Differences of clustered pairs with mean δ: normal, or the steps −1, 0, 1 that 0/1 scores give. */
function differences(random: Random, { clusters, delta, steps }: World): Compared {
  const values: number[] = []
  const codes: number[] = []
  for (const [cluster, size] of mildSizes(clusters).entries()) {
    const own = 0.1 * random.normal()
    for (let i = 0; i < size; i++) {
      const u = random.uniform()
      const half = (delta + own) / 2
      values.push(steps ? (u < 0.3 + half ? 1 : u > 0.7 + half ? -1 : 0) : delta + own + 0.4 * random.normal())
      codes.push(cluster)
    }
  }
  return { kind: 'paired', differences: values, clusters: codes, range: undefined }
}

interface World {
  readonly clusters: number
  readonly delta: number
  readonly steps: boolean
}

/** Which verdicts are false where the difference is δ. */
function isFalse(verdict: Equivalence['verdict'], delta: number): boolean {
  switch (verdict) {
    case 'better':
      return delta <= 0
    case 'worse':
      return delta >= 0
    case 'equivalent':
      return Math.abs(delta) >= margin
    case 'cannot-tell':
      return false
    default:
      return verdict satisfies never
  }
}

export const equivalenceVerdictCalibration = defineCalibration({
  name: 'equivalence-verdicts',
  title: 'Better, equivalent, worse: any false verdict, at 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'Unequal clusters of 2 to 20 pairs, margin 0.2. The hardest differences are 0 and the margin itself.',
  run: ({ random, repetitions }) =>
    [
      { clusters: 12, delta: margin, steps: false },
      { clusters: 12, delta: 0, steps: false },
      { clusters: 30, delta: -margin, steps: true },
      { clusters: 30, delta: 0, steps: true },
      { clusters: 12, delta: 0.1, steps: false },
    ].map((world) =>
      simulatedRow({
        setting: `${world.clusters} clusters, ${world.steps ? 'steps of 1' : 'normal'}, difference ${world.delta}`,
        random,
        repetitions,
        holds: (stream) => {
          const outcome = equivalence({ compared: differences(stream, world), margin, alpha: 0.05, power: 0.8 })
          return outcome.kind === 'equivalence' && isFalse(outcome.verdict, world.delta)
        },
      }),
    ),
})

export const pairedMarginCalibration = defineCalibration({
  name: 'paired-margin-test',
  title: 'Exact test of paired rates against a margin at 5 %, at the margin',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: `P(only B passes) takes five values at each margin. ${enumeratedNote}`,
  run: ({ random }) =>
    [
      { n: 8, nullDifference: -0.3 },
      { n: 16, nullDifference: -0.1 },
      { n: 16, nullDifference: 0.15 },
    ].map(({ n, nullDifference }): CalibrationRow => {
      const rejected = new Map<number, boolean>()
      const hit = (onlyA: number, onlyB: number): boolean => {
        const key = onlyA * (n + 1) + onlyB
        const known = rejected.get(key)
        if (known !== undefined) return known
        const table = { both: n - onlyA - onlyB, onlyA, onlyB, neither: 0 }
        const test = pairedMarginTest({ ...table, nullDifference, alternative: 'greater' })
        const rejects = test.kind === 'test' && test.pValue <= 0.05
        rejected.set(key, rejects)
        return rejects
      }
      const low = Math.max(0, -nullDifference)
      const rates = [0.02, 0.1, 0.3, 0.6, 0.95].map((share) => {
        const onlyB = low + share * ((1 - nullDifference) / 2 - low)
        return overDiscordant({ n, onlyA: onlyB + nullDifference, onlyB, hit })
      })
      const setting = `${n} pairs, margin ${nullDifference}, worst of five`
      return { setting, rate: Math.max(...rates), repetitions: 'enumerated', seed: random.path }
    }),
})

export const plannedPowerCalibration = defineCalibration({
  name: 'planned-power',
  title: 'Power that t tests and equivalence tests of the planned size have, 80 %',
  kind: 'level',
  nominal: 0.8,
  verdict: 'nominal',
  note: 'Normal values. Sizes are rounded up, so the share may lie a little above the plan.',
  run: ({ random, repetitions }) => {
    const design = {
      effect: 0.35,
      standardDeviation: 1,
      samples: 'one',
      alpha: 0.05,
      alternative: 'two-sided',
    } as const
    const { size } = tTestSize({ ...design, power: 0.8 })
    const sample = (stream: Random, n: number, mean: number): Compared => {
      const values = Float64Array.from({ length: n }, () => mean + stream.normal())
      return { kind: 'paired', differences: values, clusters: undefined, range: undefined }
    }
    const pilot = {
      standardError: 1 / Math.sqrt(20),
      degreesOfFreedom: 19,
      n: 20,
      margin: 0.4,
      alpha: 0.05,
      power: 0.8,
    }
    const needed = unitsNeeded(pilot)
    if ('because' in needed) throw new Error(needed.because.code)
    const { ifEqual } = needed
    return [
      simulatedRow({
        setting: `t test of ${size} pairs, planned ${tTestPower({ ...design, n: size }).toFixed(3)}`,
        random,
        repetitions,
        holds: (stream) => {
          const outcome = equivalence({ compared: sample(stream, size, 0.35), margin: 0.001, alpha: 0.05, power: 0.8 })
          return outcome.kind === 'equivalence' && outcome.differs
        },
      }),
      simulatedRow({
        setting: `equivalence of ${ifEqual} pairs that are equal`,
        random,
        repetitions,
        holds: (stream) => {
          const outcome = equivalence({ compared: sample(stream, ifEqual, 0), margin: 0.4, alpha: 0.05, power: 0.8 })
          return outcome.kind === 'equivalence' && outcome.verdict === 'equivalent'
        },
      }),
    ]
  },
})
