import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NumberFormat } from '../figure.ts'
import { formatApart, formatExact, formatNumber } from './format-number.ts'

const cases: readonly (readonly [NumberFormat, number, string])[] = [
  ['rate', 0.6757576, '67.6 %'],
  ['rate', 0, '0 %'],
  ['rate', 1, '100 %'],
  ['rate', 0.5, '50.0 %'],
  ['rate', 7.375e-4, '0.074 %'],
  ['rate', 0.99951, '99.951 %'],
  ['rate', 0.99997, '99.9970 %'],
  ['rate', 0.999999, 'over 99.999 %'],
  ['rate', 1e-6, '1.0 × 10⁻⁴ %'],
  ['rate', -1.54e-4, '−0.015 %'],
  ['rate', 1.055, '105.5 %'],
  ['points', 0.0585859, '+5.9 points'],
  ['points', -0.021, '−2.1 points'],
  ['points', 0, '0 points'],
  ['score', 0.6757576, '0.676'],
  ['score', 0.9996, '0.9996'],
  ['score', -0.25, '−0.25'],
  ['number', 1234.5, '1,235'],
  ['number', 3.4e-5, '3.4 × 10⁻⁵'],
  ['number', 12, '12'],
  ['number', 1e21, '1.0 × 10²¹'],
  ['ratio', 3.4373, '3.437'],
  ['difference', 0.0585859, '+0.0586'],
  ['difference', -2, '−2'],
  ['count', 200_000, '200,000'],
  ['count', 12.5, '12.5'],
  ['p-value', 0.036271, '0.036'],
  ['p-value', 0.1478468, '0.15'],
  ['p-value', 0.9981, 'above 0.99'],
  ['p-value', 1, '1'],
  ['p-value', 3.2e-6, '3.2 × 10⁻⁶'],
  ['p-value', 0, 'below 10⁻³⁰⁰'],
  ['usd', 0.0123, '$0.0123'],
  ['usd', 1234.5, '$1,234.50'],
  ['usd', -2, '−$2.00'],
  ['milliseconds', 850.4, '850 ms'],
  ['milliseconds', 5, '5 ms'],
  ['milliseconds', 12_340, '12.3 s'],
  ['milliseconds', 270_000, '4.5 min'],
  ['milliseconds', 8_280_000, '2.3 h'],
]

test.each(cases)('formatNumber for %s writes %d as "%s"', (format, value, written) => {
  expect(formatNumber(value, format)).toBe(written)
})

const formats = [...new Set(cases.map(([format]) => format))]

test.each(formats)('formatNumber(NaN and infinities, %s) says so in words', (format) => {
  expect(formatNumber(Number.NaN, format)).toBe('unknown')
  expect(formatNumber(Number.POSITIVE_INFINITY, format)).toBe('unbounded above')
  expect(formatNumber(Number.NEGATIVE_INFINITY, format)).toBe('unbounded below')
})

test('formatNumber(value, rate) never writes 0 % or 100 % for a rate strictly between, at any size', () => {
  const inside = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(inside, (value) => {
      expect(formatNumber(value, 'rate')).not.toMatch(/^(0|100|0\.0+|100\.0+) %$/)
    }),
    { seed: 11, numRuns: 2_000, examples: [[Number.MIN_VALUE], [1 - Number.EPSILON / 2], [0.00095], [0.99049]] },
  )
})

test('formatNumber(value, any) is short, has no ASCII minus before digits and no exponent letter', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...formats), (value, format) => {
      const written = formatNumber(format === 'p-value' ? Math.min(1, Math.abs(value)) : value, format)
      expect(written).not.toMatch(/-|\de[+-]?\d|NaN|Infinity/)
      if (Math.abs(value) < 1e12) expect(written.length).toBeLessThan(32)
    }),
    { seed: 12, numRuns: 3_000 },
  )
})

test('formatApart(a, b) uses as many digits as the two need to differ, and four otherwise', () => {
  expect(formatApart(0.88333333, 0.88333333)).toEqual(['0.8833', '0.8833'])
  expect(formatApart(0.8833333, 0.8833334)).toEqual(['0.8833333', '0.8833334'])
  expect(formatApart(790, 15)).toEqual(['790', '15'])
  expect(formatApart(-0.1, 0.1)).toEqual(['−0.1', '0.1'])
  expect(formatApart(Number.NaN, 0.5)).toEqual(['unknown', '0.5'])
})

test('formatApart(a, b) is two different texts whenever a and b differ', () => {
  const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(anyNumber, anyNumber, (a, b) => {
      fc.pre(a !== b)
      const [first, second] = formatApart(a, b)
      expect(first).not.toBe(second)
    }),
    { seed: 13, numRuns: 2_000, examples: [[0.1 + 0.2, 0.3]] },
  )
})

test('formatExact(value) keeps seven significant digits, small and large', () => {
  expect([0.0362710412, -0.0277885, 790, 3.5e-12, Number.NaN].map(formatExact)).toEqual([
    '0.03627104',
    '−0.0277885',
    '790',
    '3.500000 × 10⁻¹²',
    'unknown',
  ])
})
