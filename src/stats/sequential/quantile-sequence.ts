/**
 * Confidence sequence for every quantile of a distribution at every time at once.
 *
 * With f_t(p) of Howard and Ramdas 2022 ("Sequential estimation of quantiles with applications to A/B testing and
 * best-arm identification", Theorem 4, double stitching): with probability 1 − α, for all t ≥ t* and all p,
 *   Q̂_t(p − f_t(1−p)/t) ≤ Q(p) ≤ Q̂_t(p + f_t(p)/t).
 * Used for worst-case and tail claims while a run goes on: "at most 5 % of variants score below x", whenever one looks.
 * Observations must be independent draws from one distribution.
 */

import { checkFinite, checkLevel, checkRate, checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import type { Outcome } from '../result.ts'
import { notEstimable } from '../result.ts'

export interface QuantileBoundaryOptions {
  readonly probability: number
  /** Number of observations so far. */
  readonly t: number
  /** Number of observations from which the guarantee starts; also where it is tightest. */
  readonly from: number
  readonly level: number
}

const eta = 2
const s = 1.4
const delta = 0.5
/** Riemann ζ(1.4). */
const zeta = 3.1055472779775815

/** f_t(p), in units of observations: how far the empirical distribution function times t may stray. */
export function quantileBoundary({ probability: p, t, from, level }: QuantileBoundaryOptions): number {
  checkRate(p)
  checkLevel(level)
  checkWhole({ from }, { least: 1 })
  checkWhole({ t }, { least: 0 })
  const time = Math.max(t, from)
  const ratio = time / from
  const logit = Math.log(p) - Math.log1p(-p)
  const r = p >= 0.5 ? p : Math.min(0.5, 1 / (1 + Math.exp(-(logit + 2 * delta * Math.sqrt((from * eta) / time)))))
  const j = (Math.sqrt(ratio) * Math.abs(logit)) / (2 * delta) + 1
  const ell =
    s * Math.log(Math.log(eta * ratio)) +
    s * Math.log(j) +
    Math.log((2 * zeta * (2 * zeta + 1)) / ((1 - level) * Math.log(eta) ** s))
  const k1 = (eta ** 0.25 + eta ** -0.25) / Math.SQRT2
  const k2 = (Math.sqrt(eta) + 1) / 2
  const tail = k2 * ((1 - 2 * p) / 3) * ell
  return (
    delta * Math.sqrt((eta * time * r * (1 - r)) / from) +
    Math.sqrt(k1 ** 2 * r * (1 - r) * time * ell + tail ** 2) +
    tail
  )
}

/**
 * Interval for one quantile from the observations so far, valid at every time and for all quantiles together.
 *
 * An end that the data cannot bound yet is the end of `range`; the value is the sample quantile (inverse empirical
 * distribution function).
 */
export function quantileSequence({
  values,
  probability,
  from,
  level,
  range,
}: {
  readonly values: ArrayLike<number>
  readonly probability: number
  readonly from: number
  readonly level: number
  /** What the observations can be at most and at least; −∞ and +∞ where unknown. */
  readonly range: { readonly lower: number; readonly upper: number }
}): Outcome {
  checkRate(probability)
  checkWhole({ from }, { least: 1 })
  const t = values.length
  if (t < from) return notEstimable('too-few-values', { needed: from, given: t })
  if (!(range.lower < range.upper))
    fail('range-without-width', { lower: range.lower, upper: range.upper }, 'pass ends with lower below upper')
  checkFinite(values)
  const sorted = Float64Array.from(values).sort()
  for (const value of sorted) {
    if (!(value >= range.lower && value <= range.upper)) {
      fail(
        'score-outside-range',
        { value, lower: range.lower, upper: range.upper },
        'pass scores inside their declared range',
      )
    }
  }
  const below = probability - quantileBoundary({ probability: 1 - probability, t, from, level }) / t
  const above = probability + quantileBoundary({ probability, t, from, level }) / t
  // The lower end is a left limit and the upper a right limit of the empirical quantile function.
  const lower = below <= 0 ? range.lower : (sorted[Math.max(0, Math.ceil(below * t) - 1)] ?? range.lower)
  const upper = above >= 1 ? range.upper : (sorted[Math.min(t - 1, Math.floor(above * t))] ?? range.upper)
  return {
    kind: 'estimate',
    value: sorted[Math.max(0, Math.ceil(probability * t) - 1)] ?? Number.NaN,
    interval: {
      lower,
      upper,
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: t,
    method: 'quantile-confidence-sequence',
    assumptions: ['independent-draws', 'constant-distribution'],
    caveats:
      lower === upper ? [{ code: 'quantile-on-repeated-value', severity: 'note', values: { value: lower } }] : [],
  }
}
