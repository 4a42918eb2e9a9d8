import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanTrialsNeeded, drawsForQuantile, fewestTolerated, poissonCdf, poissonRate } from '../index.ts'
import { doubledCount, firstCount, neededCount } from './first-count.ts'

const never = (size: number): string => `beyond at ${size}`

test('firstCount and doubledCount find the first count of any that switch once, from any start', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (first, from) => {
      const condition = (count: number): boolean => count >= first
      expect(firstCount({ fails: -1, holds: 1e9 + 1, condition })).toBe(first)
      expect(doubledCount({ from, most: 2e9, condition, beyond: never })).toBe(Math.max(first, from))
    }),
  )
})

test('doubledCount tries no size beyond the most and hands on the one that would be', () => {
  const tried: number[] = []
  const condition = (count: number): boolean => tried.push(count) < 0
  expect(doubledCount({ from: 0, most: 8, condition, beyond: never })).toBe('beyond at 16')
  expect(tried).toEqual([0, 1, 2, 4, 8])
})

test('neededCount refuses a size beyond counting by its name', () => {
  expect(() => neededCount({ named: 'trials', from: 1, condition: () => false })).toThrow(
    expect.objectContaining({ code: 'size-beyond-count', values: { trials: 2 ** 53 } }),
  )
})

test('searches for a size do not try fewer events or draws than there must be', () => {
  expect(cleanTrialsNeeded({ rate: 1 - 1e-9, level: 0.5, allowed: 3 })).toBe(4)
  expect(drawsForQuantile({ probability: 1e-9, level: 0.5, side: 'upper', spared: 3 })).toBe(4)
})

test('fewestTolerated gives the fewest events that pass, by exposure as by trials', () => {
  const rate = 1e-4
  const expectedRate = 5e-5
  const passes = (allowed: number): number => {
    const limit = poissonRate({ events: allowed, exposure: 1, level: 0.95, side: 'upper' })
    if (limit.kind !== 'estimate') throw new Error('a count over an exposure of 1 has a limit')
    return poissonCdf({ k: allowed, mean: (expectedRate / rate) * limit.interval.upper })
  }
  const allowed = fewestTolerated({ rate, expectedRate, power: 0.8, passes })
  expect(passes(allowed)).toBeGreaterThanOrEqual(0.8)
  expect(passes(allowed - 1)).toBeLessThan(0.8)
  expect(() => fewestTolerated({ rate, expectedRate: rate, power: 0.8, passes })).toThrow(
    'expected rate not below claim',
  )
  expect(() => fewestTolerated({ rate, expectedRate, power: 0.8, passes: () => 0.79 })).toThrow('rates too close')
})
