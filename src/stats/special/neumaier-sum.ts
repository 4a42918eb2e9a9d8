/** Sums that keep the digits a plain loop loses. */

/**
 * Sum of `values` with Neumaier's compensation (Neumaier 1974): error about one unit in the last place, whatever the
 * cancellation. Fixed order: the same values in another order may differ in the last bit; where order must not matter
 * use `exactSum`. Empty gives 0; NaN and infinities propagate.
 *
 * neumaierSum([1, 1e100, 1, -1e100]) // => 2
 */
export function neumaierSum(values: ArrayLike<number>): number {
  let sum = 0
  let compensation = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    const next = sum + value
    compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return Number.isFinite(sum) ? sum + compensation : sum
}
