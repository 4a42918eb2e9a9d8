import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readNumber } from './read-number.ts'

const point = { decimalMark: 'point' } as const

test.each([
  ['42', 42, ''],
  ['42.', 42, ''],
  ['−5', -5, ''],
  ['-$1,250.50', -1250.5, ''],
  ['12 500', 12_500, ''],
  ['12_500', 12_500, ''],
  ['1.2e-3', 0.0012, ''],
  ['1.2 × 10^-3', 0.0012, ''],
  ['1.2 \\times 10^{-3}', 0.0012, ''],
  ['3/4', 0.75, ''],
  ['\\frac{3}{4}', 0.75, ''],
  ['1 1/2', 1.5, ''],
  ['-1 1/2', -1.5, ''],
  ['50%', 50, '%'],
  ['9.8 m/s^2', 9.8, 'm/s^2'],
  ['3.5 million', 3_500_000, ''],
  ['$\\boxed{12}$', 12, ''],
])('readNumber(%j) is %d %s, strictly', (text, value, unit) => {
  expect(readNumber(text, point).strict).toEqual({ value, unit })
})

test.each([
  ['The total is 1,250 km.', 1250],
  ['The answer is 42 because 6*7=42 and 7*6=42', 42],
  ['The answer is 12, not 13', 12],
  ['First 3, then 4.\n#### 7', 7],
  ['x = 3\nAnswer: 7', 7],
  ['so we get \\boxed{12} from 3 and 4', 12],
  ['It is 5. Yes, 5.', 5],
])('readNumber(%j) is %d leniently only', (text, value) => {
  const { strict, lenient } = readNumber(text, point)
  expect([strict, lenient?.value]).toEqual([undefined, value])
})

test.each([
  [''],
  ['5 or 6'],
  ['3,14'],
  ['1234,567'],
  ['20 21'],
  ['1/0'],
  ['1e400'],
  ['B2'],
  ['2024-11-23'],
  ['5-6'],
  ['many'],
  ['0x10'],
  ['The answer is 0xFF.'],
])('readNumber(%j) reads nothing rather than half of it', (text) => {
  expect(readNumber(text, point)).toEqual({ strict: undefined, lenient: undefined })
})

test('readNumber with a decimal comma reads 1.250,5 and refuses 3.14', () => {
  const comma = { decimalMark: 'comma' } as const
  expect(readNumber('1.250,5', comma).strict?.value).toBe(1250.5)
  expect(readNumber('3.14', comma).lenient).toBeUndefined()
})

test('readNumber gives every double back as it was written', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(readNumber(String(value), point).strict?.value).toBe(Object.is(value, -0) ? 0 : value)
      expect(readNumber(`The answer is ${value}.`, point).lenient?.value).toBe(Object.is(value, -0) ? 0 : value)
    }),
    { seed: 5, numRuns: 1_000 },
  )
})

test('readNumber undoes thousands groups', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
      expect(readNumber(value.toLocaleString('en-US'), point).strict?.value).toBe(value)
    }),
    { seed: 6, numRuns: 300 },
  )
})
