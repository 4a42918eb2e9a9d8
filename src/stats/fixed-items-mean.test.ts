import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { fixedItemsMean, type RepeatedCells, rerunNoise } from './fixed-items-mean.ts'

const unit = { lower: 0, upper: 1 }

function oneCellPerItem(repeats: readonly (readonly number[])[]): RepeatedCells {
  const starts = new Int32Array(repeats.length + 1)
  for (const [cell, scores] of repeats.entries()) starts[cell + 1] = starts[cell]! + scores.length
  return {
    values: Float64Array.from(repeats.flat()),
    starts,
    itemOf: Int32Array.from(repeats.keys()),
    items: repeats.length,
  }
}

function estimate(cells: RepeatedCells, range?: 'unknown') {
  const outcome = fixedItemsMean(cells, { level: 0.95, range: range === 'unknown' ? undefined : unit })
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('rerunNoise by hand: two items, repeats 1 0 and 1 1 0', () => {
  const noise = rerunNoise(
    oneCellPerItem([
      [1, 0],
      [1, 1, 0],
    ]),
  )!
  // Means 1/2 and 2/3; s² = 1/2 and 1/3; parts ¼·(1/2)/2 = 1/16 and ¼·(1/3)/3 = 1/36.
  expect(noise.mean).toBeCloseTo(7 / 12, 14)
  expect(noise.variance).toBeCloseTo(1 / 16 + 1 / 36, 14)
  expect(noise.degreesOfFreedom).toBeCloseTo((1 / 16 + 1 / 36) ** 2 / (1 / 16 ** 2 + 1 / 36 ** 2 / 2), 12)
  expect(noise).toMatchObject({ repeatedCells: 2, unequalCells: 2 })
})

test('rerunNoise gives a cell without repeats the pooled variance of the others', () => {
  const noise = rerunNoise(oneCellPerItem([[1, 0], [1, 1], [1]]))!
  // s² = 1/2, 0, and the pool 1/4 for the third cell: ⅑ (1/4 + 0 + 1/4).
  expect(noise.variance).toBeCloseTo(1 / 18, 14)
})

test('rerunNoise weighs items, not cells', () => {
  const noise = rerunNoise({
    values: Float64Array.of(1, 1, 0, 0, 0, 0),
    starts: Int32Array.of(0, 2, 4, 6),
    itemOf: Int32Array.of(0, 0, 1),
    items: 2,
  })!
  expect(noise.mean).toBe(0.25)
})

test('fixedItemsMean covers the mean of 40 fixed unequal rates in 93–97.5 % of 2,000 reruns of 3 repeats', () => {
  const random = openRandom('fixed items')
  const rates = Array.from({ length: 40 }, (_, i) => [0.02, 0.5, 0.9, 1][i % 4]!)
  const truth = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  let covered = 0
  for (let run = 0; run < 2000; run++) {
    const repeats = rates.map((rate) => Array.from({ length: 3 }, () => (random.uniform() < rate ? 1 : 0)))
    const { lower, upper } = estimate(oneCellPerItem(repeats)).interval
    if (lower <= truth && truth <= upper) covered++
  }
  // Binomial SE at 2,000 is 0.005: the band is four of them below 0.95, five above.
  expect(covered / 2000).toBeGreaterThan(0.93)
  expect(covered / 2000).toBeLessThan(0.975)
})

test('fixedItemsMean never claims certainty when no repeat disagreed', () => {
  const never = estimate(oneCellPerItem(Array.from({ length: 100 }, () => [0, 0])))
  expect(never.interval.lower).toBe(0)
  expect(never.interval.upper).toBeGreaterThan(0)
  expect(never.method).toBe('fixed-items-no-disagreement-bound')
  expect(never.caveats).toMatchObject([{ code: 'no-repeat-disagreed' }])
  const mixed = estimate(oneCellPerItem(Array.from({ length: 100 }, (_, i) => [i % 2, i % 2])))
  expect(mixed.interval.lower).toBeLessThan(0.5)
  expect(mixed.interval.upper).toBeGreaterThan(0.5)
})

test('fixedItemsMean covers nearly deterministic items, rate of disagreement 0.002', () => {
  const random = openRandom('nearly deterministic')
  let covered = 0
  for (let run = 0; run < 1000; run++) {
    const repeats = Array.from({ length: 50 }, () =>
      Array.from({ length: 2 }, () => (random.uniform() < 0.001 ? 1 : 0)),
    )
    const { lower, upper } = estimate(oneCellPerItem(repeats)).interval
    if (lower <= 0.001 && 0.001 <= upper) covered++
  }
  expect(covered / 1000).toBeGreaterThan(0.95)
})

test('fixedItemsMean scales with the scores: 10 y gives ten times the interval', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 2, maxLength: 4 }), {
        minLength: 3,
        maxLength: 9,
      }),
      (repeats) => {
        fc.pre(repeats.some((scores) => new Set(scores).size > 1))
        const small = estimate(oneCellPerItem(repeats), 'unknown')
        const large = estimate(oneCellPerItem(repeats.map((scores) => scores.map((score) => score * 10))), 'unknown')
        expect(large.interval.upper).toBeCloseTo(10 * small.interval.upper, 8)
        expect(large.standardError).toBeCloseTo(10 * small.standardError!, 8)
      },
    ),
    { seed: 3 },
  )
})

test('fixedItemsMean refuses one response per item, no responses, and a spread of 0 without a range', () => {
  expect(fixedItemsMean(oneCellPerItem([[1], [0]]), { level: 0.95, range: unit })).toMatchObject({
    because: { code: 'needs-repeats' },
  })
  expect(fixedItemsMean(oneCellPerItem([]), { level: 0.95, range: unit })).toMatchObject({
    because: { code: 'no-scores' },
  })
  expect(fixedItemsMean(oneCellPerItem([[3, 3]]), { level: 0.95, range: undefined })).toMatchObject({
    because: { code: 'repeats-without-spread' },
  })
})
