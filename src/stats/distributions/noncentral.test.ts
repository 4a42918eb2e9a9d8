import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/noncentral/noncentral.json' with { type: 'json' }
import { chiSquaredUpperTail } from './chi-squared.ts'
import { fCdf, fUpperTail } from './f.ts'
import {
  noncentralChiSquaredCdf,
  noncentralChiSquaredLogUpperTail,
  noncentralChiSquaredUpperTail,
} from './noncentral-chi-squared.ts'
import { noncentralFCdf, noncentralFUpperTail } from './noncentral-f.ts'
import { noncentralTCdf, noncentralTLogUpperTail, noncentralTUpperTail } from './noncentral-t.ts'
import { normalUpperTail } from './normal.ts'
import { studentTUpperTail } from './student-t.ts'

function close(value: number, expected: number, tolerance: number): void {
  const near = expected === 0 ? Math.abs(value) < 1e-300 : Math.abs(value / expected - 1) < tolerance
  expect(near, `${value} against ${expected}`).toBe(true)
}

// mpmath 1.4.1, Poisson mixtures at 40 digits: oracles/noncentral/noncentral.py.
test('noncentral chi-squared tails agree with mpmath to 1e-12 down to 1e-81, and their logarithm below', () => {
  for (const { x, df, noncentrality, lower, upper } of oracle.chiSquared) {
    close(noncentralChiSquaredCdf({ x, df, noncentrality }), Number(lower), 1e-12)
    close(noncentralChiSquaredUpperTail({ x, df, noncentrality }), Number(upper), 1e-12)
  }
  // 1.3095958220754436e-516
  const log = Math.log(1.3095958220754436) - 516 * Math.LN10
  close(noncentralChiSquaredLogUpperTail({ x: 2500, df: 10, noncentrality: 1 }), log, 1e-13)
})

test('noncentral F tails agree with mpmath to 1e-12', () => {
  for (const { f, df1, df2, noncentrality, lower, upper } of oracle.f) {
    close(noncentralFCdf({ f, df1, df2, noncentrality }), Number(lower), 1e-12)
    close(noncentralFUpperTail({ f, df1, df2, noncentrality }), Number(upper), 1e-12)
  }
})

// mpmath 1.4.1, adaptive quadrature over s at 30 digits.
test('noncentral t tails agree with mpmath to 1e-12 on both sides, whatever the sign of the effect', () => {
  for (const { t, df, noncentrality, lower, upper } of oracle.t) {
    close(noncentralTUpperTail({ t, df, noncentrality }), Number(upper), 1e-12)
    close(noncentralTCdf({ t, df, noncentrality }), Number(lower), 1e-12)
  }
})

test('without noncentrality the tails are the central ones, seed 1', () => {
  const df = fc.double({ min: 0.7, max: 400, noNaN: true })
  const positive = fc.double({ min: 1e-3, max: 60, noNaN: true })
  fc.assert(
    fc.property(df, df, positive, (one, two, x) => {
      close(noncentralChiSquaredUpperTail({ x, df: one, noncentrality: 0 }), chiSquaredUpperTail(x, one), 1e-12)
      close(
        noncentralFUpperTail({ f: x, df1: one, df2: two, noncentrality: 0 }),
        fUpperTail({ f: x, df1: one, df2: two }),
        1e-12,
      )
      close(noncentralFCdf({ f: x, df1: one, df2: two, noncentrality: 0 }), fCdf({ f: x, df1: one, df2: two }), 1e-12)
      close(noncentralTUpperTail({ t: x, df: one, noncentrality: 0 }), studentTUpperTail(x, one), 1e-11)
      close(noncentralTCdf({ t: x, df: one, noncentrality: 0 }), 1 - studentTUpperTail(x, one), 1e-11)
    }),
    { seed: 1, numRuns: 150 },
  )
})

test('t² is noncentral F(1, df), and χ² with 1 degree of freedom is a squared normal, seed 2', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 12, noNaN: true }),
      fc.double({ min: 1, max: 200, noNaN: true }),
      fc.double({ min: -6, max: 6, noNaN: true }),
      (t, df, delta) => {
        const both =
          noncentralTUpperTail({ t, df, noncentrality: delta }) + noncentralTUpperTail({ t, df, noncentrality: -delta })
        close(both, noncentralFUpperTail({ f: t * t, df1: 1, df2: df, noncentrality: delta * delta }), 1e-11)
        const square = normalUpperTail(t - delta) + normalUpperTail(t + delta)
        close(noncentralChiSquaredUpperTail({ x: t * t, df: 1, noncentrality: delta * delta }), square, 1e-11)
      },
    ),
    { seed: 2, numRuns: 150 },
  )
})

test('tails fall with the point, rise with the effect and add to 1, seed 3', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -8, max: 8, noNaN: true }),
      fc.double({ min: 1, max: 60, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      (t, df, noncentrality) => {
        const upper = noncentralTUpperTail({ t, df, noncentrality })
        expect(noncentralTUpperTail({ t: t + 0.1, df, noncentrality })).toBeLessThanOrEqual(upper)
        expect(noncentralTUpperTail({ t, df, noncentrality: noncentrality + 0.1 })).toBeGreaterThanOrEqual(upper)
        expect(upper + noncentralTCdf({ t, df, noncentrality })).toBeCloseTo(1, 12)
        expect(upper).toBeLessThanOrEqual(1)
      },
    ),
    { seed: 3, numRuns: 200 },
  )
})

test('noncentral tails at the ends: infinite, zero and huge arguments, and refusals', () => {
  expect(noncentralTUpperTail({ t: Number.POSITIVE_INFINITY, df: 3, noncentrality: 1 })).toBe(0)
  expect(noncentralTUpperTail({ t: Number.NEGATIVE_INFINITY, df: 3, noncentrality: 1 })).toBe(1)
  expect(noncentralTUpperTail({ t: 2, df: 1e6, noncentrality: 40 })).toBe(1)
  close(noncentralTUpperTail({ t: 3, df: Number.POSITIVE_INFINITY, noncentrality: 1 }), normalUpperTail(2), 1e-14)
  expect(noncentralTLogUpperTail({ t: 1e10, df: 50, noncentrality: 0 })).toBeLessThan(-900)
  expect(noncentralChiSquaredCdf({ x: 0, df: 2, noncentrality: 3 })).toBe(0)
  expect(noncentralChiSquaredUpperTail({ x: Number.POSITIVE_INFINITY, df: 2, noncentrality: 3 })).toBe(0)
  expect(noncentralFCdf({ f: 0, df1: 2, df2: 3, noncentrality: 1 })).toBe(0)
  expect(noncentralFUpperTail({ f: Number.POSITIVE_INFINITY, df1: 2, df2: 3, noncentrality: 1 })).toBe(0)
  expect(() => noncentralTUpperTail({ t: Number.NaN, df: 3, noncentrality: 1 })).toThrow('not a number')
  expect(() => noncentralTUpperTail({ t: 1, df: 0, noncentrality: 1 })).toThrow('degrees of freedom')
  expect(() => noncentralTUpperTail({ t: 1, df: 2, noncentrality: Number.POSITIVE_INFINITY })).toThrow('noncentrality')
  expect(() => noncentralChiSquaredCdf({ x: 1, df: 2, noncentrality: -1 })).toThrow('noncentrality out of range')
  expect(() => noncentralChiSquaredCdf({ x: -1, df: 2, noncentrality: 1 })).toThrow('not a number')
  expect(() => noncentralFCdf({ f: 1, df1: 0, df2: 2, noncentrality: 1 })).toThrow('degrees of freedom')
})
