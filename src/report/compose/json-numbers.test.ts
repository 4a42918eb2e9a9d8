import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromJsonNumbers, toJsonNumbers } from './json-numbers.ts'

test('toJsonNumbers(part) writes null and the reason for NaN and infinities', () => {
  expect(
    toJsonNumbers({ value: Number.NaN, interval: { lower: -Infinity, upper: Infinity }, rows: [1, Infinity] }),
  ).toEqual({
    value: null,
    interval: { lower: null, upper: null },
    rows: [1, null],
    nonFinite: {
      '/value': 'nan',
      '/interval/lower': '-infinity',
      '/interval/upper': 'infinity',
      '/rows/1': 'infinity',
    },
  })
})

test('toJsonNumbers(part) leaves a record of finite numbers without a list, and minus zero is zero', () => {
  const safe = toJsonNumbers({ value: -0, text: 'NaN', nothing: undefined })
  expect(Object.is(safe.value, 0)).toBe(true)
  expect(Object.keys(safe)).toEqual(['value', 'text'])
})

test('fromJsonNumbers(toJsonNumbers(part)) survives JSON and gives the numbers back, keys with slashes included', () => {
  const anyNumber = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity))
  const part = fc.record({ values: fc.dictionary(fc.string(), anyNumber), list: fc.array(anyNumber) })
  fc.assert(
    fc.property(part, (given) => {
      const text = JSON.stringify(toJsonNumbers(given))
      expect(text).not.toMatch(/NaN|Infinity/)
      const back = fromJsonNumbers(JSON.parse(text))
      expect(back.list).toEqual(given.list.map((value) => (value === 0 ? 0 : value)))
      for (const [key, value] of Object.entries(given.values)) {
        expect(back.values[key]).toEqual(value === 0 ? 0 : value)
      }
    }),
    { seed: 5, numRuns: 200 },
  )
})
