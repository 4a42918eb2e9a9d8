import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { nextValueInterval } from './next-value-interval.ts'

test('nextValueInterval agrees with the prediction interval of a linear model', () => {
  // By hand, what predict(lm(x ~ 1), interval = "prediction") computes: mean 5.48, s² = 0.868/4, t(0.975, 4) = 2.776445.
  const outcome = nextValueInterval({ values: [5.1, 4.9, 5.6, 5.8, 6], range: undefined, level: 0.95 })
  if (outcome.kind !== 'estimate') throw new Error('refused')
  expect(outcome.value).toBeCloseTo(5.48, 12)
  expect(outcome.interval.upper - 5.48).toBeCloseTo(2.776_445_105 * Math.sqrt(0.868 / 4) * Math.sqrt(1.2), 6)
  expect(outcome.interval.kind).toBe('prediction')
})

test('nextValueInterval holds the next normal value in 95 % of 4,000 draws of 2 to 12 (seeds 0 … 3999)', () => {
  let held = 0
  for (let seed = 0; seed < 4_000; seed++) {
    const random = openRandom(seed)
    const values = Array.from({ length: 2 + (seed % 11) }, () => random.normal())
    const outcome = nextValueInterval({ values, range: undefined, level: 0.95 })
    const next = random.normal()
    if (outcome.kind === 'estimate' && outcome.interval.lower <= next && next <= outcome.interval.upper) held++
  }
  // Exact: 4 standard errors at 4,000 are 0.0138.
  expect(Math.abs(held / 4_000 - 0.95)).toBeLessThan(0.0138)
})

test('nextValueInterval stays inside the range, ignores order, and refuses one value or equal values', () => {
  const range = { lower: 0, upper: 1 }
  const outcome = nextValueInterval({ values: [0.2, 0.9], range, level: 0.95 })
  expect(outcome).toMatchObject({ interval: { lower: 0, upper: 1 }, caveats: [{ code: 'few-draws' }] })
  expect(nextValueInterval({ values: [0.9, 0.2], range, level: 0.95 })).toEqual(outcome)
  expect(nextValueInterval({ values: [0.5], range, level: 0.95 }).kind).toBe('not-estimable')
  expect(nextValueInterval({ values: [0.5, 0.5], range, level: 0.95 }).kind).toBe('not-estimable')
  expect(() => nextValueInterval({ values: [0.5, 2], range, level: 0.95 })).toThrow('outside range')
})
