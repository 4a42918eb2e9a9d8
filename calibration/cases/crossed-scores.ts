/** Coverage of the methods for scores that are alike within items and within prompts, and for nested scores. */
import type { Random } from '../../src/random/index.ts'
import {
  crossedBootstrap,
  modalAgreement,
  multilevelBootstrap,
  normalUpperQuantile,
  totalAgreement,
  twoWayClusterMean,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

interface CrossedWorld {
  readonly items: number
  readonly prompts: number
  readonly itemDeviation: number
  readonly promptDeviation: number
  /** Share of the cells that are filled, the same for all items, or from 1 for the first down to this for the last. */
  readonly filled: number | { readonly downTo: number }
  /** 0/1 scores with this rate: 1 where the sum of the normal effects is small enough. */
  readonly rate?: number
}

const crossedWorlds: readonly (readonly [setting: string, world: CrossedWorld])[] = [
  ['40 items × 20 prompts', { items: 40, prompts: 20, itemDeviation: 1, promptDeviation: 0.7, filled: 1 }],
  [
    '60 items × 25 prompts, a third of the cells empty',
    { items: 60, prompts: 25, itemDeviation: 0.5, promptDeviation: 0.5, filled: 0.67 },
  ],
  [
    '100 items × 20 prompts, prompts do not matter',
    { items: 100, prompts: 20, itemDeviation: 0.7, promptDeviation: 0, filled: 1 },
  ],
  ['40 items × 3 prompts', { items: 40, prompts: 3, itemDeviation: 1, promptDeviation: 0.5, filled: 1 }],
  [
    '40 items × 5 prompts, items hardly matter',
    { items: 40, prompts: 5, itemDeviation: 0.1, promptDeviation: 1, filled: 1 },
  ],
  ['8 items × 5 prompts', { items: 8, prompts: 5, itemDeviation: 1, promptDeviation: 1, filled: 1 }],
  [
    '20 items × 8 prompts, ever fewer prompts per item',
    { items: 20, prompts: 8, itemDeviation: 1, promptDeviation: 0.7, filled: { downTo: 0.2 } },
  ],
  ['30 items × 6 prompts, neither matters', { items: 30, prompts: 6, itemDeviation: 0, promptDeviation: 0, filled: 1 }],
  [
    '30 items × 6 prompts, scores 0 or 1, rate 0.5',
    { items: 30, prompts: 6, itemDeviation: 1, promptDeviation: 0.5, filled: 1, rate: 0.5 },
  ],
]

export function crossed(random: Random, world: CrossedWorld) {
  const { items, prompts, itemDeviation, promptDeviation, filled, rate } = world
  const ofItem = Float64Array.from({ length: items }, () => itemDeviation * random.normal())
  const ofPrompt = Float64Array.from({ length: prompts }, () => promptDeviation * random.normal())
  const threshold =
    rate === undefined
      ? undefined
      : Math.sqrt(1 + itemDeviation ** 2 + promptDeviation ** 2) * normalUpperQuantile(1 - rate)
  const rows: { value: number; item: number; prompt: number }[] = []
  for (let item = 0; item < items; item++) {
    const share = typeof filled === 'number' ? filled : 1 - ((1 - filled.downTo) * item) / (items - 1)
    for (let prompt = 0; prompt < prompts; prompt++) {
      if (share < 1 && random.uniform() >= share) continue
      const sum = (ofItem[item] ?? 0) + (ofPrompt[prompt] ?? 0) + random.normal()
      rows.push({ value: threshold === undefined ? sum : sum < threshold ? 1 : 0, item, prompt })
    }
  }
  return {
    values: rows.map(({ value }) => value),
    first: rows.map(({ item }) => item),
    second: rows.map(({ prompt }) => prompt),
  }
}

export const twoWayClusterCalibration = defineCalibration({
  name: 'two-way-cluster-mean',
  title: 'Two-way cluster-robust t interval of a mean, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'An interval that clusters by item alone covers 0.85 in the first setting. Conservative by design: the degrees of freedom are those of the facet ' +
    'with fewer levels, even where the other carries the variance. Rates near 0 and 1 are under `clustered-t-limits`.',
  run: ({ random, repetitions }) =>
    crossedWorlds.map(([setting, world]) =>
      simulatedRow({
        setting,
        random,
        repetitions,
        holds: (stream) => covers(twoWayClusterMean({ ...crossed(stream, world), level: 0.95 }), world.rate ?? 0),
      }),
    ),
})

export const crossedBootstrapCalibration = defineCalibration({
  name: 'crossed-bootstrap',
  title: 'Pigeonhole bootstrap of a mean, t interval with bootstrap standard error, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'Conservative by design where the residual dominates: the pigeonhole counts it up to three times. A percentile interval covers 0.94 in the first setting ' +
    'and far less with few prompts. 300 draws. Rates near 0 and 1 are under `clustered-t-limits`.',
  run: ({ random, repetitions }) =>
    crossedWorlds.map(([setting, world]) =>
      simulatedRow({
        setting,
        random,
        repetitions: Math.ceil(repetitions / 2),
        holds: (stream) => {
          const { values, ...codes } = crossed(stream, world)
          const outcome = crossedBootstrap({ of: { values }, ...codes, level: 0.95, draws: 300, random: stream })
          return covers(outcome, world.rate ?? 0)
        },
      }),
    ),
})

interface NestedWorld {
  readonly families: number
  /** `families`: tasks weigh the inverse of their family's size; `runs`: every run weighs the same. */
  readonly alike: 'families' | 'runs'
  readonly units: 'draw' | 'keep'
  /** 0/1 scores with this rate. */
  readonly rate?: number
}

const nestedWorlds: readonly (readonly [setting: string, world: NestedWorld])[] = [
  ['5 families', { families: 5, alike: 'families', units: 'draw' }],
  ['10 families', { families: 10, alike: 'families', units: 'draw' }],
  ['10 families, large ones weigh more', { families: 10, alike: 'runs', units: 'draw' }],
  ['25 families', { families: 25, alike: 'families', units: 'draw' }],
  ['60 families', { families: 60, alike: 'families', units: 'draw' }],
  ['10 families of scores 0 or 1, rate 0.5', { families: 10, alike: 'families', units: 'draw', rate: 0.5 }],
  ['6 families that are kept', { families: 6, alike: 'runs', units: 'keep' }],
]

export const multilevelBootstrapCalibration = defineCalibration({
  name: 'multilevel-bootstrap',
  title:
    'Multilevel bootstrap of a weighted mean: families, tasks, runs; t interval with bootstrap standard error, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'Families of 2 to 6 tasks with 3 runs. Conservative by design: drawing tasks and runs counts their noise again on top of what families show. 300 draws. ' +
    'Rates near 0 and 1 are under `clustered-t-limits`.',
  run: ({ random, repetitions }) =>
    nestedWorlds.map(([setting, world]) =>
      simulatedRow({
        setting,
        random,
        repetitions: Math.ceil(repetitions / 2),
        holds: (stream) => {
          const { of, levels, truth } = nested(stream, world)
          return covers(
            multilevelBootstrap({ of, levels, rows: 'draw', level: 0.95, draws: 300, random: stream }),
            truth,
          )
        },
      }),
    ),
})

export function nested(random: Random, { families, alike, units, rate }: NestedWorld) {
  const [values, weights, family, task]: [number[], number[], number[], number[]] = [[], [], [], []]
  const threshold = rate === undefined ? undefined : Math.sqrt(0.49 + 1 + 0.25) * normalUpperQuantile(1 - rate)
  let [kept, total] = [0, 0]
  for (let f = 0; f < families; f++) {
    const tasks = 2 + (f % 5)
    const weight = alike === 'families' ? 1 / tasks : 1
    const ofFamily = 0.7 * random.normal()
    kept += tasks * weight * ofFamily
    total += tasks * weight
    for (let t = 0; t < tasks; t++) {
      const ofTask = random.normal()
      for (let run = 0; run < 3; run++) {
        const sum = ofFamily + ofTask + 0.5 * random.normal()
        values.push(threshold === undefined ? sum : sum < threshold ? 1 : 0)
        weights.push(weight)
        family.push(f)
        task.push(t)
      }
    }
  }
  const levels = [
    { codes: family, units },
    { codes: task, units: 'draw' },
  ] as const
  return { of: { values, weights }, levels, truth: units === 'keep' ? kept / total : (rate ?? 0) }
}

export const answerAgreementCalibration = defineCalibration({
  name: 'answer-agreement',
  title: 'Agreement of N answers and share of the modal answer, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Items have a certain answer with probability 0.6 and otherwise one of two at 0.8; 6 runs. Conservative near 1.',
  run: ({ random, repetitions }) =>
    [30, 150].flatMap((items) => [
      simulatedRow({
        setting: `all of 4 runs agree, ${items} items`,
        random,
        repetitions,
        holds: (stream) =>
          covers(
            totalAgreement({ ...answers(stream, items), runs: 4, level: 0.95 }),
            0.6 + 0.4 * (0.8 ** 4 + 0.2 ** 4),
          ),
      }),
      simulatedRow({
        setting: `modal answer of 6 runs, ${items} items`,
        random,
        repetitions,
        holds: (stream) => covers(modalAgreement({ ...answers(stream, items), level: 0.95 }), 0.6 + 0.4 * modalShare()),
      }),
    ]),
})

function answers(random: Random, items: number) {
  const values: number[] = []
  const codes: number[] = []
  for (let item = 0; item < items; item++) {
    const certain = random.uniform() < 0.6
    for (let run = 0; run < 6; run++) {
      values.push(certain || random.uniform() < 0.8 ? 1 : 2)
      codes.push(item)
    }
  }
  return { values, items: codes, clusters: undefined }
}

/** E max(X, 6 − X)/6 for X ~ Binomial(6, 0.8). */
function modalShare(): number {
  const ways = [1, 6, 15, 20, 15, 6, 1]
  return ways.reduce((sum, way, k) => sum + (way * 0.8 ** k * 0.2 ** (6 - k) * Math.max(k, 6 - k)) / 6, 0)
}
