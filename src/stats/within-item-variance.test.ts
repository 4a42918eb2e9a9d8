import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { flipRate } from './flip-rate.ts'
import { withinItemVariance } from './within-item-variance.ts'

const unit = { lower: 0, upper: 1 }
const level = 0.95

function estimate(values: readonly number[], items: readonly number[], range: typeof unit | undefined) {
  const outcome = withinItemVariance({ values, items, clusters: undefined, range, level })
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('withinItemVariance of 0/1 runs is half their flip rate', () => {
  const runs = fc.array(fc.array(fc.constantFrom(0, 1), { minLength: 2, maxLength: 6 }), {
    minLength: 2,
    maxLength: 12,
  })
  fc.assert(
    fc.property(runs, (cells) => {
      const items = cells.flatMap((cell, i) => cell.map(() => i))
      const flip = flipRate({ values: cells.flat(), items, clusters: undefined, level })
      expect(flip.kind === 'estimate' && flip.value / 2).toBeCloseTo(estimate(cells.flat(), items, unit).value, 12)
    }),
    { seed: 2 },
  )
})

test('withinItemVariance by hand: runs 1 3, 2 2 5', () => {
  // Sample variances 2 and 3.
  expect(estimate([1, 3, 2, 2, 5], [0, 0, 1, 1, 1], undefined).value).toBeCloseTo(2.5, 14)
})

test('withinItemVariance scales with the square of the scores', () => {
  const [values, items] = [
    [1, 3, 2, 2, 5, 7],
    [0, 0, 1, 1, 2, 2],
  ]
  const plain = estimate(values, items, undefined)
  const tenfold = estimate(
    values.map((value) => 10 * value),
    items,
    undefined,
  )
  expect(tenfold.interval.upper).toBeCloseTo(100 * plain.interval.upper, 8)
})

test('withinItemVariance covers the truth in at least 93 % of 1,000 samples of 60 unequal items with 3 runs', () => {
  const random = openRandom('within')
  const rates = Array.from({ length: 60 }, (_, i) => [0.05, 0.3, 0.5, 0.95][i % 4]!)
  let covered = 0
  for (let sample = 0; sample < 1000; sample++) {
    // Items are drawn anew each time: the interval is for the population of items.
    const drawn = rates.map(() => [0.05, 0.3, 0.5, 0.95][random.integer(4)]!)
    const values = drawn.flatMap((rate) => [0, 1, 2].map(() => (random.uniform() < rate ? 1 : 0)))
    const { lower, upper } = estimate(
      values,
      drawn.flatMap((_, i) => [i, i, i]),
      unit,
    ).interval
    const truth = (2 * 0.05 * 0.95 + 0.3 * 0.7 + 0.25) / 4
    if (lower <= truth && truth <= upper) covered++
  }
  expect(covered / 1000).toBeGreaterThan(0.93)
})

test('withinItemVariance of runs that never differ: not 0 for sure with a range, refused without', () => {
  const [values, items] = [
    [1, 1, 0, 0],
    [0, 0, 1, 1],
  ]
  expect(estimate(values, items, unit).interval.upper).toBeGreaterThan(0.1)
  expect(withinItemVariance({ values, items, clusters: undefined, range: undefined, level })).toMatchObject({
    because: { code: 'no-variation' },
  })
})

test('withinItemVariance refuses single runs', () => {
  expect(withinItemVariance({ values: [1, 0], items: [0, 1], clusters: undefined, range: unit, level })).toMatchObject({
    because: { code: 'needs-repeated-runs' },
  })
})
