import fc from 'fast-check'
import { expect, test } from 'vitest'
import { erf, erfc, logErfc, scaledErfc } from './erfc.ts'
import { exactSum } from './exact-sum.ts'
import { incompleteBeta, incompleteBetaUpper, logIncompleteBeta } from './incomplete-beta.ts'
import {
  incompleteGamma,
  incompleteGammaUpper,
  inverseIncompleteGamma,
  logIncompleteGamma,
  logIncompleteGammaUpper,
} from './incomplete-gamma.ts'
import { inverseIncompleteBeta } from './inverse-incomplete-beta.ts'
import { logGamma } from './log-gamma.ts'
import { neumaierSum } from './neumaier-sum.ts'

const shape = fc.oneof(
  fc.double({ min: 0.5, max: 20, noNaN: true }),
  fc.double({ min: 0.5, max: 1e6, noNaN: true }),
  fc.integer({ min: 1, max: 1000 }),
)
/** Probabilities spread over their logarithm down to 1e-300. */
const probability = fc.double({ min: Math.log(1e-300), max: Math.log(0.999), noNaN: true }).map((log) => Math.exp(log))
const tail = fc.constantFrom('lower' as const, 'upper' as const)

test('inverseIncompleteBeta(p) is undone by incompleteBeta down to 1e-300, seed 1', () => {
  fc.assert(
    fc.property(probability, tail, shape, shape, (p, tail, a, b) => {
      const { x, complement } = inverseIncompleteBeta({ p, tail, a, b })
      expect(x >= 0 && complement >= 0 && Math.abs(x + complement - 1) < 1e-15).toBe(true)
      fc.pre(x > 1e-290 && complement > 1e-290)
      const back = (tail === 'lower' ? incompleteBeta : incompleteBetaUpper)({ x, complement, a, b })
      // x is a double: one unit in its last place moves ln p by at most about max(a, b) units, or √n near the centre.
      const tolerance = 1e-11 + 1e-15 * (Math.abs(Math.log(p)) + Math.sqrt(a + b)) * 40
      expect(Math.abs(back / p - 1), `${back}`).toBeLessThan(tolerance)
    }),
    { seed: 1, numRuns: 1000 },
  )
})

test('incompleteBeta mirrors: I_x(a, b) is the upper tail of I_{1−x}(b, a), and both add to 1, seed 2', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), shape, shape, (x, a, b) => {
      const lower = incompleteBeta({ x, a, b })
      const upper = incompleteBetaUpper({ x, a, b })
      expect(lower + upper).toBeCloseTo(1, 11)
      expect(incompleteBetaUpper({ x: 1 - x, complement: x, a: b, b: a })).toBe(
        incompleteBeta({ x, complement: 1 - x, a, b }),
      )
    }),
    { seed: 2, numRuns: 500 },
  )
})

test('logIncompleteBeta rises with x and stays finite where I_x underflows, seed 3', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 0.99, noNaN: true }), shape, shape, (x, a, b) => {
      const log = logIncompleteBeta({ x, a, b })
      expect(log).toBeLessThanOrEqual(0)
      expect(logIncompleteBeta({ x: x * 1.01, a, b })).toBeGreaterThanOrEqual(log - 1e-9 * Math.abs(log))
    }),
    { seed: 3, numRuns: 300 },
  )
  expect(logIncompleteBeta({ x: 1e-200, a: 10, b: 3 })).toBeCloseTo(-4600.98, 1)
})

test('inverseIncompleteGamma(p) is undone by incompleteGamma, seed 4', () => {
  fc.assert(
    fc.property(probability, tail, shape, (p, tail, a) => {
      const x = inverseIncompleteGamma({ p, tail, a })
      fc.pre(x > 1e-290)
      const back = (tail === 'lower' ? logIncompleteGamma : logIncompleteGammaUpper)({ a, x })
      const tolerance = 1e-11 + 1e-15 * (Math.abs(Math.log(p)) + Math.sqrt(a)) * 40
      expect(Math.abs(Math.expm1(back - Math.log(p)))).toBeLessThan(tolerance)
    }),
    { seed: 4, numRuns: 500 },
  )
})

test('incompleteGamma lower and upper add to 1, seed 5', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2e5, noNaN: true }), shape, (x, a) => {
      expect(incompleteGamma({ a, x }) + incompleteGammaUpper({ a, x })).toBeCloseTo(1, 11)
    }),
    { seed: 5, numRuns: 300 },
  )
})

test('logGamma(x + 1) = logGamma(x) + ln x, seed 6', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
      const right = logGamma(x) + Math.log(x)
      expect(Math.abs(logGamma(x + 1) - right)).toBeLessThan(
        4e-15 * (1 + Math.abs(right)) + 4e-15 * Math.abs(logGamma(x)),
      )
    }),
    { seed: 6, numRuns: 500 },
  )
})

test('erf is odd, erfc(x) + erfc(−x) = 2, and the scaled and logarithmic forms agree with it, seed 7', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 26, noNaN: true }), (x) => {
      expect(erf(-x)).toBe(-erf(x))
      expect(erfc(x) + erfc(-x)).toBeCloseTo(2, 14)
      expect(logErfc(x)).toBeCloseTo(Math.log(scaledErfc(x)) - x * x, 9)
    }),
    { seed: 7, numRuns: 300 },
  )
})

test('special functions at the ends of their domains', () => {
  expect(incompleteBeta({ x: 0, a: 2, b: 3 })).toBe(0)
  expect(incompleteBeta({ x: 1, a: 2, b: 3 })).toBe(1)
  expect(inverseIncompleteBeta({ p: 0, tail: 'lower', a: 2, b: 3 })).toEqual({ x: 0, complement: 1 })
  expect(inverseIncompleteBeta({ p: 1, tail: 'lower', a: 2, b: 3 })).toEqual({ x: 1, complement: 0 })
  expect(inverseIncompleteBeta({ p: 0, tail: 'upper', a: 2, b: 3 })).toEqual({ x: 1, complement: 0 })
  expect(incompleteGamma({ a: 2, x: 0 })).toBe(0)
  expect(incompleteGammaUpper({ a: 2, x: Number.POSITIVE_INFINITY })).toBe(0)
  expect(inverseIncompleteGamma({ p: 1, tail: 'lower', a: 2 })).toBe(Number.POSITIVE_INFINITY)
  expect(logGamma(1)).toBe(0)
  expect(Math.abs(logGamma(2))).toBe(0)
})

test('special functions throw outside their domains instead of returning NaN', () => {
  expect(() => logGamma(0)).toThrow('outside domain')
  expect(() => logGamma(Number.NaN)).toThrow('outside domain')
  expect(() => incompleteBeta({ x: 1.1, a: 1, b: 1 })).toThrow('outside domain')
  expect(() => incompleteBeta({ x: 0.5, a: 0, b: 1 })).toThrow('outside domain')
  expect(() => incompleteGamma({ a: 1, x: -1 })).toThrow('outside domain')
  expect(() => inverseIncompleteBeta({ p: 1.5, tail: 'lower', a: 1, b: 1 })).toThrow('probability out of range')
  expect(() => inverseIncompleteGamma({ p: Number.NaN, tail: 'lower', a: 1 })).toThrow('probability out of range')
})

test('neumaierSum keeps what a plain loop loses', () => {
  expect(neumaierSum([1, 1e100, 1, -1e100])).toBe(2)
  expect(neumaierSum([])).toBe(0)
  expect(neumaierSum([1, Number.NaN])).toBeNaN()
  expect(neumaierSum([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY)
})

test('exactSum is Python math.fsum: 10 × 0.1 is 1, and halves round to even', () => {
  expect(exactSum(Array.from({ length: 10 }, () => 0.1))).toBe(1)
  // Python 3.11 math.fsum([1e16, 1, 1e-16]) = 1.0000000000000002e16, math.fsum([1e16, 1]) = 1e16
  expect(exactSum([1e16, 1, 1e-16])).toBe(1.0000000000000002e16)
  expect(exactSum([1e16, 1])).toBe(1e16)
  expect(exactSum([])).toBe(0)
  expect(exactSum([1, Number.NaN])).toBeNaN()
  expect(exactSum([Number.NEGATIVE_INFINITY, 1])).toBe(Number.NEGATIVE_INFINITY)
})

test('exactSum does not depend on the order, bit for bit, and neumaierSum is within one ulp of it, seed 8', () => {
  const values = fc.array(
    fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1e15, max: 1e15, noNaN: true })),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(values, (values) => {
      const sum = exactSum(values)
      expect(exactSum(values.toReversed())).toBe(sum)
      expect(exactSum(values.toSorted((a, b) => a - b))).toBe(sum)
      const size = values.reduce((total, value) => total + Math.abs(value), 0)
      expect(Math.abs(neumaierSum(values) - sum)).toBeLessThanOrEqual(Math.abs(sum) * 2.3e-16 + size * 1e-30)
    }),
    { seed: 8, numRuns: 500 },
  )
})

test('exactSum of whole numbers, which it adds directly, is that of the same numbers beside a fraction and its opposite', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 30 }), (values) => {
      expect(exactSum(values)).toBe(exactSum([...values, 0.5, -0.5]))
    }),
  )
  expect(exactSum([Number.POSITIVE_INFINITY, 1])).toBe(Number.POSITIVE_INFINITY)
  expect(exactSum([2 ** 53, 1, 1])).toBe(2 ** 53 + 2)
})
