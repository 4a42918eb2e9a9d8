/**
 * Inverse of the regularised incomplete beta function: beta, t and F quantiles and Clopper–Pearson limits.
 *
 * Solved for u = logit x, in which every beta density is log-concave, so that ln I is concave and increasing and Newton's
 * method converges from any start. Halley's correction needs nothing more, because d ln I / du and the next derivative
 * follow from the density. Two evaluations are typical.
 */

import { fail } from '../fail.ts'
import { logBetaPrefix, logBetaTail } from './incomplete-beta.ts'
import { standardNormalUpperPoint } from './normal-point.ts'
import { outOfReach } from './out-of-reach.ts'

export interface BetaPoint {
  readonly x: number
  /** 1 − x, accurate where x is close to 1. */
  readonly complement: number
}

/**
 * The x with I_x(a, b) = p, or with 1 − I_x(a, b) = p for the upper tail, and its complement 1 − x.
 *
 * p is a probability in [0, 1]; 0 and 1 give the ends. Pass the small tail: p = 1 − 1e-20 cannot be written in a double.
 * Relative error ≤ 1e-12 in the smaller of x and 1 − x.
 *
 * inverseIncompleteBeta({ p: 0.05, tail: 'upper', a: 1, b: 30_000 }).x // => 9.985275683338816e-5
 */
export function inverseIncompleteBeta(options: {
  readonly p: number
  readonly tail: 'lower' | 'upper'
  readonly a: number
  readonly b: number
}): BetaPoint {
  const { p, tail, a, b } = options
  if (!(p >= 0 && p <= 1)) fail('probability-out-of-range', { p }, 'pass a number from 0 to 1')
  if (!(a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY)) {
    fail('beta-shape-out-of-range', { a, b }, 'pass finite shapes above 0')
  }
  if (tail === 'lower') return p <= 0.5 ? lowerPoint(p, a, b) : swapped(lowerPoint(1 - p, b, a))
  return p <= 0.5 ? swapped(lowerPoint(p, b, a)) : lowerPoint(1 - p, a, b)
}

function swapped({ x, complement }: BetaPoint): BetaPoint {
  return { x: complement, complement: x }
}

/** Solves I_x(a, b) = p for p ≤ 0.5. */
function lowerPoint(p: number, a: number, b: number): BetaPoint {
  if (p === 0) return { x: 0, complement: 1 }
  if (b === 1) return { x: p ** (1 / a), complement: -Math.expm1(Math.log(p) / a) }
  if (a === 1) return { x: -Math.expm1(Math.log1p(-p) / b), complement: (1 - p) ** (1 / b) }
  const target = Math.log(p)
  let u = start(p, target, a, b)
  for (let step = 0; step < 200; step++) {
    const x = 1 / (1 + Math.exp(-u))
    const y = 1 / (1 + Math.exp(u))
    if (x < 1e-300) return { x: Math.exp((target + logBeta(a, b)) / a), complement: 1 }
    const log = logBetaTail(x, y, a, b)
    const excess = log - target
    const slope = Math.exp(logBetaPrefix(x, y, a, b) - log)
    const newton = excess / slope
    // g'' / g' = λ − g' with λ = a y − b x, the slope of the log density in u.
    const bend = 1 - 0.5 * newton * (a * y - b * x - slope)
    const change = bend > 0.5 && bend < 2 ? newton / bend : newton
    u -= change
    if (Math.abs(excess) < 1e-5 || Math.abs(change) <= 1e-16 * Math.abs(u)) {
      return { x: 1 / (1 + Math.exp(-u)), complement: 1 / (1 + Math.exp(u)) }
    }
  }
  return outOfReach({ p, a, b })
}

/** Abramowitz and Stegun 26.5.22 for shapes of at least 1; else the leading term of the power series, or the mean. */
function start(p: number, target: number, a: number, b: number): number {
  if (a >= 1 && b >= 1) {
    const z = standardNormalUpperPoint(p)
    const perA = 1 / (2 * a - 1)
    const perB = 1 / (2 * b - 1)
    const lambda = (z * z - 3) / 6
    const h = 2 / (perA + perB)
    if (h + lambda > 0) {
      const w = (z * Math.sqrt(h + lambda)) / h - (perB - perA) * (lambda + 5 / 6 - 2 / (3 * h))
      return Math.log(a / b) - 2 * w
    }
  }
  const logX = (target + logBeta(a, b)) / a
  const mean = Math.log(a / b)
  return logX < Math.log(a / (a + b)) ? logX - Math.log1p(-Math.exp(logX)) : mean
}

/** ln[a B(a, b)]: the power series of I_x starts with xᵃ / (a B). */
function logBeta(a: number, b: number): number {
  const total = a + b
  const mean = a / total
  return Math.log(a) + a * Math.log(mean) + b * Math.log1p(-mean) - logBetaPrefix(mean, b / total, a, b)
}
