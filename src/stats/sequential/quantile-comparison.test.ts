import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/sequential/quantile-comparison.json' with { type: 'json' }
import { quantileComparison } from './quantile-comparison.ts'

const options = { probability: 0.5, tightestAt: 100, errorRate: 0.05 }

function pOf(given: Parameters<typeof quantileComparison>[0]): number {
  const outcome = quantileComparison(given)
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome.pValue
}

// gostevehoward/confseq, test/uniform_boundaries_unittest.cpp at 89ecbfd (to 1e-5), and brute force in Python.
test('quantileComparison of 1…1000 moved by 70, 85 and 100: p .814704, .0838055, .0054947 as confseq; ties as brute force', () => {
  for (const { first, second, probability, tightestAt, p, ...more } of oracle.cases) {
    const whole = ([low = 0, high = 0]: readonly number[]) => Array.from({ length: high - low + 1 }, (_, k) => low + k)
    const samples = 'range' in more ? { first: whole(first), second: whole(second) } : { first, second }
    const found = pOf({ ...samples, probability, tightestAt, errorRate: 0.05 })
    // Brute force tries 2,001 shares between ties; the best lies between two of them.
    expect(Math.abs(found / p - 1)).toBeLessThan(1e-6)
    if ('published' in more) expect(Math.abs(found - more.published)).toBeLessThan(1e-5)
  }
})

test('quantileComparison is symmetric, knows only the order of values, and is 1 for a sample against itself', () => {
  const sample = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(sample, sample, fc.constantFrom(0.1, 0.5, 0.8), (first, second, probability) => {
      const given = { ...options, probability, first, second }
      const p = pOf(given)
      expect(pOf({ ...given, first: second, second: first })).toBeCloseTo(p, 12)
      const stretch = (values: readonly number[]) => values.map((value) => Math.exp(value / 3)).toReversed()
      expect(pOf({ ...given, first: stretch(first), second: stretch(second) })).toBeCloseTo(p, 12)
      expect(pOf({ ...given, second: first })).toBe(1)
      const mirrored = { first: first.map((x) => -x), second: second.map((x) => -x), probability: 1 - probability }
      expect(pOf({ ...given, ...mirrored })).toBeCloseTo(p, 6)
    }),
    { seed: 11, numRuns: 150 },
  )
})

test('quantileComparison: samples that are constants apart reject ever more strongly, equal constants never', () => {
  const constant = (value: number, length: number) => new Float64Array(length).fill(value)
  const at = (n: number) => pOf({ ...options, first: constant(0, n), second: constant(1, n) })
  expect(at(5)).toBeGreaterThan(0.05)
  expect(at(40)).toBeLessThan(1e-6)
  expect(at(80)).toBeLessThan(at(40))
  expect(pOf({ ...options, first: constant(1, 80), second: constant(1, 80) })).toBe(1)
})

test('quantileComparison refuses empty samples, NaN and probabilities of 0 and 1', () => {
  expect(quantileComparison({ ...options, first: [], second: [1] })).toMatchObject({
    kind: 'not-estimable',
    because: { code: 'too-few-values' },
  })
  expect(() => quantileComparison({ ...options, first: [Number.NaN], second: [1] })).toThrow(/finite/)
  expect(() => quantileComparison({ ...options, probability: 1, first: [1], second: [1] })).toThrow(/rate/)
  expect(() => quantileComparison({ ...options, tightestAt: 0, first: [1], second: [1] })).toThrow()
})
