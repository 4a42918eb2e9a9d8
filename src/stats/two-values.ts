/** Whether scores take two values only, as passes and failures do. */

export interface TwoValues {
  readonly low: number
  readonly high: number
}

/** The two values that scores take, equal where there is one; undefined where there are more. */
export function twoValues(values: ArrayLike<number>): TwoValues | undefined {
  const first = values[0] ?? Number.NaN
  let other = first
  for (let i = 1; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    if (value === first || value === other) continue
    if (other !== first) return undefined
    other = value
  }
  return inOrder(first, other)
}

export function inOrder(one: number, other: number): TwoValues {
  return { low: Math.min(one, other), high: Math.max(one, other) }
}
