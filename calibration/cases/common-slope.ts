/** One slope for all items against a slope per item. */
import type { Random } from '../../src/random/index.ts'
import { commonSlopeTest, itemResponseModel } from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'

interface Setting {
  readonly rows: number
  readonly items: number
  /** Middle of the intercepts, which spread over 3; 2 makes easy items, −2 hard ones. */
  readonly middle: number
  readonly slope: number
  readonly words: string
  readonly missing?: number
  readonly ability?: (random: Random) => number
  /** Of the other repetitions that are affordable. */
  readonly share: number
}

const settings: readonly Setting[] = [
  { rows: 100, items: 10, middle: 0, slope: 1, words: 'middling items', share: 1 / 2 },
  { rows: 100, items: 10, middle: 2, slope: 1, words: 'easy items', share: 1 / 2 },
  { rows: 200, items: 10, middle: 0, slope: 1, words: 'middling items', share: 1 / 2 },
  { rows: 200, items: 10, middle: 0, slope: 2, words: 'middling, steep items', share: 1 / 2 },
  { rows: 200, items: 10, middle: -2, slope: 1, words: 'hard items', share: 1 / 2 },
  { rows: 600, items: 10, middle: 0, slope: 1, words: 'middling items', share: 1 / 4 },
  { rows: 1_000, items: 10, middle: 2, slope: 1, words: 'easy items', share: 1 / 4 },
  { rows: 100, items: 50, middle: 0, slope: 1, words: 'middling items', share: 1 / 4 },
  { rows: 200, items: 100, middle: -2, slope: 1, words: 'hard items', share: 1 / 8 },
  { rows: 1_000, items: 100, middle: 0, slope: 1, words: 'middling items', share: 1 / 20 },
  {
    rows: 200,
    items: 20,
    middle: 0,
    slope: 1,
    words: 'middling items, a tenth not answered',
    missing: 0.1,
    share: 1 / 8,
  },
  {
    rows: 300,
    items: 10,
    middle: 0,
    slope: 1,
    words: 'middling items, abilities exponential',
    ability: (random) => -2 * Math.log(1 - random.uniform()) - 2,
    share: 1 / 4,
  },
]

export const commonSlopeCalibration = defineCalibration({
  name: 'common-slope-test',
  title: 'Test of one slope for all items where there is one, 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'nominal',
  note: 'Intercepts spread over 3 log odds. The test conditions on the sums of rows and items and is free of what abilities and intercepts are.',
  run: ({ random, repetitions }) =>
    settings.map((setting) =>
      simulatedRow({
        setting: `${setting.rows.toLocaleString('en')} rows, ${setting.items} ${setting.words}`,
        random,
        repetitions: Math.max(1, Math.round(repetitions * setting.share)),
        holds: (stream) => rejects(setting, stream),
      }),
    ),
})

function rejects(setting: Setting, random: Random): boolean {
  const { rows, items } = setting
  const answers = { responses: responsesOf(setting, random), persons: rows, items }
  const common = itemResponseModel({ ...answers, counts: new Float64Array(rows).fill(1), model: '1pl' })
  if (common.kind === 'not-estimable') return false
  const test = commonSlopeTest({ ...answers, common, random: random.split('tables') })
  return test.kind === 'test' && test.pValue <= 0.05
}

function responsesOf({ rows, items, middle, slope, missing = 0, ability }: Setting, random: Random): Float64Array {
  const responses = new Float64Array(rows * items)
  for (let row = 0; row < rows; row++) {
    const own = ability?.(random) ?? random.normal()
    for (let item = 0; item < items; item++) {
      const logit = slope * own + middle + 3 * (item / (items - 1) - 0.5)
      const answer = random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0
      responses[row * items + item] = missing > 0 && random.uniform() < missing ? Number.NaN : answer
    }
  }
  return responses
}
