/** Bounds on a rate of rare events when the judge who looks for them misses some. */
import { type BinomialCount, checkCounts, checkLevel } from '../check-inputs.ts'
import { cleanTrialsNeeded } from '../clean-trials-needed.ts'
import { clopperPearsonLower, clopperPearsonUpper } from '../clopper-pearson.ts'
import { type NotEstimable, notEstimable, type Outcome } from '../result.ts'

export interface JudgedRateBoundOptions {
  /** Confirmed events among the trials: every flag was checked, so that false alarms are already out. */
  readonly confirmed: BinomialCount
  /** Known events that the judge flagged (`successes`) of those it was shown (`trials`). */
  readonly sensitivity: BinomialCount
  /** One-sided confidence. */
  readonly level: number
}

/**
 * Upper bound on the true rate: U(α/2; confirmed) / L(α/2; sensitivity), both exact (Clopper and Pearson 1934), by the union
 * bound.
 *
 * `value` is the plain correction confirmed rate / sensitivity. Finite-sample: holds with at least `level` if trials are
 * independent, every flag was adjudicated, and the known events are as easy to notice as those that really occur, which
 * no number can show. Auditing a random sample of unflagged outputs cannot replace the known events: m clean ones only
 * bound the rate by 3/m. Without adjudication see `roganGladen`. Refuses no trials, no known events, and a judge that
 * noticed none of them.
 *
 * judgedRateBound({ confirmed: { successes: 0, trials: 29_956 }, sensitivity: { successes: 190, trials: 200 }, level: 0.95 })
 *   .interval.upper // => 1.353…e-4
 */
export function judgedRateBound({ confirmed, sensitivity, level }: JudgedRateBoundOptions): Outcome {
  checkLevel(level)
  checkCounts(confirmed)
  const found = sensitivityBound(sensitivity, level)
  if (confirmed.trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  if (typeof found !== 'number') return found
  const value = confirmed.successes / confirmed.trials / (sensitivity.successes / sensitivity.trials)
  const upper = clopperPearsonUpper({ ...confirmed, tail: (1 - level) / 2 }) / found
  return {
    kind: 'estimate',
    value: Math.min(1, value),
    interval: { lower: 0, upper: Math.min(1, upper), level, kind: 'confidence', side: 'upper' },
    n: confirmed.trials,
    method: 'judged-rate-union-bound',
    assumptions: ['independent-trials', 'trials-fixed-in-advance', 'every-flag-adjudicated', 'judge-errors-transport'],
    caveats: [],
  }
}

/**
 * Trials that exclude a true rate of `rate` or more although the judge misses events: the smallest n whose bound on the
 * confirmed rate at α/2 is at most rate · L(α/2; sensitivity). Not estimable where the judge noticed no known event.
 *
 * judgedTrialsNeeded({ rate: 1e-4, level: 0.95, allowed: 0, sensitivity: { successes: 190, trials: 200 } }) // => 40537
 */
export function judgedTrialsNeeded({
  rate,
  level,
  allowed,
  sensitivity,
}: {
  readonly rate: number
  readonly level: number
  /** Confirmed events that the plan tolerates. */
  readonly allowed: number
  readonly sensitivity: BinomialCount
}): number | NotEstimable {
  checkLevel(level)
  const found = sensitivityBound(sensitivity, level)
  return typeof found === 'number' ? cleanTrialsNeeded({ rate: rate * found, level: (1 + level) / 2, allowed }) : found
}

/**
 * Lower bound on the sensitivity with half of the error, or why there is none.
 *
 * sensitivityBound({ successes: 190, trials: 200 }, 0.95) // => 0.90997…
 */
export function sensitivityBound(sensitivity: BinomialCount, level: number): number | NotEstimable {
  checkCounts(sensitivity)
  checkLevel(level)
  const { successes, trials } = sensitivity
  if (successes === 0) return notEstimable('judge-found-nothing', { known: trials })
  return clopperPearsonLower({ successes, trials, tail: (1 - level) / 2 })
}
