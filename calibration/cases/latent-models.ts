/** Coverage of contrasts and item parameters of logit mixed models and item response models. */
import type { Random } from '../../src/random/index.ts'
import { crossedLogit, itemResponseModel, logitContrast, normalUpperQuantile } from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

const z = normalUpperQuantile(0.025)

export const crossedLogitCalibration = defineCalibration({
  name: 'crossed-logit',
  title: 'Contrast of two models on the log-odds scale, crossed logit mixed model, 95 %',
  kind: 'coverage',
  nominal: 0.93,
  verdict: 'at-least',
  note:
    'Normal intervals from the Laplace fit, promised at 93 %: with few rows per item the approximation pulls variances down. ' +
    'Without the item × model component the interval of the first setting covers 0.91.',
  run: ({ random, repetitions }) =>
    [
      { items: 60, prompts: 6, itemDeviation: 1.2, cellDeviation: 0.6, intercept: 0.4 },
      { items: 40, prompts: 8, itemDeviation: 0.8, cellDeviation: 0.5, intercept: 2.5 },
    ].map((world) =>
      simulatedRow({
        setting: `${world.items} items, ${world.prompts} prompts, 2 models, intercept ${world.intercept}`,
        random,
        repetitions: Math.max(1, Math.round(repetitions / 4)),
        holds: (stream) => {
          const fit = crossedLogit(logitData(stream, world))
          if (fit.kind === 'not-estimable') return false
          return covers(logitContrast({ fit, weights: [0, 1], level: 0.95 }), 0.5)
        },
      }),
    ),
})

interface LogitWorld {
  readonly items: number
  readonly prompts: number
  readonly itemDeviation: number
  readonly cellDeviation: number
  readonly intercept: number
}

/** Two models, the second better by 0.5; items, prompts and item × model cells vary. */
function logitData(random: Random, { items, prompts, itemDeviation, cellDeviation, intercept }: LogitWorld) {
  const rows = items * prompts * 2
  const normals = (count: number, deviation: number) =>
    Float64Array.from({ length: count }, () => deviation * random.normal())
  const [ofItem, ofPrompt, ofCell] = [
    normals(items, itemDeviation),
    normals(prompts, 0.3),
    normals(items * 2, cellDeviation),
  ]
  const successes = new Float64Array(rows)
  const design = new Float64Array(rows * 2)
  const codes = { item: new Int32Array(rows), prompt: new Int32Array(rows), cell: new Int32Array(rows) }
  for (let row = 0; row < rows; row++) {
    const [model, prompt, item] = [row % 2, Math.floor(row / 2) % prompts, Math.floor(row / 2 / prompts)]
    const cell = item * 2 + model
    const logit = intercept + 0.5 * model + (ofItem[item] ?? 0) + (ofPrompt[prompt] ?? 0) + (ofCell[cell] ?? 0)
    successes[row] = random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0
    design.set([1, model], 2 * row)
    codes.item[row] = item
    codes.prompt[row] = prompt
    codes.cell[row] = cell
  }
  return {
    successes,
    trials: new Float64Array(rows).fill(1),
    design,
    columns: 2,
    factors: [
      { name: 'item', levelOf: codes.item, levels: items },
      { name: 'prompt', levelOf: codes.prompt, levels: prompts },
      { name: 'item × model', levelOf: codes.cell, levels: items * 2 },
    ],
  }
}

export const itemResponseCalibration = defineCalibration({
  name: 'item-response',
  title: 'Intercept of an item in 1PL and 2PL models, normal interval, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: '10 items; errors from the cross-products of person scores, which lean wide in small samples.',
  run: ({ random, repetitions }) =>
    (['1pl', '2pl'] as const).flatMap((model) =>
      [150, 400].map((persons) =>
        simulatedRow({
          setting: `${model}, ${persons} rows`,
          random,
          repetitions: Math.max(1, Math.round(repetitions / 2)),
          holds: (stream) => {
            const responses = itemResponses(stream, { persons, model })
            const fit = itemResponseModel({
              responses,
              persons,
              items: 10,
              counts: new Float64Array(persons).fill(1),
              model,
            })
            if (fit.kind === 'not-estimable') return false
            return (
              Math.abs((fit.intercepts[2] ?? Number.NaN) - intercepts(2)) <= z * (fit.interceptErrors[2] ?? Number.NaN)
            )
          },
        }),
      ),
    ),
})

function intercepts(item: number): number {
  return -1.2 + 0.3 * item
}

function itemResponses(
  random: Random,
  { persons, model }: { readonly persons: number; readonly model: '1pl' | '2pl' },
): Float64Array {
  const responses = new Float64Array(persons * 10)
  for (let person = 0; person < persons; person++) {
    const ability = random.normal()
    for (let item = 0; item < 10; item++) {
      const slope = model === '1pl' ? 1 : 0.7 + 0.1 * item
      const p = 1 / (1 + Math.exp(-(slope * ability + intercepts(item))))
      responses[person * 10 + item] = random.uniform() < p ? 1 : 0
    }
  }
  return responses
}
