/** Items against the rest of a test, and fixed tests of a rate. */
import type { Random } from '../../src/random/index.ts'
import { binomialCdf, binomialUpperTail, fixedRateTest, itemRestCorrelations } from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { enumeratedNote } from '../enumerate.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

/** Ten items of one slope; with `unrelated`, the right answers to the first have nothing to do with ability. */
function responsesOf(random: Random, { rows, unrelated }: { readonly rows: number; readonly unrelated?: number }) {
  const responses = new Float64Array(rows * 10)
  for (let row = 0; row < rows; row++) {
    const ability = random.normal()
    for (let item = 0; item < 10; item++) {
      const chance = item === 0 && unrelated !== undefined ? unrelated : 1 / (1 + Math.exp(-ability - 0.3 * (item - 5)))
      responses[row * 10 + item] = random.uniform() < chance ? 1 : 0
    }
  }
  return responses
}

const unrelatedItems = [
  { rows: 30, rate: 0.5 },
  { rows: 100, rate: 0.9 },
  { rows: 300, rate: 0.1 },
]

export const itemRestCalibration = defineCalibration({
  name: 'item-rest',
  title: 'Test that an item does not run against the rest, where it is unrelated, at 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'The hardest case: an item whose right answers have nothing to do with the other nine. An approximation by t for 0/1 scores.',
  run: ({ random, repetitions }) =>
    unrelatedItems.map(({ rows, rate }) =>
      simulatedRow({
        setting: `${rows} rows, rate ${rate}`,
        random,
        repetitions,
        holds: (stream) => {
          const responses = responsesOf(stream, { rows, unrelated: rate })
          const against = itemRestCorrelations({ responses, rows, items: 10, level: 0.95 })[0]?.against
          return against?.kind === 'test' && against.pValue <= 0.05
        },
      }),
    ),
})

export const itemRestIntervalCalibration = defineCalibration({
  name: 'item-rest-interval',
  title: 'Correlation of an item with the rest, where it is unrelated, Fisher’s z, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'An item that did not vary has no correlation, which makes no false claim and counts as such.',
  run: ({ random, repetitions }) =>
    unrelatedItems.map(({ rows, rate }) =>
      simulatedRow({
        setting: `${rows} rows, rate ${rate}`,
        random,
        repetitions,
        holds: (stream) => {
          const responses = responsesOf(stream, { rows, unrelated: rate })
          const found = itemRestCorrelations({ responses, rows, items: 10, level: 0.95 })[0]?.correlation
          return found !== undefined && (found.kind === 'not-estimable' || covers(found, 0))
        },
      }),
    ),
})

export const fixedRateCalibration = defineCalibration({
  name: 'fixed-rate-test',
  title: 'Fixed test between two rates: wrong decisions at each, both at most 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: enumeratedNote,
  run: ({ random }) =>
    [
      { nullRate: 0.7, alternativeRate: 0.8 },
      { nullRate: 0.001, alternativeRate: 0.01 },
      { nullRate: 0.5, alternativeRate: 0.95 },
    ].flatMap(({ nullRate, alternativeRate }) => {
      const { trials: n, critical } = fixedRateTest({ nullRate, alternativeRate, alpha: 0.05, beta: 0.05 })
      const row = (truth: string, rate: number) => ({
        setting: `null ${nullRate}, alternative ${alternativeRate}, ${n} trials, the ${truth} is true`,
        rate,
        repetitions: 'enumerated' as const,
        seed: random.path,
      })
      return [
        row('null', binomialUpperTail({ k: critical, n, p: nullRate })),
        row('alternative', binomialCdf({ k: critical - 1, n, p: alternativeRate })),
      ]
    }),
})
