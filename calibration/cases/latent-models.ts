/** Coverage of item parameters of item response models. */
import type { Random } from '../../src/random/index.ts'
import { itemResponseModel, normalUpperQuantile } from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'

const z = normalUpperQuantile(0.025)

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
