import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reducerNamed, type ValueRule } from './score-reducers.ts'
import type { RawScore } from './score-value.ts'

const today: ValueRule = { text: 'any-number', nullPart: 'zero' }
const reduce = (name: string, raws: readonly RawScore[], rule = today) => reducerNamed(name)?.(raws, rule)

type Coded = string | number | boolean | { readonly nan: true }

interface Oracle {
  readonly cases: readonly { readonly values: readonly Coded[]; readonly expected: Readonly<Record<string, Coded>> }[]
}

const oracle = JSON.parse(
  readFileSync(new URL('../../../oracles/inspect-logs/reducers.json', import.meta.url), 'utf8'),
) as Oracle
const plain = (value: Coded): string | number | boolean => (typeof value === 'object' ? Number.NaN : value)

test('reducerNamed(name)(values) is what Inspect 0.3.285 computes, for 13 reducers of 72 lists of values', () => {
  let compared = 0
  for (const { values, expected } of oracle.cases) {
    for (const [name, value] of Object.entries(expected)) {
      const given = [name, ...values.map(plain)]
      const found = reduce(name, values.map(plain)) ?? 'none'
      const wanted = plain(value)
      const close =
        typeof found === 'number' &&
        typeof wanted === 'number' &&
        Math.abs(found - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted))
      expect([given, close || Object.is(found, wanted) ? wanted : found]).toEqual([given, wanted])
      compared++
    }
  }
  expect(compared).toBe(13 * 72)
})

test.each(['mean', 'median', 'max', 'mode', 'at_least_1', 'pass_at_1', 'pass_k_1'])(
  '%s of only unscored values is unscored',
  (name) => {
    expect(reduce(name, [Number.NaN, Number.NaN])).toBeNaN()
    expect(reduce(name, [])).toBeNaN()
    expect(reduce(name, [null], { ...today, nullPart: 'unscored' })).toBeNaN()
  },
)

test('pass_at_k and pass_k of fewer than k scored values are unscored', () => {
  expect(reduce('pass_at_3', ['C', 'C', Number.NaN])).toBeNaN()
  expect(reduce('pass_k_3', ['C', 'C', Number.NaN])).toBeNaN()
})

test('texts with a sign or exponent count as 0 where only digits were understood', () => {
  const early: ValueRule = { ...today, text: 'digits-only' }
  expect(reduce('mean', ['-1', '1e2', '0.5', 'yes', 'true'], early)).toBeCloseTo(2.5 / 5, 14)
  expect(reduce('mean', ['-1', '1e2', '0.5', 'yes', 'true'])).toBeCloseTo(101.5 / 5, 12)
})

test('reducerNamed knows no other name', () => {
  for (const name of ['pass_at', 'at_least', 'collect', 'mine', 'pass_at_x', ''])
    expect(reducerNamed(name)).toBeUndefined()
})

test('all reducers but mode ignore the order of repeats (seed 32)', () => {
  const raw = fc.constantFrom<RawScore>('C', 'I', 'P', 0.25, Number.NaN)
  fc.assert(
    fc.property(
      fc.array(raw, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('mean', 'median', 'max', 'at_least_2', 'pass_at_2', 'pass_k_2'),
      (raws, name) => {
        const forward = reduce(name, raws) ?? 0
        const backward = reduce(name, raws.toReversed()) ?? 0
        expect(Object.is(forward, backward) || Math.abs(forward - backward) < 1e-12).toBe(true)
      },
    ),
    { seed: 32, numRuns: 300 },
  )
})
