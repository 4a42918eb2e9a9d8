/** The first whole number at which a condition that switches once holds. */
import { refuseSize } from '../check-inputs.ts'

/**
 * By bisection between a number at which it fails and a larger one at which it holds, neither of which is tried.
 *
 * firstCount({ fails: 0, holds: 100, condition: (count) => count * count >= 50 }) // => 8
 */
export function firstCount({
  fails,
  holds,
  condition,
}: {
  readonly fails: number
  readonly holds: number
  readonly condition: (count: number) => boolean
}): number {
  let low = fails
  let high = holds
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (condition(middle)) high = middle
    else low = middle
  }
  return high
}

/**
 * The first from `from` on, by doubling until it holds; what `beyond` says of the size where that is beyond `most`.
 *
 * doubledCount({ from: 1, most: 1000, condition: (count) => count * count >= 50, beyond: () => undefined }) // => 8
 */
export function doubledCount<Beyond>({
  from,
  most,
  condition,
  beyond,
}: {
  readonly from: number
  readonly most: number
  readonly condition: (count: number) => boolean
  readonly beyond: (size: number) => Beyond
}): number | Beyond {
  let low = from - 1
  let high = from
  while (!condition(high)) {
    low = high
    high = Math.max(1, 2 * high)
    if (high > most) return beyond(high)
  }
  return firstCount({ fails: low, holds: high, condition })
}

/** The same without a limit of its own: a size beyond counting is refused by the name under which the caller knows it. */
export function neededCount({
  named,
  from,
  condition,
}: {
  readonly named: string
  readonly from: number
  readonly condition: (count: number) => boolean
}): number {
  return doubledCount({
    from,
    most: Number.MAX_SAFE_INTEGER,
    condition,
    beyond: (size) => refuseSize({ [named]: size }),
  })
}
