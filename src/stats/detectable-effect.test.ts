import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { detectableEffect } from './detectable-effect.ts'
import { meanInterval } from './mean-interval.ts'
import { minimumDetectableEffect } from './minimum-detectable-effect.ts'

const plan = { alpha: 0.05, power: 0.8, level: 0.95 }

function estimate(standardError: number, degreesOfFreedom: number) {
  const outcome = detectableEffect({ ...plan, standardError, degreesOfFreedom, n: degreesOfFreedom + 1 })
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('detectableEffect equals minimumDetectableEffect of the design behind the standard error', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 5000 }),
      fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      (items, itemVariance) => {
        const design = { responseVarianceA: 0, responseVarianceB: 0, resamplesA: 1, resamplesB: 1, designEffect: 1 }
        const known = minimumDetectableEffect({ ...plan, ...design, items, itemVariance, alternative: 'two-sided' })
        expect(estimate(Math.sqrt(itemVariance / items), items - 1).value).toBeCloseTo(known, 12)
      },
    ),
    { seed: 6 },
  )
})

test('detectableEffect at 5 % and 80 % is 2.8016 standard errors', () => {
  // R 4.2.2 qnorm(0.975) + qnorm(0.8)
  expect(estimate(1, 100).value).toBeCloseTo(2.801585, 6)
})

test('detectableEffect covers the true value in 94–96 % of 4,000 normal samples of 12', () => {
  const random = openRandom('detectable')
  const truth = 2.801585218 / Math.sqrt(12)
  let covered = 0
  for (let sample = 0; sample < 4000; sample++) {
    const mean = meanInterval({
      values: Array.from({ length: 12 }, () => random.normal()),
      skewness: 'ignore',
      level: 0.95,
    })
    if (mean.kind !== 'estimate') throw new Error('refused')
    const { lower, upper } = estimate(mean.standardError!, 11).interval
    if (lower <= truth && truth <= upper) covered++
  }
  expect(Math.abs(covered / 4000 - 0.95)).toBeLessThan(0.0138) // 4 standard errors
})

test('detectableEffect is known better with more degrees of freedom', () => {
  const width = (df: number) => estimate(1, df).interval.upper - estimate(1, df).interval.lower
  expect(width(1000)).toBeLessThan(width(10) / 5)
})

test('detectableEffect refuses a standard error of 0, and throws for one that is no number', () => {
  const options = { ...plan, degreesOfFreedom: 9, n: 10 }
  expect(detectableEffect({ ...options, standardError: 0 })).toMatchObject({ because: { code: 'no-variation' } })
  expect(() => detectableEffect({ ...options, standardError: Number.NaN })).toThrow('standard error')
  expect(() => detectableEffect({ ...options, standardError: 1, degreesOfFreedom: 0 })).toThrow('degrees of freedom')
})
