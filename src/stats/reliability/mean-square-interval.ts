/** Confidence limits for a linear combination of mean squares: a variance component, or a sum of them. */
import { checkAmounts, checkLevel, checkNumbers, checkPositive } from '../check-inputs.ts'
import { chiSquaredQuantile, chiSquaredUpperQuantile } from '../distributions/chi-squared.ts'
import { fUpperQuantile } from '../distributions/f.ts'

export interface MeanSquareTerm {
  readonly meanSquare: number
  readonly degreesOfFreedom: number
  /** May be negative. */
  readonly coefficient: number
}

export interface MeanSquareLimits {
  readonly lower: number
  readonly upper: number
}

/**
 * Two-sided limits for Σ c_q E(MS_q) with independent MS_q ~ E(MS_q)·χ²/df (Ting, Burdick, Graybill, Jeyaratnam and Lu 1990,
 * "Confidence intervals on linear combinations of variance components that are unrestricted in sign").
 *
 * Modified large-sample limits: exact where all terms but one vanish, and close to the level for combinations with
 * differences, where Satterthwaite's χ² is not. Coefficients of both signs; limits may be negative. Assumes normal scores.
 */
export function meanSquareLimits({
  terms,
  level,
}: {
  readonly terms: readonly MeanSquareTerm[]
  readonly level: number
}): MeanSquareLimits {
  checkLevel(level)
  for (const { meanSquare, degreesOfFreedom, coefficient } of terms) {
    checkAmounts({ meanSquare })
    checkPositive({ degreesOfFreedom })
    checkNumbers({ coefficient })
  }
  const tail = (1 - level) / 2
  const value = terms.reduce((sum, { coefficient, meanSquare }) => sum + coefficient * meanSquare, 0)
  // The upper limit of Y is minus the lower limit of −Y.
  const mirrored = terms.map((term) => ({ ...term, coefficient: -term.coefficient }))
  return {
    lower: value - Math.sqrt(Math.max(0, lowerVariance(terms, tail))),
    upper: value + Math.sqrt(Math.max(0, lowerVariance(mirrored, tail))),
  }
}

/** V_L of the lower limit: positive terms P, negative terms N, and their cross-products. */
function lowerVariance(terms: readonly MeanSquareTerm[], tail: number): number {
  const positive = terms.filter(({ coefficient }) => coefficient > 0)
  const negative = terms.filter(({ coefficient }) => coefficient < 0)
  let sum = 0
  for (const q of positive) sum += (shrink(q.degreesOfFreedom, tail) * size(q)) ** 2
  for (const r of negative) sum += (stretch(r.degreesOfFreedom, tail) * size(r)) ** 2
  for (const q of positive) for (const r of negative) sum += opposed(q, r, tail) * size(q) * size(r)
  for (const [i, q] of positive.entries()) {
    for (const t of positive.slice(i + 1)) sum += (alike(q, t, tail) / (positive.length - 1)) * size(q) * size(t)
  }
  return sum
}

function size({ coefficient, meanSquare }: MeanSquareTerm): number {
  return Math.abs(coefficient) * meanSquare
}

/** G = 1 − 1/F(α; n, ∞): how far a mean square may lie above its expectation, relative to itself. */
function shrink(n: number, tail: number): number {
  return 1 - n / chiSquaredUpperQuantile(tail, n)
}

/** H = 1/F(1 − α; n, ∞) − 1. */
function stretch(n: number, tail: number): number {
  return n / chiSquaredQuantile(tail, n) - 1
}

function opposed(q: MeanSquareTerm, r: MeanSquareTerm, tail: number): number {
  const f = fUpperQuantile({ p: tail, df1: q.degreesOfFreedom, df2: r.degreesOfFreedom })
  const g = shrink(q.degreesOfFreedom, tail)
  const h = stretch(r.degreesOfFreedom, tail)
  return ((f - 1) ** 2 - (g * f) ** 2 - h ** 2) / f
}

function alike(q: MeanSquareTerm, t: MeanSquareTerm, tail: number): number {
  const [n, m] = [q.degreesOfFreedom, t.degreesOfFreedom]
  const both = shrink(n + m, tail)
  return (both * both * (n + m) ** 2) / (n * m) - (shrink(n, tail) ** 2 * n) / m - (shrink(m, tail) ** 2 * m) / n
}
