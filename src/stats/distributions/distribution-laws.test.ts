import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  betaCdf,
  betaQuantile,
  betaUpperQuantile,
  betaUpperTail,
  binomialCdf,
  binomialPmf,
  binomialQuantile,
  binomialUpperTail,
  chiSquaredCdf,
  chiSquaredUpperQuantile,
  chiSquaredUpperTail,
  fCdf,
  fQuantile,
  fUpperQuantile,
  fUpperTail,
  normalCdf,
  normalDensity,
  normalLogCdf,
  normalLogUpperTail,
  normalQuantile,
  normalUpperQuantile,
  normalUpperQuantileFromLog,
  normalUpperTail,
  poissonCdf,
  poissonLogPmf,
  poissonUpperTail,
  studentTCdf,
  studentTLogUpperTail,
  studentTQuantile,
  studentTUpperQuantile,
  studentTUpperTail,
} from '../index.ts'

const close = (value: number, expected: number, tolerance: number): void =>
  expect(value === expected || Math.abs(value / expected - 1) < tolerance, `${value} against ${expected}`).toBe(true)

const probability = fc.double({ min: Math.log(1e-280), max: Math.log(0.9999), noNaN: true }).map((log) => Math.exp(log))
const df = fc.oneof(fc.double({ min: 0.7, max: 30, noNaN: true }), fc.double({ min: 1, max: 1e6, noNaN: true }))

test('quantiles undo their tails for normal, t, F and chi-squared, seed 1', () => {
  fc.assert(
    fc.property(probability, df, df, (p, one, two) => {
      close(normalUpperTail(normalUpperQuantile(p)), p, 1e-11)
      const t = studentTUpperQuantile(p, one)
      fc.pre(Math.abs(t) < 1e100)
      close(studentTUpperTail(t, one), p, 3e-11)
      close(chiSquaredUpperTail(chiSquaredUpperQuantile(p, one), one), p, 3e-11)
      const f = fUpperQuantile({ p, df1: one, df2: two })
      fc.pre(f < 1e100 && f > 1e-100)
      close(fUpperTail({ f, df1: one, df2: two }), p, 3e-10)
    }),
    { seed: 1, numRuns: 400 },
  )
})

test('t² is F(1, df), and F with many denominator degrees is chi-squared, seed 2', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 40, noNaN: true }), df, (t, df) => {
      close(2 * studentTUpperTail(t, df), fUpperTail({ f: t * t, df1: 1, df2: df }), 1e-10)
    }),
    { seed: 2, numRuns: 300 },
  )
  close(fUpperTail({ f: 2, df1: 5, df2: 1e9 }), chiSquaredUpperTail(10, 5), 1e-7)
})

test('Student t is symmetric, its tails add to 1, and with infinite df it is the normal, seed 3', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), df, (t, df) => {
      expect(studentTCdf(t, df)).toBe(studentTUpperTail(-t, df))
      expect(studentTCdf(t, df) + studentTUpperTail(t, df)).toBeCloseTo(1, 13)
      close(studentTUpperTail(t, Number.POSITIVE_INFINITY), normalUpperTail(t), 1e-13)
      close(Math.exp(studentTLogUpperTail(t, df)), studentTUpperTail(t, df), 1e-13)
    }),
    { seed: 3, numRuns: 300 },
  )
  expect(studentTQuantile(0.5, 3)).toBe(0)
  expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975))
  // A Cauchy tail beyond the range in which t² is a double.
  close(studentTUpperTail(1e200, 1), 1e-200 / Math.PI, 1e-12)
})

test('the normal distribution: symmetry, logarithms and density agree, seed 4', () => {
  fc.assert(
    fc.property(fc.double({ min: -36, max: 36, noNaN: true }), (x) => {
      expect(normalCdf(x)).toBe(normalUpperTail(-x))
      close(Math.exp(normalLogUpperTail(x)), normalUpperTail(x), 1e-12)
      close(Math.exp(normalLogCdf(x)), normalCdf(x), 1e-12)
      close(normalDensity(x), Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI), 1e-12)
    }),
    { seed: 4, numRuns: 300 },
  )
  close(normalLogUpperTail(normalUpperQuantileFromLog(-1e6)), -1e6, 1e-12)
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
  expect(normalUpperQuantileFromLog(Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
})

test('beta tails and quantiles are each other’s complements, seed 5', () => {
  const shape = fc.double({ min: 0.6, max: 500, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (p, a, b) => {
      expect(betaUpperQuantile({ p, a, b })).toBeCloseTo(1 - betaQuantile({ p, a: b, b: a }), 13)
      const x = betaQuantile({ p, a, b })
      expect(betaCdf({ x, a, b }) + betaUpperTail({ x, a, b })).toBeCloseTo(1, 12)
    }),
    { seed: 5, numRuns: 300 },
  )
})

test('F quantiles: lower at (df1, df2) is one over the upper at (df2, df1), seed 6', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), df, df, (p, df1, df2) => {
      const lower = fQuantile({ p, df1, df2 })
      fc.pre(lower > 1e-200)
      close(lower * fUpperQuantile({ p, df1: df2, df2: df1 }), 1, 1e-10)
      expect(fCdf({ f: lower, df1, df2 }) + fUpperTail({ f: lower, df1, df2 })).toBeCloseTo(1, 11)
    }),
    { seed: 6, numRuns: 200 },
  )
})

test('binomial probabilities add up to the tails, and binomialQuantile is the first count that reaches, seed 7', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, p, probability) => {
        let sum = 0
        for (let k = 0; k <= n; k++) {
          sum += binomialPmf({ k, n, p })
          expect(Math.abs(binomialCdf({ k, n, p }) - sum)).toBeLessThan(1e-12)
          expect(Math.abs(binomialUpperTail({ k: k + 1, n, p }) - (1 - sum))).toBeLessThan(1e-12)
        }
        const quantile = binomialQuantile({ probability, n, p })
        expect(binomialCdf({ k: quantile, n, p })).toBeGreaterThanOrEqual(probability === 1 ? 1 - 1e-12 : probability)
        if (quantile > 0 && probability < 1) expect(binomialCdf({ k: quantile - 1, n, p })).toBeLessThan(probability)
      },
    ),
    { seed: 7, numRuns: 100 },
  )
})

test('Poisson probabilities add up to the tails, which are chi-squared tails, seed 8', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 60, noNaN: true }), (mean) => {
      let sum = 0
      for (let k = 0; k <= 80; k++) {
        sum += Math.exp(poissonLogPmf({ k, mean }))
        expect(Math.abs(poissonCdf({ k, mean }) - sum)).toBeLessThan(1e-12)
        expect(poissonUpperTail({ k: k + 1, mean })).toBeCloseTo(chiSquaredCdf(2 * mean, 2 * k + 2), 12)
      }
    }),
    { seed: 8, numRuns: 60 },
  )
})

test('distributions at the ends of their range', () => {
  expect(binomialCdf({ k: -1, n: 5, p: 0.5 })).toBe(0)
  expect(binomialUpperTail({ k: 6, n: 5, p: 0.5 })).toBe(0)
  expect([0, 1].map((p) => binomialPmf({ k: 0, n: 5, p }))).toEqual([1, 0])
  expect(binomialUpperTail({ k: 5, n: 5, p: 1 })).toBe(1)
  expect(poissonCdf({ k: -1, mean: 2 })).toBe(0)
  expect(poissonUpperTail({ k: 0, mean: 0 })).toBe(1)
  expect(fUpperTail({ f: Number.POSITIVE_INFINITY, df1: 2, df2: 3 })).toBe(0)
  expect(studentTUpperTail(Number.POSITIVE_INFINITY, 3)).toBe(0)
  expect(chiSquaredUpperTail(0, 3)).toBe(1)
})

test('distributions refuse what they cannot answer', () => {
  expect(() => normalQuantile(1.2)).toThrow('probability out of range')
  expect(() => studentTUpperTail(1, 0)).toThrow('degrees of freedom out of range')
  expect(() => studentTUpperTail(Number.NaN, 3)).toThrow('not a number')
  expect(() => fUpperTail({ f: -1, df1: 1, df2: 1 })).toThrow('f statistic out of range')
  expect(() => binomialCdf({ k: 1.5, n: 3, p: 0.5 })).toThrow('counts not whole')
  expect(() => binomialCdf({ k: 1, n: 3, p: Number.NaN })).toThrow('probability out of range')
  expect(() => poissonCdf({ k: 1, mean: -1 })).toThrow('mean out of range')
})
