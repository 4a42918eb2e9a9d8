/** Finds the grid that values lie on, where there is one: 0/1 scores, fifths of five repeats, whole points. */

export interface Lattice {
  /** Every value is `origin + step · k` for an integer k ≥ 0. */
  readonly origin: number
  readonly step: number
  /** k of each value. */
  readonly steps: Int32Array
  /** Largest k. */
  readonly span: number
}

/**
 * The coarsest grid through all values, or `undefined` where none with at most `maxSpan` steps exists.
 *
 * Tries the smallest gap between distinct values and its halves, thirds, … twelfths; values may miss their grid point by
 * 1e-9 steps, so that averages such as (0 + 0 + 1)/3 count. All values equal is a grid of span 0.
 *
 * findLattice([0.2, 0.8, 0.4], 100) // => { origin: 0.2, step: 0.2, steps: [0, 3, 1], span: 3 }
 */
export function findLattice(values: ArrayLike<number>, maxSpan: number): Lattice | undefined {
  const distinct = distinctValues(values, maxSpan + 1)
  if (distinct === undefined) return undefined
  const origin = distinct[0] ?? 0
  const width = (distinct.at(-1) ?? 0) - origin
  if (width === 0) return { origin, step: 1, steps: new Int32Array(values.length), span: 0 }
  // Values that rounding alone keeps apart, such as 0.6 and 3 · 0.2, are one grid point.
  const smallest = smallestGap(distinct, width * 1e-9)
  for (let parts = 1; parts <= 12; parts++) {
    const span = Math.round((width / smallest) * parts)
    if (span > maxSpan) return undefined
    const step = width / span
    if (distinct.every((value) => onGrid((value - origin) / step))) {
      const steps = new Int32Array(values.length)
      for (let i = 0; i < steps.length; i++) steps[i] = Math.round(((values[i] ?? 0) - origin) / step)
      return { origin, step, steps, span }
    }
  }
  return undefined
}

/** Ascending; undefined where there are more than `most`, which continuous scores show after a few of them. */
function distinctValues(values: ArrayLike<number>, most: number): Float64Array | undefined {
  const seen = new Set<number>()
  let last = Number.NaN
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    // Sorted values come in runs.
    if (value === last) continue
    last = value
    seen.add(value)
    if (seen.size > most) return undefined
  }
  return Float64Array.from(seen).sort()
}

function smallestGap(sorted: Float64Array, least: number): number {
  let smallest = Number.POSITIVE_INFINITY
  for (let i = 1; i < sorted.length; i++) {
    const gap = (sorted[i] ?? 0) - (sorted[i - 1] ?? 0)
    if (gap > least && gap < smallest) smallest = gap
  }
  return smallest
}

function onGrid(place: number): boolean {
  return Math.abs(place - Math.round(place)) < 1e-9 * Math.max(1, place)
}
