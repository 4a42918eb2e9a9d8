import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { advanceOneSidedBetting, type BettingNull, startOneSidedBetting } from './one-sided-betting.ts'

function wealth(values: readonly number[], bet: BettingNull): { readonly last: number; readonly most: number } {
  let state = startOneSidedBetting
  let most = 0
  for (const value of values) {
    state = advanceOneSidedBetting(state, value, bet)
    most = Math.max(most, state.logWealth)
  }
  return { last: state.logWealth, most }
}

const wall = Math.log(20)

test('advanceOneSidedBetting crosses 1/α in at most 5 % of 2,000 sequences whose mean is the null (seed 11)', () => {
  const random = openRandom(11)
  for (const rate of [0.05, 0.5, 0.95]) {
    let crossed = 0
    for (let repetition = 0; repetition < 2_000; repetition++) {
      const values = Array.from({ length: 300 }, () => (random.uniform() < rate ? 1 : 0))
      if (wealth(values, { nullMean: rate, errorRate: 0.05 }).most >= wall) crossed++
    }
    // Ville: at most 100 in expectation; 3 standard errors above.
    expect(crossed).toBeLessThanOrEqual(130)
  }
}, 30_000)

test('advanceOneSidedBetting without replacement crosses in at most 5 % of 2,000 orders of a list at its null (seed 12)', () => {
  const random = openRandom(12)
  const list = Float64Array.from({ length: 100 }, (_, index) => (index < 60 ? 1 : 0))
  let crossed = 0
  for (let repetition = 0; repetition < 2_000; repetition++) {
    random.shuffle(list)
    if (wealth([...list], { nullMean: 0.6, errorRate: 0.05, population: 100 }).most >= wall) crossed++
  }
  expect(crossed).toBeLessThanOrEqual(130)
})

test('advanceOneSidedBetting knows the mean of a finite list when all of it was seen', () => {
  const values = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 1 : 0))
  expect(wealth(values, { nullMean: 0.499, errorRate: 0.05, population: 50 }).last).toBe(Number.POSITIVE_INFINITY)
  expect(wealth(values, { nullMean: 0.5, errorRate: 0.05, population: 50 }).last).toBeLessThan(wall)
})

test('advanceOneSidedBetting wins on a mean above the null and loses below it', () => {
  const high = Array.from({ length: 200 }, (_, index) => (index % 10 < 8 ? 1 : 0))
  expect(wealth(high, { nullMean: 0.6, errorRate: 0.05 }).last).toBeGreaterThan(wall)
  expect(wealth(high, { nullMean: 0.95, errorRate: 0.05 }).last).toBeLessThan(0)
})

test('advanceOneSidedBetting refuses scores outside 0–1 and more scores than the list holds', () => {
  const bet = { nullMean: 0.5, errorRate: 0.05, population: 1 }
  expect(() => advanceOneSidedBetting(startOneSidedBetting, 1.1, bet)).toThrow(/score outside unit interval/)
  const full = advanceOneSidedBetting(startOneSidedBetting, 1, bet)
  expect(() => advanceOneSidedBetting(full, 1, bet)).toThrow(/more scores than population/)
})
