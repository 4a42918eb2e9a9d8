import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { baseLogit } from './base-logit.ts'

test.each([
  [0.8, 1],
  [0.55, 2],
  [0.02, 1.5],
  [0.995, 3],
])('baseLogit(%d, spread %d) gives that rate over a million items, seed 3', (accuracy, spread) => {
  const random = openRandom(3)
  const logit = baseLogit({ accuracy, spread })
  let sum = 0
  for (let item = 0; item < 1_000_000; item++) sum += 1 / (1 + Math.exp(-(logit - spread * random.normal())))
  // Each rate has a standard deviation of at most one half: four standard errors are .002.
  expect(Math.abs(sum / 1_000_000 - accuracy)).toBeLessThan(0.002)
})

test('baseLogit is odd about one half and the plain logit without spread', () => {
  expect(baseLogit({ accuracy: 0.9, spread: 1 })).toBeCloseTo(-baseLogit({ accuracy: 0.1, spread: 1 }), 10)
  expect(baseLogit({ accuracy: 0.5, spread: 2 })).toBeCloseTo(0, 10)
  expect(baseLogit({ accuracy: 0.25, spread: 0 })).toBeCloseTo(-Math.log(3), 12)
})
