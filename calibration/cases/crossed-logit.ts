/** Coverage of contrasts of two models in the crossed logit mixed model, with and without the components it fits. */
import type { Random } from '../../src/random/index.ts'
import { crossedLogit, logitContrast } from '../../src/stats/index.ts'
import type { CalibrationRow } from '../calibration.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

interface LogitWorld {
  readonly items: number
  readonly prompts: number
  readonly models: number
  readonly itemDeviation: number
  readonly promptDeviation: number
  /** Of item × model. */
  readonly cellDeviation: number
  readonly intercept: number
  /** The second model's advantage over the first, in log odds. */
  readonly contrast: number
  /** Share of the responses that are there; every third item is complete. */
  readonly filled: number
}

const usual: LogitWorld = {
  items: 40,
  prompts: 5,
  models: 2,
  itemDeviation: 1,
  promptDeviation: 0.5,
  cellDeviation: 0.6,
  intercept: 0,
  contrast: 0.5,
  filled: 1,
}

const few: LogitWorld = { ...usual, items: 300, prompts: 2, cellDeviation: 1.5 }

const worlds: readonly (readonly [setting: string, world: LogitWorld])[] = [
  ['60 items, 6 prompts, 2 models', { ...usual, items: 60, prompts: 6, itemDeviation: 1.2, promptDeviation: 0.3 }],
  ['40 items, 8 prompts, 2 models, intercept 2.5', { ...usual, prompts: 8, intercept: 2.5 }],
  ['20 items, 3 prompts, 2 models', { ...usual, items: 20, prompts: 3, cellDeviation: 0.8 }],
  [
    '20 items, 6 prompts, 2 equal models, item × model 1.5',
    { ...usual, items: 20, prompts: 6, cellDeviation: 1.5, contrast: 0 },
  ],
  ['40 items, 6 prompts, 2 equal models, item × model 1.5', { ...usual, prompts: 6, cellDeviation: 1.5, contrast: 0 }],
  ['40 items, 3 prompts, 2 models, item × model 2.5', { ...usual, prompts: 3, cellDeviation: 2.5 }],
  ['40 items, 4 prompts, 2 models, no item × model', { ...usual, prompts: 4, cellDeviation: 0 }],
  ['40 items, 5 prompts, 2 models, intercept 3', { ...usual, intercept: 3 }],
  ['40 items, 5 prompts, 2 models, intercept −3', { ...usual, intercept: -3 }],
  [
    '30 items, 4 prompts, 2 models, two fifths of the responses missing',
    { ...usual, items: 30, prompts: 4, cellDeviation: 0.8, filled: 0.45 },
  ],
  ['30 items, 5 prompts, 5 models', { ...usual, items: 30, models: 5, cellDeviation: 1 }],
  ['40 items, 5 prompts, 2 models 4 apart, close to separation', { ...usual, contrast: 4 }],
  ['40 items, 5 prompts, 2 models 2 apart, item × model 1.5', { ...usual, cellDeviation: 1.5, contrast: 2 }],
]

export const crossedLogitCalibration = defineCalibration({
  name: 'crossed-logit',
  title: 'Contrast of two models on the log-odds scale, crossed logit mixed model, two-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    't intervals from the larger of the Laplace and the sandwich variance over items; item and item × model deviations are 1 and 0.6 ' +
    'unless stated. The larger of two variances is a little conservative, most where item × model is absent. Normal intervals from the ' +
    'Laplace fit alone cover 0.92 to 0.93 where item × model is strong.',
  run: ({ random, repetitions }) => rowsOf(worlds, { random, repetitions: Math.max(1, Math.round(repetitions / 2)) }),
})

export const crossedLogitFewResponsesCalibration = defineCalibration({
  name: 'crossed-logit-few-responses',
  title: 'The same with 2 or 3 responses per item and model, and hundreds of items',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'Item and item × model are integrated out by quadrature here. Laplace’s approximation pulls contrasts toward 0 where cells hold 2 responses, and more items make that ' +
    'no smaller: its intervals cover 0.91 to 0.92 with 300 items.',
  run: ({ random, repetitions }) =>
    rowsOf(
      [
        ['300 items, 2 prompts, item × model 1.5', { ...few, contrast: 1 }],
        ['300 items, 2 prompts, 2 apart, item × model 1.5', { ...few, contrast: 2 }],
        ['600 items, 2 prompts, item × model 2.5', { ...few, items: 600, cellDeviation: 2.5, contrast: 1 }],
        ['400 items, 3 prompts, 2 apart, item × model 1.5', { ...few, items: 400, prompts: 3, contrast: 2 }],
        [
          '200 items, 2 prompts, 5 models, intercept 2',
          { ...few, items: 200, models: 5, cellDeviation: 1, intercept: 2 },
        ],
        ['300 items, 2 prompts, intercept −3', { ...few, intercept: -3 }],
        ['150 items, 4 prompts, half of the responses missing', { ...few, items: 150, prompts: 4, filled: 0.25 }],
      ],
      { random, repetitions: Math.max(1, Math.round(repetitions / 8)) },
    ),
})

function rowsOf(
  settings: readonly (readonly [setting: string, world: LogitWorld])[],
  options: { readonly random: Random; readonly repetitions: number },
): readonly CalibrationRow[] {
  return settings.map(([setting, world]) =>
    simulatedRow({
      setting,
      ...options,
      holds: (stream) => {
        const fit = crossedLogit(logitData(stream, world))
        if (fit.kind === 'not-estimable') return false
        const weights = Array.from({ length: world.models }, (_, model) => [-1, 1][model] ?? 0)
        return covers(logitContrast({ fit, weights, level: 0.95 }), world.contrast)
      },
    }),
  )
}

/** Models after the second are 0.3 apart. */
function logitData(random: Random, world: LogitWorld) {
  const { items, prompts, models, itemDeviation, promptDeviation, cellDeviation, intercept, contrast, filled } = world
  const normals = (count: number, deviation: number) =>
    Float64Array.from({ length: count }, () => deviation * random.normal())
  const [ofItem, ofPrompt, ofCell] = [
    normals(items, itemDeviation),
    normals(prompts, promptDeviation),
    normals(items * models, cellDeviation),
  ]
  const rows: { item: number; prompt: number; model: number; success: number }[] = []
  for (let item = 0; item < items; item++) {
    for (let prompt = 0; prompt < prompts; prompt++) {
      for (let model = 0; model < models; model++) {
        if (filled < 1 && item % 3 > 0 && random.uniform() >= filled) continue
        const ability = model === 0 ? 0 : model === 1 ? contrast : 0.3 * (model - 2)
        const effects = (ofItem[item] ?? 0) + (ofPrompt[prompt] ?? 0) + (ofCell[item * models + model] ?? 0)
        const success = random.uniform() < 1 / (1 + Math.exp(-(intercept + ability + effects))) ? 1 : 0
        rows.push({ item, prompt, model, success })
      }
    }
  }
  const item = numbered(rows.map((row) => row.item))
  const cell = numbered(rows.map((row) => row.item * models + row.model))
  return {
    successes: rows.map(({ success }) => success),
    trials: new Float64Array(rows.length).fill(1),
    design: Float64Array.from({ length: rows.length * models }, (_, k) =>
      rows[Math.floor(k / models)]?.model === k % models ? 1 : 0,
    ),
    columns: models,
    factors: [
      { name: 'item', ...item },
      { name: 'prompt', levelOf: rows.map(({ prompt }) => prompt), levels: prompts },
      { name: 'item × model', ...cell },
    ],
    units: { unitOf: item.levelOf, units: item.levels },
  }
}

/** Codes without gaps. */
function numbered(codes: readonly number[]): { readonly levelOf: Int32Array; readonly levels: number } {
  const numberOf = new Map<number, number>()
  const levelOf = Int32Array.from(codes, (code) => {
    const known = numberOf.get(code) ?? numberOf.size
    numberOf.set(code, known)
    return known
  })
  return { levelOf, levels: numberOf.size }
}
