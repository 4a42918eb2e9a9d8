/** Distinct values of a sample and how often each occurs. */

export interface ValueCounts {
  /** Ascending. */
  readonly values: Float64Array
  /** Parallel to `values`. */
  readonly counts: Float64Array
}

/**
 * Counts ascending values; undefined where there are more than `most` distinct ones.
 *
 * The end of a run of equal values is found by doubling and bisection: 14,042 scores of five marks take about a hundred
 * comparisons instead of one per row.
 *
 * countSorted(Float64Array.of(0, 0, 1), 5) // => { values: [0, 1], counts: [2, 1] }
 */
export function countSorted(sorted: Float64Array, most: number): ValueCounts | undefined {
  const values: number[] = []
  const counts: number[] = []
  for (let start = 0; start < sorted.length; ) {
    if (values.length >= most) return undefined
    const value = sorted[start] ?? 0
    const end = endOfRun(sorted, start)
    values.push(value)
    counts.push(end - start)
    start = end
  }
  return { values: Float64Array.from(values), counts: Float64Array.from(counts) }
}

/** First place after `start` with another value. */
function endOfRun(sorted: Float64Array, start: number): number {
  const value = sorted[start]
  let reach = 1
  while (start + reach < sorted.length && sorted[start + reach] === value) reach *= 2
  let [low, high] = [start + (reach >> 1) + 1, Math.min(start + reach, sorted.length)]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] === value) low = middle + 1
    else high = middle
  }
  return low
}
