/** Adjustment of p-values for the number of tests, by Holm. */
import { ascending, checkPValues } from './check-p-values.ts'

/**
 * Holm's step-down adjusted p-values (Holm 1979), in the order given: the running maximum of (m − i + 1)·p₍ᵢ₎, at most 1.
 *
 * Rejecting where this is at most α keeps the chance of any false rejection (family-wise error) at α under every
 * dependence, and rejects whatever Bonferroni does. A Monte-Carlo p-value at its floor 1/(B+1) is adjusted as if it were
 * exact: give it enough draws that the floor times m is below α. No p-values give none.
 *
 * holm([0.01, 0.04, 0.03]) // => [0.03, 0.06, 0.06]
 */
export function holm(pValues: ArrayLike<number>): number[] {
  const checked = checkPValues(pValues)
  const adjusted = new Array<number>(checked.length)
  let running = 0
  ascending(checked).forEach((index, rank) => {
    running = Math.max(running, Math.min(1, (checked.length - rank) * (checked[index] ?? 1)))
    adjusted[index] = running
  })
  return adjusted
}
