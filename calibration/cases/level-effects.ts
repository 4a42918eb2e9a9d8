/** Effects of the levels of a factor: whether their intervals hold all at once, as the report states. */
import { factorEffects } from '../../src/methods/analyses/variant-spread/factor-effects.ts'
import type { VariantTable } from '../../src/methods/analyses/variant-spread/variant-table.ts'
import { baseLogit } from '../../src/providers/simulated/base-logit.ts'
import type { Random } from '../../src/random/index.ts'
import { defineCalibration } from '../calibration.ts'
import { covers } from '../enumerate.ts'
import { logistic, plantedMean, pulledSuccess } from '../planted/planted-mean.ts'
import { simulatedRow } from '../simulated-scores.ts'

interface World {
  readonly words: string
  readonly accuracy: number
  /** What level `level` of this seed makes of the logit of an item. */
  readonly success: (random: Random) => (logit: number, level: number) => number
}

const items = 100
const levels = 4

const worlds: readonly World[] = [
  {
    words: 'formats with effects of σ .8 on the logit',
    accuracy: 0.8,
    success: (random) => {
      const effects = Array.from({ length: levels }, () => 0.8 * random.normal())
      return (logit, level) => logistic(logit + (effects[level] ?? 0))
    },
  },
  {
    words: 'orders of options, the first pulled by 1.8',
    accuracy: 0.7,
    success: () => (logit, level) => pulledSuccess({ logit, pulls: [1.8, 0, 0, 0], rightPlace: (4 - level) % 4 }),
  },
  { words: 'formats without effects', accuracy: 0.8, success: () => logistic },
]

export const levelEffectsCalibration = defineCalibration({
  name: 'level-effects',
  title: 'Effects of four levels on 100 items, paired by item, all intervals at once, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'The worlds of `planted-effects` without the runner, so that enough seeds are affordable: what the report states is that the intervals of all levels hold at once.',
  run: ({ random, repetitions }) =>
    worlds.map((world) =>
      simulatedRow({
        setting: world.words,
        random,
        repetitions: 5 * repetitions,
        holds: (stream) => allHold(world, stream),
      }),
    ),
})

function allHold({ accuracy, success }: World, random: Random): boolean {
  const chance = success(random)
  const base = baseLogit({ accuracy, spread: 1 })
  const values = new Float64Array(items * levels)
  for (let item = 0; item < items; item++) {
    const logit = base - random.normal()
    for (let level = 0; level < levels; level++)
      values[item * levels + level] = random.uniform() < chance(logit, level) ? 1 : 0
  }
  const means = Array.from({ length: levels }, (_, level) =>
    plantedMean({ accuracy, difficultySpread: 1 }, (logit) => chance(logit, level)),
  )
  const total = means.reduce((sum, mean) => sum + mean, 0)
  const effects = factorEffects(tableOf(values), { level: 0.95, mostLevels: 12 })
  return effects.every(({ outcome }, level) => {
    const mean = means[level] ?? Number.NaN
    return covers(outcome, mean - (total - mean) / (levels - 1))
  })
}

function tableOf(values: Float64Array): VariantTable {
  const codes = Array.from({ length: levels }, (_, level) => level)
  const labels = codes.map((level) => `level ${level}`)
  const each = Int32Array.from({ length: items }, (_, item) => item)
  return {
    measure: { key: 'm', task: 't', scorer: 's', scale: 'binary', rows: new Int32Array(), models: [] },
    model: 'm',
    technique: undefined,
    variants: codes,
    levels: labels.map((format) => ({ format })),
    labels,
    unscored: codes.map(() => 0),
    thinVariants: [],
    items: each,
    rowOfItem: each,
    values,
    repeats: 1,
    runs: undefined,
    cluster: each,
    clusters: items,
    clusterOfItem: each,
    incompleteItems: 0,
  }
}
