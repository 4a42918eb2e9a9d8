import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minstdUniforms } from '../fixtures/minstd.ts'
import type { Outcome } from '../result.ts'
import { empiricalBernsteinSequence } from './empirical-bernstein.ts'
import { intersectedBernsteinSequence } from './intersected-bernstein.ts'

function ends(outcome: Outcome): readonly [number, number] {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return [outcome.interval.lower, outcome.interval.upper]
}

test('intersectedBernsteinSequence of 10,000 rare events is confseq’s predmix_empbern_cs at 100, 1,000 and 10,000', () => {
  // confseq 70b1ef3, MINSTD seed 801, x = u < 0.03.
  const values = minstdUniforms(801, 10_000).map((u) => (u < 0.03 ? 1 : 0))
  for (const [n, lower, upper] of [
    [100, 0, 0.14492544519410344],
    [1000, 0.007766576429807687, 0.045253084738448024],
    [10_000, 0.021717492138838917, 0.03380840201420088],
  ] as const) {
    const actual = ends(intersectedBernsteinSequence({ values: values.subarray(0, n), level: 0.95 }))
    expect(actual[0]).toBeCloseTo(lower, 12)
    expect(actual[1]).toBeCloseTo(upper, 12)
  }
})

test('intersectedBernsteinSequence lies inside empiricalBernsteinSequence, holds the mean and never widens', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 200 }), (values) => {
      const options = { values, level: 0.9 }
      const outcome = intersectedBernsteinSequence(options)
      if (outcome.kind === 'not-estimable' || outcome.caveats.length > 0) return
      const [lower, upper] = ends(outcome)
      const [low, high] = ends(empiricalBernsteinSequence(options))
      expect(lower).toBeGreaterThanOrEqual(low)
      expect(upper).toBeLessThanOrEqual(high)
      expect(outcome.value).toBeGreaterThanOrEqual(lower)
      expect(outcome.value).toBeLessThanOrEqual(upper)
      const before = ends(intersectedBernsteinSequence({ ...options, values: values.slice(0, -1) }))
      expect(lower).toBeGreaterThanOrEqual(before[0])
      expect(upper).toBeLessThanOrEqual(before[1])
    }),
    { seed: 5, numRuns: 150 },
  )
})

test('intersectedBernsteinSequence says when the mean moved, and refuses no scores and scores off [0, 1]', () => {
  const moved = [...new Array<number>(400).fill(0), ...new Array<number>(4000).fill(1)]
  const outcome = intersectedBernsteinSequence({ values: moved, level: 0.95 })
  expect(outcome).toMatchObject({ kind: 'not-estimable', because: { code: 'mean-moved' } })
  expect(intersectedBernsteinSequence({ values: [], level: 0.95 })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  const stretched = intersectedBernsteinSequence({ values: moved.slice(0, 420), level: 0.95 })
  expect(stretched).toMatchObject({ kind: 'estimate', caveats: [{ code: 'mean-beside-intersection' }] })
  expect(() => intersectedBernsteinSequence({ values: [0.5, 1.5], level: 0.95 })).toThrow(/unit interval/)
  expect(() => intersectedBernsteinSequence({ values: [0.5], level: 0 })).toThrow(/level/)
})
