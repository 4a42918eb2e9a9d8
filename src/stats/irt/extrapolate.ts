/** The long step of a squared extrapolation, and the box that item parameters stay in. */

/**
 * Where two plain steps of an iteration point (Varadhan and Roland 2008, "Simple and globally convergent methods for
 * accelerating the convergence of any EM algorithm", SqS3): start − 2αr + α²v, r the first step, v the turn between the
 * two, α = −|r|/|v| and at most −1. Entries are kept within ±20.
 */
export function extrapolate({
  start,
  first,
  second,
}: {
  readonly start: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
}): Float64Array {
  let steps = 0
  let turns = 0
  for (let k = 0; k < start.length; k++) {
    const step = (first[k] ?? 0) - (start[k] ?? 0)
    const turn = (second[k] ?? 0) - (first[k] ?? 0) - step
    steps += step * step
    turns += turn * turn
  }
  if (turns === 0) return second
  const length = Math.max(1, Math.sqrt(steps / turns))
  return start.map((origin, k) => {
    const step = (first[k] ?? 0) - origin
    const turn = (second[k] ?? 0) - (first[k] ?? 0) - step
    return clamp(origin + 2 * length * step + length * length * turn)
  })
}

/** Slopes and intercepts beyond ±20 say "always" or "never"; further out only rounding moves. */
export function clamp(value: number): number {
  return Math.min(20, Math.max(-20, value))
}
