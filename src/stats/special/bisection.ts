/**
 * The point where a monotone condition changes, by bisection.
 *
 * `holds` is true at `inside` and false at `outside`; returns the last point found at which it still holds, within
 * one part in 2^52 of the bracket or of the point itself, whichever is larger. Needs at most some 1,100 calls (for a
 * point near 0), usually 53.
 *
 * bisection({ inside: 0, outside: 2, holds: (x) => x * x <= 2 }) // => 1.414213562373095
 */
export function bisection({
  inside,
  outside,
  holds,
}: {
  readonly inside: number
  readonly outside: number
  readonly holds: (point: number) => boolean
}): number {
  let good = inside
  let bad = outside
  for (;;) {
    const middle = good + (bad - good) / 2
    if (middle === good || middle === bad) return good
    if (holds(middle)) good = middle
    else bad = middle
  }
}
