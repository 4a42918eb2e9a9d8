/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x), plain and logarithmic, with their inverse: the tails of
 * the chi-squared and Poisson distributions.
 *
 * Prefix xᵃ e⁻ˣ / Γ(a+1) by Loader's deviance (2000); power series for P below a + 1, Legendre's continued fraction for
 * Q above (all terms of one sign there, so the small tail is never a subtraction). Both need about √a terms.
 */

import { fail } from '../fail.ts'
import { devianceTerm } from './deviance-term.ts'
import { stirlingError } from './log-gamma.ts'
import { standardNormalUpperPoint } from './normal-point.ts'
import { outOfReach } from './out-of-reach.ts'

const halfLogTwoPi = 0.9189385332046728

export interface IncompleteGammaArguments {
  readonly a: number
  readonly x: number
}

/** P(a, x) = P(Gamma(a, 1) ≤ x). `incompleteGamma({ a: 1, x: 1 }) // => 0.6321205588285577` */
export function incompleteGamma(options: IncompleteGammaArguments): number {
  return Math.exp(logIncompleteGamma(options))
}

/** Q(a, x) = 1 − P(a, x), accurate where it is small. */
export function incompleteGammaUpper(options: IncompleteGammaArguments): number {
  return Math.exp(logIncompleteGammaUpper(options))
}

/** ln P(a, x). −∞ at x = 0. */
export function logIncompleteGamma({ a, x }: IncompleteGammaArguments): number {
  check(a, x)
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (x === Number.POSITIVE_INFINITY) return 0
  const prefix = logGammaPrefix(a, x)
  return x < a + 1 ? prefix + Math.log(series(a, x)) : complementOf(prefix + Math.log(a) + Math.log(fraction(a, x)))
}

/** ln Q(a, x). −∞ at x = ∞. */
export function logIncompleteGammaUpper({ a, x }: IncompleteGammaArguments): number {
  check(a, x)
  if (x === 0) return 0
  if (x === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY
  const prefix = logGammaPrefix(a, x)
  return x < a + 1 ? complementOf(prefix + Math.log(series(a, x))) : prefix + Math.log(a) + Math.log(fraction(a, x))
}

/**
 * The x with P(a, x) = p, or with Q(a, x) = p for the upper tail.
 *
 * Newton with Halley's correction on the log of the tail in v = ln x, where gamma densities are log-concave: convergence
 * is global. p = 0 and 1 give 0 and ∞. Relative error ≤ 1e-12.
 *
 * inverseIncompleteGamma({ p: 0.025, tail: 'lower', a: 10 }) * 2 // => 9.590777392264867, chi-squared with 20 df
 */
export function inverseIncompleteGamma({ a, p, tail }: TailProbability & { readonly a: number }): number {
  return inverseOfShape(a)({ p, tail })
}

export interface TailProbability {
  readonly p: number
  readonly tail: 'lower' | 'upper'
}

/** `inverseIncompleteGamma` for many probabilities of one shape: what depends on the shape alone is computed once. */
export function inverseOfShape(a: number): (of: TailProbability) => number {
  if (!(a > 0 && a < Number.POSITIVE_INFINITY)) fail('gamma-shape-out-of-range', { a }, 'pass a finite shape above 0')
  const shape = { a, logA: Math.log(a), constant: prefixConstant(a) }
  return ({ p, tail }) => {
    if (!(p >= 0 && p <= 1)) fail('probability-out-of-range', { p }, 'pass a number from 0 to 1')
    const small = Math.min(p, 1 - p)
    const lower = p <= 0.5 === (tail === 'lower')
    if (small === 0) return lower ? 0 : Number.POSITIVE_INFINITY
    if (a === 1) return lower ? -Math.log1p(-small) : -Math.log(small)
    return solve(shape, { p: small, lower })
  }
}

interface Shape {
  readonly a: number
  readonly logA: number
  readonly constant: number
}

interface SmallTail {
  /** At most ½. */
  readonly p: number
  readonly lower: boolean
}

function solve(shape: Shape, { p, lower }: SmallTail): number {
  const { a, logA, constant } = shape
  const target = Math.log(p)
  const sign = lower ? 1 : -1
  let v = start(shape, { p, lower })
  for (let step = 0; step < 200; step++) {
    const x = Math.exp(v)
    if (lower && x < 1e-300) return Math.exp((target + logA + logGammaOf(a)) / a)
    const prefix = constant - devianceTerm(a, x)
    const isSeries = x < a + 1
    const own = isSeries ? prefix + Math.log(series(a, x)) : prefix + logA + Math.log(fraction(a, x))
    const log = isSeries === lower ? own : complementOf(own)
    const excess = log - target
    const slope = sign * Math.exp(prefix + logA - log)
    const newton = excess / slope
    const bend = 1 - 0.5 * newton * (a - x - slope)
    const change = bend > 0.5 && bend < 2 ? newton / bend : newton
    v -= Math.max(-20, Math.min(20, change))
    if (Math.abs(excess) < 1e-5 || Math.abs(change) <= 1e-16 * Math.abs(v)) return Math.exp(v)
  }
  return outOfReach({ p, a })
}

/** Wilson and Hilferty (1931) where its cube root is well above 0; else the leading term of the power series. */
function start({ a, logA }: Shape, { p, lower }: SmallTail): number {
  const z = standardNormalUpperPoint(p) * (lower ? -1 : 1)
  const root = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a))
  if (root > 0.2) return logA + 3 * Math.log(root)
  const logProbability = lower ? Math.log(p) : Math.log1p(-p)
  return Math.min((logProbability + logA + logGammaOf(a)) / a, logA)
}

/** ln Γ(a) from the same parts as the prefix. */
function logGammaOf(a: number): number {
  return (a - 0.5) * Math.log(a) - a + halfLogTwoPi + stirlingError(a)
}

/** ln[xᵃ e⁻ˣ / Γ(a + 1)]: the log of a Poisson probability of a events at mean x. */
export function logGammaPrefix(a: number, x: number): number {
  return prefixConstant(a) - devianceTerm(a, x)
}

function prefixConstant(a: number): number {
  return -0.5 * Math.log(2 * Math.PI * a) - stirlingError(a)
}

/** About 9√a terms are needed: enough for shapes up to 10^10. */
const mostTerms = 1_000_000

/** P(a, x) over its prefix: Σ xⁿ / ((a+1)…(a+n)). */
function series(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; term > 1e-17 * sum; n++) {
    if (n > mostTerms) return outOfReach({ a, x })
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** Q(a, x) over a times its prefix: the even part of Legendre's continued fraction, x ≥ a + 1. */
function fraction(a: number, x: number): number {
  let denominator = x + 1 - a
  let c = Number.POSITIVE_INFINITY
  let d = 1 / denominator
  let value = d
  for (let n = 1; n <= mostTerms; n++) {
    const numerator = n * (a - n)
    denominator += 2
    d = 1 / (denominator + numerator * d)
    c = denominator + numerator / c
    const change = c * d
    value *= change
    if (Math.abs(change - 1) < 2e-16) return value
  }
  return outOfReach({ a, x })
}

function complementOf(log: number): number {
  return log > -Math.LN2 ? Math.log(-Math.expm1(log)) : Math.log1p(-Math.exp(log))
}

function check(a: number, x: number): void {
  if (!(a > 0 && a < Number.POSITIVE_INFINITY && x >= 0)) {
    fail('incomplete-gamma-outside-domain', { a, x }, 'pass a finite shape above 0 and x of at least 0')
  }
}
