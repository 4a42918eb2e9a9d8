import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AttributeKeys } from './attribute-keys.ts'

function choose(samples: readonly Readonly<Record<string, unknown>>[], clusterKey?: string) {
  const keys = new AttributeKeys()
  for (const sample of samples) for (const [key, value] of Object.entries(sample)) keys.keep(key, value)
  return keys.choose({ clusterKey, items: samples.length })
}

const repeat = (count: number, make: (index: number) => Readonly<Record<string, unknown>>) =>
  Array.from({ length: count }, (_, index) => make(index))

test('AttributeKeys keeps categories, and leaves ids, fractions, lists, long texts and the cluster', () => {
  const samples = repeat(1000, (index) => ({
    subject: ['a', 'b'][index % 2],
    hard: index % 3 === 0,
    level: index % 5,
    id: `id-${index}`,
    number: index,
    difficulty: index === 500 ? 0.5 : 1,
    tags: index === 9 ? ['x'] : 'x',
    text: index % 2 === 0 ? 'short' : 'long '.repeat(30),
    family: `f${index % 100}`,
    blank: '',
    none: null,
    removed: 'Key removed from summary (> 1k)',
  }))
  expect(choose(samples, 'family')).toEqual({ keys: ['hard', 'level', 'subject'], leftOut: 0 })
})

test('AttributeKeys allows 200 texts and 50 integers, and no more', () => {
  const samples = (texts: number, integers: number) =>
    repeat(1000, (index) => ({ text: `t${index % texts}`, whole: index % integers }))
  expect(choose(samples(200, 50)).keys).toEqual(['text', 'whole'])
  expect(choose(samples(201, 51)).keys).toEqual([])
})

test('AttributeKeys leaves a key with a value of its own for most items', () => {
  expect(choose(repeat(4, (index) => ({ url: `u${index}`, half: `h${index % 2}` }))).keys).toEqual(['half'])
})

test('AttributeKeys shows 20 keys, first by name, and counts the rest', () => {
  const samples = repeat(50, () =>
    Object.fromEntries(Array.from({ length: 25 }, (_, key) => [`k${String(key).padStart(2, '0')}`, 'x'])),
  )
  const { keys, leftOut } = choose(samples)
  expect(keys).toHaveLength(20)
  expect(keys[19]).toBe('k19')
  expect(leftOut).toBe(5)
})

test('AttributeKeys chooses the same keys in any order of the samples (seed 33)', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom('a', 'b', '', 0.5, null, true))
  const sample = fc.record({ a: value, b: value, c: fc.integer({ min: 0, max: 40 }) }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 120 }), (samples) => {
      expect(choose(samples.toReversed())).toEqual(choose(samples))
    }),
    { seed: 33, numRuns: 200 },
  )
})
