import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calculate } from './calculate.ts'

test.each([
  ['17 + 25', 42],
  ['2 * (3 + 4)^2', 98],
  ['-2^2', -4],
  ['2^3^2', 512],
  ['2^-1', 0.5],
  ['10 % 4 * 2', 4],
  ['1,250 × 2 ÷ 5', 500],
  ['sqrt(16) + abs(-3)', 7],
  ['1.5e3 - .5', 1499.5],
  ['8 / 4 / 2', 1],
])('calculate(%j) is %d', (expression, value) => {
  expect(calculate(expression)).toEqual({ kind: 'value', value })
})

test.each([
  [''],
  ['2 +'],
  ['(1'],
  ['1 2'],
  ['process.exit()'],
  ['constructor(1)'],
  ['1/0'],
  ['ln(-1)'],
  ['9'.repeat(501)],
  ['2;3'],
])('calculate(%j) says what is wrong', (expression) => {
  expect(calculate(expression).kind).toBe('error')
})

test('calculate never throws and never gives what is not finite', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.+-*/^%() esqrt'), maxLength: 30 }), (text) => {
      const result = calculate(text)
      if (result.kind === 'value') expect(Number.isFinite(result.value)).toBe(true)
    }),
    { seed: 3, numRuns: 2_000 },
  )
})
