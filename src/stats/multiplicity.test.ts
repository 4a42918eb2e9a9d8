import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { benjaminiHochberg, benjaminiYekutieli } from './benjamini-hochberg.ts'
import { bonferroni } from './bonferroni.ts'
import { holm } from './holm.ts'

const methods = { bonferroni, holm, benjaminiHochberg, benjaminiYekutieli }
type Name = keyof typeof methods
const names: readonly Name[] = ['bonferroni', 'holm', 'benjaminiHochberg', 'benjaminiYekutieli']

// Exact fractions: oracles/multiplicity/multiplicity.py.
const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/multiplicity/multiplicity.json', import.meta.url), 'utf8'),
) as { vectors: ({ p: number[] } & Record<Name, number[]>)[]; r: Record<Exclude<Name, 'bonferroni'>, number[]> }

test.each(names)('%s(p) equals the smallest rate at which its decision rule rejects', (name) => {
  expect(oracle.vectors.length).toBe(5)
  for (const vector of oracle.vectors) {
    const adjusted = methods[name](vector.p)
    expect(adjusted.length).toBe(vector.p.length)
    adjusted.forEach((value, i) => {
      expect(Math.abs(value - (vector[name][i] as number))).toBeLessThan(1e-14)
    })
  }
})

test('holm, benjaminiHochberg and benjaminiYekutieli agree with R 4.2.2 p.adjust on Benjamini and Hochberg (1995)', () => {
  const p = oracle.vectors[1]?.p as number[]
  for (const name of ['holm', 'benjaminiHochberg', 'benjaminiYekutieli'] as const) {
    methods[name](p).forEach((value, i) => {
      expect(value).toBeCloseTo(oracle.r[name][i] as number, 10)
    })
  }
  expect(benjaminiHochberg(p).filter((q) => q <= 0.05).length).toBe(4)
  expect(bonferroni(p).filter((q) => q <= 0.05).length).toBe(3)
})

test('holm and benjaminiHochberg give the reference vectors', () => {
  const p = [1e-4, 0.004, 0.012, 0.03, 0.04, 0.2, 0.6]
  const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(10)))
  expect(rounded(holm(p))).toEqual([0.0007, 0.024, 0.06, 0.12, 0.12, 0.4, 0.6])
  expect(rounded(benjaminiHochberg(p))).toEqual([0.0007, 0.014, 0.028, 0.0525, 0.056, 0.2333333333, 0.6])
})

const pValues = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.01)), {
  maxLength: 40,
})

test('adjusting never lowers a p-value, never passes 1 and keeps the order, seed 41', () => {
  fc.assert(
    fc.property(pValues, (p) => {
      for (const name of names) {
        const adjusted = methods[name](p)
        adjusted.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual((p[i] as number) * (1 - 1e-15))
          expect(value).toBeLessThanOrEqual(1)
          p.forEach((other, j) => {
            if (other <= (p[i] as number)) expect(adjusted[j] as number).toBeLessThanOrEqual(value)
          })
        })
      }
    }),
    { seed: 41, numRuns: 200 },
  )
})

test('permuting the p-values permutes the adjusted ones, bit for bit, seed 42', () => {
  fc.assert(
    fc.property(pValues, fc.infiniteStream(fc.nat()), (p, keys) => {
      const order = p.map((_, i) => i)
      const key = p.map(() => keys.next().value as number)
      order.sort((a, b) => (key[a] as number) - (key[b] as number))
      for (const name of names) {
        const direct = methods[name](p)
        const permuted = methods[name](order.map((i) => p[i] as number))
        expect(permuted).toEqual(order.map((i) => direct[i]))
      }
    }),
    { seed: 42, numRuns: 200 },
  )
})

test('benjaminiHochberg ≤ holm ≤ bonferroni everywhere, seed 43', () => {
  fc.assert(
    fc.property(pValues, (p) => {
      const [screen, stepDown, plain] = [benjaminiHochberg(p), holm(p), bonferroni(p)]
      p.forEach((_, i) => {
        expect(screen[i] as number).toBeLessThanOrEqual((stepDown[i] as number) * (1 + 1e-15))
        expect(stepDown[i] as number).toBeLessThanOrEqual(plain[i] as number)
      })
    }),
    { seed: 43, numRuns: 200 },
  )
})

test.each(names)('%s gives nothing for nothing and refuses NaN, −0.1 and 1.1', (name) => {
  expect(methods[name]([])).toEqual([])
  for (const bad of [Number.NaN, -0.1, 1.1]) expect(() => methods[name]([0.5, bad])).toThrow('p value out of range')
})
