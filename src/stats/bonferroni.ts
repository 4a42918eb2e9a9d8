/** Adjustment of p-values for the number of tests, by Bonferroni. */
import { checkPValues } from './check-p-values.ts'

/**
 * min(1, m·p) for m p-values, in the order given. Rejecting where this is at most α keeps the chance of any false rejection
 * at α under every dependence. `holm` keeps the same promise and rejects more; this one is for simultaneous intervals,
 * each at level 1 − α/m.
 *
 * bonferroni([0.01, 0.04]) // => [0.02, 0.08]
 */
export function bonferroni(pValues: ArrayLike<number>): number[] {
  return checkPValues(pValues).map((p) => Math.min(1, p * pValues.length))
}
