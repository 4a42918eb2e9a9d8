/** Coverage of variance components and of the coefficients of a D-study, in worlds with known components. */
import type { Random } from '../../src/random/index.ts'
import { type CrossedEffect, decisionStudy, generalizability } from '../../src/stats/index.ts'
import { answeredRows } from '../answered-row.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'

interface World {
  readonly objects: number
  readonly items: number
  readonly conditions: number
  /** Standard deviations of object, item, condition, object × item, object × condition, item × condition, residual. */
  readonly deviations: readonly number[]
  /** 0/1 scores whose probability is this rate plus uniform effects with these deviations; normal scores otherwise. */
  readonly rate?: number
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
  [
    '3 objects, 5 items, 3 conditions',
    { objects: 3, items: 5, conditions: 3, deviations: [1, 1, 0.5, 0.5, 0.3, 0.3, 1] },
  ],
  [
    '2 objects, 10 items, 5 conditions',
    { objects: 2, items: 10, conditions: 5, deviations: [1, 1, 0.5, 0.7, 0.3, 0.3, 1] },
  ],
]

/** Effects of 0/1 scores stay inside [0, 1]: the half-widths √3 · deviation add up to less than the distance to its ends. */
const binaryWorlds: readonly (readonly [setting: string, world: World])[] = [
  { rate: 0.5, items: 40 },
  { rate: 0.05, items: 40 },
  { rate: 0.999, items: 400 },
].map(({ rate, items }) => {
  const room = Math.min(rate, 1 - rate)
  const deviations = [0.15, 0.2, 0.05, 0.1, 0.03, 0.03].map((deviation) => deviation * room)
  return [
    `8 objects, ${items} items, 4 conditions, scores 0 or 1, rate ${rate}`,
    { objects: 8, items, conditions: 4, deviations, rate },
  ] as const
})

function table(random: Random, { objects, items, conditions, deviations, rate }: World): Float64Array {
  const [p = 0, i = 0, o = 0, pi = 0, po = 0, io = 0, e = 0] = deviations
  const draw = (count: number, deviation: number) =>
    Float64Array.from({ length: count }, () =>
      rate === undefined ? deviation * random.normal() : deviation * Math.sqrt(12) * (random.uniform() - 0.5),
    )
  const [ofP, ofI, ofO] = [draw(objects, p), draw(items, i), draw(conditions, o)]
  const [ofPI, ofPO, ofIO] = [draw(objects * items, pi), draw(objects * conditions, po), draw(items * conditions, io)]
  return Float64Array.from({ length: objects * items * conditions }, (_, k) => {
    const [a, b, c] = [Math.floor(k / (items * conditions)), Math.floor(k / conditions) % items, k % conditions]
    const main = (ofP[a] ?? 0) + (ofI[b] ?? 0) + (ofO[c] ?? 0)
    const pairs = (ofPI[a * items + b] ?? 0) + (ofPO[a * conditions + c] ?? 0) + (ofIO[b * conditions + c] ?? 0)
    if (rate !== undefined) return random.uniform() < rate + main + pairs ? 1 : 0
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

/** Standard deviation of each effect; a 0/1 score has all of P(1 − P) as residual. */
function trueDeviations({ deviations, rate }: World): readonly number[] {
  if (rate === undefined) return deviations
  const explained = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0)
  return [...deviations, Math.sqrt(rate * (1 - rate) - explained)]
}

function componentRows({ setting, world, ...options }: RowOptions): readonly CalibrationRow[] {
  const told = effects.filter((_, k) => world.conditions > 1 || [0, 1, 6].includes(k))
  return answeredRows({
    ...options,
    setting,
    labels: told,
    covered: (stream) => {
      const study = generalizability({ ...world, values: table(stream, world), runsPerCell: 1, level: 0.95 })
      if (study.kind === 'not-estimable') return undefined
      return told.map((effect) => {
        const interval = study.components.find((each) => each.effect === effect)?.interval
        const truth = (trueDeviations(world)[effects.indexOf(effect)] ?? Number.NaN) ** 2
        return interval !== undefined && interval.lower <= truth && truth <= interval.upper
      })
    },
  })
}

interface RowOptions {
  readonly setting: string
  readonly world: World
  readonly random: Random
  readonly repetitions: number
}

function coefficientRows({ setting, world, ...options }: RowOptions): readonly CalibrationRow[] {
  return answeredRows({
    ...options,
    setting,
    labels: ['g', 'Φ'],
    covered: (stream) => {
      const study = generalizability({ ...world, values: table(stream, world), runsPerCell: 1, level: 0.95 })
      if (study.kind === 'not-estimable') return undefined
      const outcome = decisionStudy({
        study,
        design: { items: world.items, conditions: world.conditions, runsPerCell: 1 },
        fixed: 'none',
        cutScore: undefined,
        level: 0.95,
        draws: 300,
        random: stream,
      })
      if (outcome.kind === 'not-estimable') return undefined
      return (['generalizability', 'dependability'] as const).map((name) => {
        const { lower, upper } = outcome[name].interval
        const truth = trueCoefficient({ ...world, deviations: trueDeviations(world) }, name)
        return lower <= truth && truth <= upper
      })
    },
  })
}

export const varianceComponentCalibration = defineCalibration({
  name: 'variance-components',
  title: 'Intervals for variance components of a G-study, two-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Normal scores. Limits of Ting et al. (1990) are close to their level and above it where a component is near 0. 0/1 scores are under `normal-theory-limits`.',
  run: (options) => worlds.flatMap(([setting, world]) => componentRows({ setting, world, ...options })),
})

export const decisionStudyCalibration = defineCalibration({
  name: 'decision-study',
  title: 'Generalized intervals for g and Φ, two-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Normal scores, 300 draws per interval. 0/1 scores are under `normal-theory-limits`.',
  run: ({ random, repetitions }) =>
    worlds.flatMap(([setting, world]) =>
      coefficientRows({ setting, world, random, repetitions: Math.ceil(repetitions / 2) }),
    ),
})

/** For `normal-theory-limits`. */
export function binaryStudyRows(options: Pick<RowOptions, 'random' | 'repetitions'>): readonly CalibrationRow[] {
  return binaryWorlds.flatMap(([setting, world]) => [
    ...componentRows({ setting, world, ...options }),
    ...coefficientRows({ setting, world, ...options }),
  ])
}

function trueCoefficient(
  { items: n, conditions: m, deviations }: World,
  name: 'generalizability' | 'dependability',
): number {
  const [p = 0, i = 0, o = 0, pi = 0, po = 0, io = 0, e = 0] = deviations.map((deviation) => deviation ** 2)
  const relative = pi / n + po / m + e / (n * m)
  const absolute = relative + i / n + o / m + io / (n * m)
  return p / (p + (name === 'generalizability' ? relative : absolute))
}
