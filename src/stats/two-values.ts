/** Whether scores take two values only, as passes and failures do. */

export interface TwoValues {
  readonly low: number
  readonly high: number
}

/** The two values that scores take; undefined where there are more. */
export function twoValues(values: ArrayLike<number>): TwoValues | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  for (let i = 0; i < values.length; i++) if (values[i] !== low && values[i] !== high) return undefined
  return { low, high }
}
