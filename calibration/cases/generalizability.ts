/** Coverage of variance components and of the coefficients of a D-study, in worlds with known components. */
import type { Random } from '../../src/random/index.ts'
import { type CrossedEffect, decisionStudy, generalizability } from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'

interface World {
  readonly objects: number
  readonly items: number
  readonly conditions: number
  /** Standard deviations of object, item, condition, object × item, object × condition, item × condition, residual. */
  readonly deviations: readonly number[]
}

const worlds: readonly (readonly [setting: string, world: World])[] = [
  [
    '6 objects, 20 items, 4 conditions',
    { objects: 6, items: 20, conditions: 4, deviations: [1, 1, 0.5, 0.7, 0.3, 0.3, 1] },
  ],
  ['10 objects, 30 items, 1 condition', { objects: 10, items: 30, conditions: 1, deviations: [0.5, 1, 0, 0, 0, 0, 1] }],
  [
    '4 objects, 12 items, 8 conditions, components near 0',
    { objects: 4, items: 12, conditions: 8, deviations: [0.2, 1, 0.2, 0.2, 0.1, 0.1, 1] },
  ],
]

function table(random: Random, { objects, items, conditions, deviations }: World): Float64Array {
  const [p = 0, i = 0, o = 0, pi = 0, po = 0, io = 0, e = 0] = deviations
  const draw = (count: number, deviation: number) =>
    Float64Array.from({ length: count }, () => deviation * random.normal())
  const [ofP, ofI, ofO] = [draw(objects, p), draw(items, i), draw(conditions, o)]
  const [ofPI, ofPO, ofIO] = [draw(objects * items, pi), draw(objects * conditions, po), draw(items * conditions, io)]
  return Float64Array.from({ length: objects * items * conditions }, (_, k) => {
    const [a, b, c] = [Math.floor(k / (items * conditions)), Math.floor(k / conditions) % items, k % conditions]
    const main = (ofP[a] ?? 0) + (ofI[b] ?? 0) + (ofO[c] ?? 0)
    const pairs = (ofPI[a * items + b] ?? 0) + (ofPO[a * conditions + c] ?? 0) + (ofIO[b * conditions + c] ?? 0)
    return main + pairs + e * random.normal()
  })
}

const effects: readonly CrossedEffect[] = [
  'object',
  'item',
  'condition',
  'object-item',
  'object-condition',
  'item-condition',
  'residual',
]

export const varianceComponentCalibration = defineCalibration({
  name: 'variance-components',
  title: 'Intervals for variance components of a G-study, two-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Normal scores. Limits of Ting et al. (1990) are close to their level and above it where a component is near 0.',
  run: ({ random, repetitions }) =>
    worlds.flatMap(([setting, world]) =>
      effects
        .filter((_, k) => world.conditions > 1 || [0, 1, 6].includes(k))
        .map((effect) =>
          simulatedRow({
            setting: `${setting}: ${effect}`,
            random,
            repetitions,
            holds: (stream) => {
              const study = generalizability({ ...world, values: table(stream, world), runsPerCell: 1, level: 0.95 })
              if (study.kind === 'not-estimable') return false
              const interval = study.components.find((each) => each.effect === effect)?.interval
              const truth = (world.deviations[effects.indexOf(effect)] ?? Number.NaN) ** 2
              return interval !== undefined && interval.lower <= truth && truth <= interval.upper
            },
          }),
        ),
    ),
})

export const decisionStudyCalibration = defineCalibration({
  name: 'decision-study',
  title: 'Generalized intervals for g and Φ, two-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Normal scores, 300 draws per interval.',
  run: ({ random, repetitions }) =>
    worlds.flatMap(([setting, world]) =>
      (['generalizability', 'dependability'] as const).map((name) =>
        simulatedRow({
          setting: `${setting}: ${name === 'generalizability' ? 'g' : 'Φ'}`,
          random,
          repetitions,
          holds: (stream) => {
            const study = generalizability({ ...world, values: table(stream, world), runsPerCell: 1, level: 0.95 })
            if (study.kind === 'not-estimable') return false
            const design = { items: world.items, conditions: world.conditions, runsPerCell: 1 }
            const outcome = decisionStudy({
              study,
              design,
              fixed: 'none',
              cutScore: undefined,
              level: 0.95,
              draws: 300,
              random: stream,
            })
            if (outcome.kind === 'not-estimable') return false
            const { lower, upper } = outcome[name].interval
            const truth = trueCoefficient(world, name)
            return lower <= truth && truth <= upper
          },
        }),
      ),
    ),
})

function trueCoefficient(
  { items: n, conditions: m, deviations }: World,
  name: 'generalizability' | 'dependability',
): number {
  const [p = 0, i = 0, o = 0, pi = 0, po = 0, io = 0, e = 0] = deviations.map((deviation) => deviation ** 2)
  const relative = pi / n + po / m + e / (n * m)
  const absolute = relative + i / n + o / m + io / (n * m)
  return p / (p + (name === 'generalizability' ? relative : absolute))
}
