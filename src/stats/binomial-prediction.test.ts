import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { binomialPrediction } from './binomial-prediction.ts'

interface Oracle {
  readonly source: string
  readonly cases: readonly {
    readonly successes: number
    readonly trials: number
    readonly futureTrials: number
    readonly counts: readonly [number, number]
  }[]
}
const oracle: Oracle = JSON.parse(
  readFileSync(new URL('../../oracles/binomial-prediction/values.json', import.meta.url), 'utf8'),
)

function predict(successes: number, trials: number, futureTrials: number, level = 0.95) {
  const outcome = binomialPrediction({ successes, trials, futureTrials, level })
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test.each(oracle.cases)(
  'binomialPrediction of $successes in $trials for $futureTrials more agrees with trying every count',
  ({ successes, trials, futureTrials, counts }) => {
    const { lower, upper } = predict(successes, trials, futureTrials).interval
    expect([lower * futureTrials, upper * futureTrials].map(Math.round)).toEqual(counts)
  },
)

test('binomialPrediction is symmetric in successes and failures, and holds the first rate', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 0, max: 80 }),
      fc.integer({ min: 1, max: 80 }),
      (n, x, m) => {
        fc.pre(x <= n)
        const { lower, upper } = predict(x, n, m).interval
        const mirrored = predict(n - x, n, m).interval
        expect(lower).toBeCloseTo(1 - mirrored.upper, 12)
        expect(upper).toBeCloseTo(1 - mirrored.lower, 12)
        expect(lower).toBeLessThanOrEqual(x / n + 1 / m)
        expect(upper).toBeGreaterThanOrEqual(x / n - 1 / m)
        expect(upper).toBeGreaterThan(lower - 1e-12)
      },
    ),
    { seed: 8 },
  )
})

test.each([0.001, 0.05, 0.5, 0.97])(
  'binomialPrediction holds the second rate in at least 95 %% of 4,000 pairs of samples at rate %f',
  (rate) => {
    const random = openRandom(`prediction ${rate}`)
    const draw = (n: number) =>
      Array.from({ length: n }, () => (random.uniform() < rate ? 1 : 0)).reduce<number>((a, b) => a + b, 0)
    let held = 0
    for (let pair = 0; pair < 4000; pair++) {
      const { lower, upper } = predict(draw(40), 40, 60).interval
      const second = draw(60) / 60
      if (lower - 1e-12 <= second && second <= upper + 1e-12) held++
    }
    // Conservative by construction; three binomial standard errors below the level are 0.9397.
    expect(held / 4000).toBeGreaterThan(0.9397)
  },
)

test('binomialPrediction of 100,000 trials takes a few milliseconds and agrees with the normal limit', () => {
  const { lower, upper } = predict(50_000, 100_000, 100_000).interval
  const margin = 1.959964 * Math.sqrt(0.25 * (2 / 100_000))
  expect(upper - 0.5).toBeCloseTo(margin, 4)
  expect(0.5 - lower).toBeCloseTo(margin, 4)
})

test('binomialPrediction refuses an empty first sample and throws for an empty second one', () => {
  expect(binomialPrediction({ successes: 0, trials: 0, futureTrials: 5, level: 0.95 })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(() => predict(0, 5, 0)).toThrow('trials out of range')
})
