/** What having seen no events says. */
import { checkCounts, checkLevel } from './check-inputs.ts'
import { notEstimable, type Outcome } from './result.ts'

/**
 * Upper confidence bound on a rate after seeing no events.
 *
 * Solves (1 − p)ⁿ = 1 − level for p (Hanley and Lippman-Hand 1983, "If nothing goes wrong, is everything all right?"):
 * about 3/n at level 0.95, the rule of three. `value` is the bound itself. `n` counts independent trials: repeats of one
 * item are not independent, and with clusters n is the number of clusters, the bound then being on the chance that a
 * cluster holds an event. Refuses n = 0. At level 0.95, a bound below 1e-4 needs n ≥ 29,956.
 *
 * zeroEventBound({ n: 29_956, level: 0.95 }).value < 1e-4 // => true
 */
export function zeroEventBound({ n, level }: { readonly n: number; readonly level: number }): Outcome {
  checkCounts({ successes: 0, trials: n })
  checkLevel(level)
  if (n === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const value = -Math.expm1(Math.log1p(-level) / n)
  return {
    kind: 'estimate',
    value,
    interval: { lower: 0, upper: value, level, kind: 'confidence', side: 'upper' },
    n,
    method: 'zero-event-bound',
    assumptions: ['independent-trials', 'constant-rate', 'trials-fixed-in-advance'],
    caveats: [],
  }
}
