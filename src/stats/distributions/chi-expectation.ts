/** Expectations over the error of an estimated standard deviation, S = √(χ²_df / df). */
import { fail } from '../fail.ts'
import { devianceTerm } from '../special/deviance-term.ts'
import { stirlingError } from '../special/log-gamma.ts'

/** Where the integrand has fallen to e^−42 of its peak, 6e-19, the rest changes no digit. */
const negligible = 42

/**
 * ln E[exp(logOf(ln S))], S = √(χ²_df / df): what remains of a normal-theory probability when σ is estimated.
 *
 * With v = ln S the density is exp(c + df·v − (df/2)e^{2v}), and the integral over v is a plain trapezoidal sum, which
 * converges geometrically for analytic integrands that vanish at both ends (Trefethen and Weideman 2014). The step is
 * halved until two sums agree to 1e-14. The integrand must have one peak. `near` is a v at which it does not vanish.
 */
export function logChiExpectation({
  df,
  near,
  logOf,
}: {
  readonly df: number
  readonly near: number
  readonly logOf: (logS: number) => number
}): number {
  if (!(df >= 1e-3 && df < Number.POSITIVE_INFINITY)) {
    fail('degrees-of-freedom-out-of-range', { df }, 'pass finite degrees of freedom of at least 0.001')
  }
  const half = df / 2
  const constant = Math.LN2 + 0.5 * Math.log(half / (2 * Math.PI)) - stirlingError(half)
  const value = (v: number): number => constant - half * devianceTerm(1, Math.exp(2 * v)) + logOf(v)
  const peak = climb(value, near, 0.5 / Math.sqrt(df))
  const top = value(peak)
  if (top === Number.NEGATIVE_INFINITY) return top
  const width = Math.min(fallingWidth(value, peak, 1), fallingWidth(value, peak, -1))
  let step = width / 2
  let before = Number.NaN
  for (let halving = 0; halving < 12; halving++) {
    const sum = step * trapezoid({ value, peak, top, step })
    if (Math.abs(sum - before) <= 1e-14 * sum) return top + Math.log(sum)
    before = sum
    step /= 2
  }
  return top + Math.log(before)
}

interface Sum {
  readonly value: (v: number) => number
  readonly peak: number
  readonly top: number
  readonly step: number
}

function trapezoid({ value, peak, top, step }: Sum): number {
  let sum = 1
  for (const direction of [step, -step]) {
    for (let i = 1; ; i++) {
      const below = top - value(peak + i * direction)
      if (!(below <= negligible)) break
      sum += Math.exp(-below)
    }
  }
  return sum
}

/** The peak to about a hundredth of its width: the sum does not depend on where exactly it starts. */
function climb(value: (v: number) => number, start: number, firstStep: number): number {
  let at = start
  let best = value(at)
  let step = firstStep
  while (step > firstStep / 64) {
    const better = [at + step, at - step].find((v) => value(v) > best)
    if (better === undefined) {
      step /= 2
    } else {
      at = better
      best = value(at)
      step *= 2
    }
  }
  return at
}

/** How far from the peak the integrand has fallen to e^−1. */
function fallingWidth(value: (v: number) => number, peak: number, direction: 1 | -1): number {
  const top = value(peak)
  let width = 1
  while (top - value(peak + direction * width) > 1) width /= 2
  while (top - value(peak + direction * width) < 1) width *= 2
  return width
}
