import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inspectNumber, isCountedAsZero } from './score-reducers.ts'
import { nested, numberOfScore, type RawScore } from './score-value.ts'

test.each<[RawScore, unknown]>([
  ['C', 1],
  ['I', 0],
  ['P', 0.5],
  ['N', 0],
  ['c', 'not-numeric'],
  ['Yes', 1],
  ['TRUE', 1],
  ['no', 0],
  ['False', 0],
  ['0.25', 0.25],
  ['-3', -3],
  [' 1e3 ', 1000],
  ['.5', 0.5],
  ['5.', 5],
  ['', 'not-numeric'],
  [' ', 'not-numeric'],
  ['1e999', 'not-numeric'],
  ['NaN', 'not-numeric'],
  ['inf', 'not-numeric'],
  ['0x10', 'not-numeric'],
  ['1_000', 'not-numeric'],
  ['maybe', 'not-numeric'],
  [true, 1],
  [false, 0],
  [0, 0],
  [-2.5, -2.5],
  [Number.NaN, 'not-scored'],
  [null, 'not-scored'],
  [Number.POSITIVE_INFINITY, 'not-finite'],
  [Number.NEGATIVE_INFINITY, 'not-finite'],
  [5n, 5],
  [nested, 'not-numeric'],
])('numberOfScore(%s) is %s', (raw, expected) => {
  expect(numberOfScore(raw, undefined)).toBe(expected)
})

test.each([
  ['refusal', 'refusal'],
  ['invalid_response_format', 'unparsed'],
  ['no_response', 'unparsed'],
  ['grader_failed', 'grader-failed'],
  ['scoring_failed', 'grader-failed'],
  ['a reason of its own', 'not-scored'],
])('numberOfScore(NaN, %j) is %j, and a value given with that reason stays a value', (reason, expected) => {
  expect(numberOfScore(Number.NaN, reason)).toBe(expected)
  expect(numberOfScore('I', reason)).toBe(0)
})

test('numberOfScore never makes a number of a text that Inspect counts as 0 for want of one (seed 31)', () => {
  const rule = { text: 'any-number', nullPart: 'zero' } as const
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)), (raw) => {
      const score = numberOfScore(raw, undefined)
      if (isCountedAsZero(raw)) expect([typeof score, inspectNumber(raw, rule)]).toEqual(['string', 0])
      else if (typeof score === 'number') expect(inspectNumber(raw, rule)).toBe(score)
    }),
    { seed: 31, numRuns: 500 },
  )
})
