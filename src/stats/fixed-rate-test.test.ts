import { expect, test } from 'vitest'
import { fixedRateTest } from './fixed-rate-test.ts'

test('fixedRateTest gives the smallest exact test, as an exhaustive search does', () => {
  // SciPy 1.17 binom.isf/sf/cdf, searched from n = 1: oracles/fixed-rate-test/generate.py
  const expected = [
    [0.7, 0.8, 0.05, 0.05, 204, 154],
    [0.5, 0.6, 0.05, 0.1, 213, 119],
    [0.9, 0.95, 0.05, 0.05, 298, 277],
    [0.02, 0.05, 0.01, 0.05, 554, 20],
    [0.3, 0.35, 0.05, 0.05, 960, 312],
  ] as const
  for (const [nullRate, alternativeRate, alpha, beta, trials, critical] of expected)
    expect(fixedRateTest({ nullRate, alternativeRate, alpha, beta })).toEqual({ trials, critical })
})

test('fixedRateTest refuses an alternative that is not above the null, and rates too close to tell apart', () => {
  const errors = { alpha: 0.05, beta: 0.05 }
  expect(() => fixedRateTest({ nullRate: 0.8, alternativeRate: 0.7, ...errors })).toThrow(/alternative not above null/)
  expect(() => fixedRateTest({ nullRate: 0.5, alternativeRate: 0.5001, ...errors })).toThrow(/rates too close/)
})
