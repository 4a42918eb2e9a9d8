import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { directionReplication } from './direction-replication.ts'

function estimate(z: number) {
  const outcome = directionReplication({ z, n: 50, level: 0.95 })
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('directionReplication at z = 0, 1, 1.959964, 3', () => {
  // Python 3.11 0.5 * math.erfc(-z / 2)
  const expected = [0.5, 0.7602499389065233, 0.9171118652214001, 0.9830525732376554]
  for (const [i, z] of [0, 1, 1.959964, 3].entries()) expect(estimate(z).value).toBeCloseTo(expected[i]!, 12)
})

test('directionReplication agrees with 40,000 simulated pairs of runs whose first shows z near 1.5', () => {
  const random = openRandom('direction')
  let [seen, same] = [0, 0]
  while (seen < 40_000) {
    // A flat prior over a wide range stands in for the improper one.
    const effect = 16 * random.uniform() - 8
    const first = effect + random.normal()
    if (Math.abs(Math.abs(first) - 1.5) > 0.05) continue
    seen++
    if (Math.sign(effect + random.normal()) === Math.sign(first)) same++
  }
  expect(same / seen).toBeCloseTo(estimate(1.5).value, 2)
})

test('directionReplication depends on the size of z only, grows with it, and stays inside its interval', () => {
  let last = 0.49
  for (const z of [0, 0.5, 1, 2, 4, 8, 30]) {
    const { value, interval } = estimate(z)
    expect(estimate(-z)).toEqual(estimate(z))
    expect(value).toBeGreaterThanOrEqual(last)
    expect(interval.lower).toBeLessThanOrEqual(value)
    expect(interval.upper).toBeGreaterThanOrEqual(value)
    last = value
  }
})

test('directionReplication throws for a z that is no number', () => {
  expect(() => estimate(Number.NaN)).toThrow('value not finite')
})
