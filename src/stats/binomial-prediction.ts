/** How many successes a second sample of the same kind will show. */
import { checkCounts, checkLevel } from './check-inputs.ts'
import { fail } from './fail.ts'
import { notEstimable, type Outcome } from './result.ts'
import { firstCount } from './special/first-count.ts'
import { logGamma } from './special/log-gamma.ts'

export interface BinomialPredictionOptions {
  readonly successes: number
  readonly trials: number
  /** Size of the second sample. */
  readonly futureTrials: number
  readonly level: number
}

/**
 * Prediction interval for the rate in a second sample of independent trials of the same unknown rate.
 *
 * Given the total x + y of both samples, x is hypergeometric whatever the rate; the interval holds the y for which x lies
 * in neither tail of size (1 − level)/2 (Thatcher 1964, "Relationships between Bayesian and confidence limits for
 * predictions"; Krishnamoorthy and Peng 2011). Contains the second rate with at least `level`, for every rate and size.
 * `value` is the rate of the first sample. A single rate, such as [0, 0], where
 * one future count has nearly all the probability. Assumes that nothing but chance differs between
 * the samples. Refuses an empty first sample; throws for an empty second one.
 *
 * binomialPrediction({ successes: 0, trials: 100, futureTrials: 100, level: 0.95 }).interval // => { lower: 0, upper: 0.05, … }
 */
export function binomialPrediction(options: BinomialPredictionOptions): Outcome {
  const { successes, trials, futureTrials, level } = options
  checkCounts(options)
  checkLevel(level)
  if (!Number.isSafeInteger(futureTrials) || futureTrials < 1) {
    fail('trials-out-of-range', { futureTrials }, 'pass the size of the second sample, at least 1')
  }
  if (trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const tail = (1 - level) / 2
  const upper = largestCompatible({ x: successes, n: trials, m: futureTrials, tail })
  // By symmetry the lower end is the upper end for failures.
  const failures = largestCompatible({ x: trials - successes, n: trials, m: futureTrials, tail })
  return {
    kind: 'estimate',
    value: successes / trials,
    interval: {
      lower: (futureTrials - failures) / futureTrials,
      upper: upper / futureTrials,
      level,
      kind: 'prediction',
      side: 'two-sided',
    },
    n: trials,
    method: 'binomial-prediction',
    assumptions: ['independent-trials', 'constant-rate', 'nothing-changed-between-runs'],
    caveats: [],
  }
}

interface Sizes {
  readonly x: number
  readonly n: number
  readonly m: number
  readonly tail: number
}

/** Largest y of m with P(X ≤ x | X + Y = x + y) > tail: more would make so few in the first sample incredible. */
function largestCompatible({ x, n, m, tail }: Sizes): number {
  if (x === n) return m
  if (lowerTail({ x, n, m, y: m }) > tail) return m
  // The tail falls as y grows.
  return firstCount({ fails: 0, holds: m, condition: (y) => !(lowerTail({ x, n, m, y }) > tail) }) - 1
}

/** P(X ≤ x) for X hypergeometric: x + y successes among n + m, n of them drawn. */
function lowerTail({ x, n, m, y }: { x: number; n: number; m: number; y: number }): number {
  const total = x + y
  const lowest = Math.max(0, total - m)
  const mode = Math.floor(((n + 1) * (total + 1)) / (n + m + 2))
  // The short side is summed, from x outwards, so that terms only shrink.
  return x <= mode
    ? sum({ from: x, to: lowest, n, m, total })
    : 1 - sum({ from: x + 1, to: Math.min(n, total), n, m, total })
}

interface TermRange {
  readonly from: number
  readonly to: number
  readonly n: number
  readonly m: number
  readonly total: number
}

function sum({ from, to, n, m, total }: TermRange): number {
  const step = to >= from ? 1 : -1
  if (from > Math.min(n, total) || from < Math.max(0, total - m)) return 0
  let term = Math.exp(logChoose(n, from) + logChoose(m, total - from) - logChoose(n + m, total))
  let result = term
  for (let k = from; k !== to; k += step) {
    term *=
      step > 0
        ? ((n - k) * (total - k)) / ((k + 1) * (m - total + k + 1))
        : (k * (m - total + k)) / ((n - k + 1) * (total - k + 1))
    result += term
    if (term < 1e-17 * result) break
  }
  return result
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}
