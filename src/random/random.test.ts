import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/random/xoshiro128starstar.json' with { type: 'json' }
import { openRandom, randomFromState } from './random.ts'

test('uint32() repeats the published C code of xoshiro128** 1.1, a million numbers per state', () => {
  for (const { state, first, foldedNextMillion } of oracle.streams) {
    const random = randomFromState(state as [number, number, number, number])
    expect(first.map(() => random.uint32())).toEqual(first)
    let folded = 0
    for (let i = 0; i < 1_000_000; i++) folded = ((folded << 1) | (folded >>> 31)) ^ random.uint32()
    expect(folded >>> 0).toBe(foldedNextMillion)
  }
})

test('randomFromState refuses the all-zero state, the fixed point of the generator', () => {
  expect(() => randomFromState([0, 0, 0, 0])).toThrow(/fixed point/)
})

test('openRandom gives the same stream for the same seed, number or text, and keeps it for ever', () => {
  const [number, text] = [openRandom(7), openRandom('7')]
  const first = Array.from({ length: 5 }, () => number.uint32())
  expect(Array.from({ length: 5 }, () => text.uint32())).toEqual(first)
  // printf 7 | sha256sum → 7902699be42c8a8e46fbbb4501726517…: the state is its first 16 bytes, big-endian.
  const state = [0x7902699b, 0xe42c8a8e, 0x46fbbb45, 0x01726517] as const
  const reference = randomFromState(state)
  expect(Array.from({ length: 5 }, () => reference.uint32())).toEqual(first)
  expect(openRandom(7).path).toBe('7')
})

test('split depends on names alone: not on how much was drawn, nor on the order of splits', () => {
  const fresh = openRandom(1)
  const used = openRandom(1)
  for (let i = 0; i < 1000; i++) used.uint32()
  used.split('other')
  expect(used.split('a').split(3).uint32()).toBe(fresh.split('a').split('3').uint32())
  expect(fresh.split('a').split(3).path).toBe('1/a/3')
})

test('split escapes its names: different lists of names never share a stream', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 4 }), fc.array(fc.string(), { maxLength: 4 }), (left, right) => {
      const path = (names: readonly string[]) => names.reduce((stream, name) => stream.split(name), openRandom(1)).path
      expect(path(left) === path(right)).toBe(
        left.length === right.length && left.every((name, i) => name === right[i]),
      )
    }),
  )
  expect(openRandom('a/b').path).not.toBe(openRandom('a').split('b').path)
})

test('split streams are uncorrelated: |r| < 0.01 between 20 neighbours over 200,000 draws', () => {
  const n = 200_000
  const streams = Array.from({ length: 21 }, (_, i) => openRandom('neighbours').split(i))
  const columns = streams.map((stream) => Float64Array.from({ length: n }, () => stream.uniform() - 0.5))
  for (let j = 0; j < 20; j++) {
    let product = 0
    for (let i = 0; i < n; i++) product += columns[j]![i]! * columns[j + 1]![i]!
    // The standard deviation of r is 1/√n = 0.0022: the limit is 4.5 of them.
    expect(Math.abs((product * 12) / n)).toBeLessThan(0.01)
  }
})

test.each([1, 2, 3, 5, 6, 7, 10, 100, 2 ** 21 + 1, 3 * 2 ** 30, 2 ** 32])(
  'integer(%i) is uniform: χ² over at most 12 equal parts of its range stays below its 1e-6 point, seed 11',
  (bound) => {
    const random = openRandom(11).split(bound)
    const parts = Math.min(bound, 12)
    const n = 240_000
    const counts = new Float64Array(parts)
    for (let i = 0; i < n; i++) {
      const value = random.integer(bound)
      if (!(value >= 0 && value < bound && Number.isInteger(value))) throw new Error(`${value} of ${bound}`)
      counts[Math.floor((value * parts) / bound)]! += 1
    }
    let chiSquared = 0
    for (let part = 0; part < parts; part++) {
      // Where the range does not divide evenly a part holds one value more or less.
      const values = Math.ceil(((part + 1) * bound) / parts) - Math.ceil((part * bound) / parts)
      const expected = (n * values) / bound
      chiSquared += (counts[part]! - expected) ** 2 / expected
    }
    // χ²(11) exceeds 51 with probability 4e-7.
    expect(chiSquared).toBeLessThan(51)
  },
)

test('integer(3 · 2^30) has no modulo bias: the lower third is not twice as likely', () => {
  const random = openRandom('modulo')
  const bound = 3 * 2 ** 30
  let low = 0
  for (let i = 0; i < 100_000; i++) if (random.integer(bound) < 2 ** 30) low++
  // `uint32() % bound` would give 0.5; the standard deviation is 0.0015.
  expect(Math.abs(low / 100_000 - 1 / 3)).toBeLessThan(0.007)
})

test('integer refuses bounds that are not integers from 1 to 2^32', () => {
  for (const bound of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => openRandom(1).integer(bound)).toThrow(RangeError)
    expect(() => openRandom(1).fillIntegers(new Int32Array(1), bound)).toThrow(RangeError)
  }
})

test('sumWithReplacement(values) sums what fillIntegers would draw by turns, to the last bit, and leaves the stream in the same place', () => {
  for (const size of [0, 1, 2, 3, 1_000, 14_042, 65_535, 65_536, 65_537, 100_000]) {
    const source = openRandom('values')
    const values = Float64Array.from({ length: size }, () => source.normal())
    const [one, many] = [openRandom(size), openRandom(size)]
    const rows = new Int32Array(size)
    if (size > 0) one.fillIntegers(rows, size)
    const sums = [0, 0]
    for (const [place, row] of rows.entries()) sums[place % 2] = (sums[place % 2] ?? 0) + (values[row] ?? 0)
    expect(many.sumWithReplacement(values)).toBe((sums[0] ?? 0) + (sums[1] ?? 0))
    expect(many.uint32()).toBe(one.uint32())
  }
})

test('fillIntegers(target, bound) equals integer(bound) again and again, and leaves the stream in the same place', () => {
  const bounds = fc.oneof(
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 1, max: 2 ** 22 }),
    fc.constantFrom(2 ** 16, 2 ** 21, 2 ** 21 + 1, 2 ** 31, 3 * 2 ** 30, 2 ** 32 - 1, 2 ** 32),
  )
  fc.assert(
    fc.property(fc.integer(), bounds, fc.integer({ min: 0, max: 300 }), (seed, bound, length) => {
      const [one, many] = [openRandom(seed), openRandom(seed)]
      const filled = new Uint32Array(length)
      many.fillIntegers(filled, bound)
      expect(Array.from({ length }, () => one.integer(bound))).toEqual(Array.from(filled))
      expect(one.uint32()).toBe(many.uint32())
    }),
    { numRuns: 300 },
  )
})

test('uniform() lies in [0, 1), has mean 1/2 and variance 1/12, and uses bits below 2^-32', () => {
  const random = openRandom('uniform')
  const n = 400_000
  let [sum, squares, fine] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const u = random.uniform()
    if (!(u >= 0 && u < 1)) throw new Error(String(u))
    sum += u
    squares += (u - 0.5) ** 2
    if ((u * 2 ** 40) % 1 !== 0) fine++
  }
  expect(Math.abs(sum / n - 0.5)).toBeLessThan(0.0023) // 5 standard errors
  expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(0.0006)
  expect(fine / n).toBeGreaterThan(0.99)
})

test('normal() has the moments and the tails of a standard normal', () => {
  const random = openRandom('normal')
  const n = 400_000
  const moments = [0, 0, 0, 0]
  let beyond = 0
  for (let i = 0; i < n; i++) {
    const z = random.normal()
    for (let k = 0; k < 4; k++) moments[k]! += z ** (k + 1) / n
    if (Math.abs(z) > 1.959964) beyond++
  }
  const expected = [0, 1, 0, 3]
  // 5 standard errors of the k-th moment: √(E z^2k − (E z^k)²) = 1, √2, √15, √96.
  const spread = [1, Math.SQRT2, Math.sqrt(15), Math.sqrt(96)]
  for (let k = 0; k < 4; k++) {
    expect(Math.abs(moments[k]! - expected[k]!)).toBeLessThan((5 * spread[k]!) / Math.sqrt(n))
  }
  expect(Math.abs(beyond / n - 0.05)).toBeLessThan(0.0018)
})

test('shuffle gives each of the 24 orders of 4 values equally often', () => {
  const random = openRandom('shuffle')
  const counts = new Map<string, number>()
  const n = 48_000
  for (let i = 0; i < n; i++) {
    const values = [0, 1, 2, 3]
    random.shuffle(values)
    counts.set(values.join(''), (counts.get(values.join('')) ?? 0) + 1)
  }
  expect(counts.size).toBe(24)
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
  expect(chiSquared).toBeLessThan(65) // χ²(23) exceeds 65 with probability 7e-6
})
