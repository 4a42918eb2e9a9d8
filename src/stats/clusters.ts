/** Values put together by cluster: the unit that is drawn, resampled and counted. */
import { checkCodes, checkFinite } from './check-inputs.ts'
import { exactSum } from './special/exact-sum.ts'

/** Codes parallel to the values: equal codes are one cluster. Absent: every value is a cluster of its own. */
export type ClusterCodes = ArrayLike<number> | undefined

export interface Clusters {
  readonly count: number
  /** All values, cluster after cluster in order of their codes, ascending inside each. */
  readonly values: Float64Array
  /** Cluster g is `values[starts[g]]` up to but excluding `values[starts[g + 1]]`. */
  readonly starts: Int32Array
  readonly sizes: Float64Array
  readonly sums: Float64Array
  /** Mean over rows, Σ sums / Σ sizes: the same to the last bit for every order of rows. */
  readonly mean: number
}

/**
 * Groups values by cluster code. Values are sorted inside a cluster and summed exactly, so that neither a sum nor a
 * seeded resample depends on the order of rows. Throws on NaN, on infinities and on unequal lengths.
 *
 * groupClusters([1, 0, 1], [7, 3, 7]).sums // => Float64Array [0, 2]
 */
export function groupClusters(values: ArrayLike<number>, codes: ClusterCodes): Clusters {
  checkFinite(values)
  if (codes === undefined) return singletons(values)
  checkCodes(codes, values.length)
  const { clusterOf, count } = numberClusters(codes)
  const starts = new Int32Array(count + 1)
  for (let row = 0; row < values.length; row++) {
    const cluster = clusterOf[row] ?? 0
    starts[cluster + 1] = (starts[cluster + 1] ?? 0) + 1
  }
  for (let g = 0; g < count; g++) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0)
  const grouped = new Float64Array(values.length)
  const next = starts.slice()
  for (let row = 0; row < values.length; row++) {
    const cluster = clusterOf[row] ?? 0
    const at = next[cluster] ?? 0
    grouped[at] = values[row] ?? Number.NaN
    next[cluster] = at + 1
  }
  const sums = new Float64Array(count)
  const sizes = new Float64Array(count)
  for (let g = 0; g < count; g++) {
    const part = grouped.subarray(starts[g], starts[g + 1])
    sortValues(part)
    sizes[g] = part.length
    sums[g] = exactSum(part)
  }
  return { count, values: grouped, starts, sizes, sums, mean: exactSum(grouped) / grouped.length }
}

/** Clusters are mostly small, and calling out to sort thousands of them takes longer than sorting them here. */
function sortValues(part: Float64Array): void {
  if (part.length > 40) {
    part.sort()
    return
  }
  for (let i = 1; i < part.length; i++) {
    const value = part[i] ?? 0
    let at = i
    for (; at > 0 && (part[at - 1] ?? 0) > value; at--) part[at] = part[at - 1] ?? 0
    part[at] = value
  }
}

/** Clusters numbered 0, 1, 2 … in order of their codes. */
function numberClusters(codes: ArrayLike<number>): { readonly clusterOf: Int32Array; readonly count: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0
    if (code < low) low = code
    if (code > high) high = code
  }
  const clusterOf = new Int32Array(codes.length)
  // Codes are mostly dense: a table of them is many times faster than a map.
  if (high - low < 4 * codes.length + 65_536) {
    const number = new Int32Array(codes.length === 0 ? 0 : high - low + 1)
    for (let row = 0; row < codes.length; row++) number[(codes[row] ?? 0) - low] = 1
    let count = 0
    for (let code = 0; code < number.length; code++) if (number[code] === 1) number[code] = count++
    for (let row = 0; row < codes.length; row++) clusterOf[row] = number[(codes[row] ?? 0) - low] ?? 0
    return { clusterOf, count }
  }
  const distinct = Float64Array.from(new Set(Array.from(codes))).sort()
  const numberOf = new Map(Array.from(distinct, (code, number) => [code, number]))
  for (let row = 0; row < codes.length; row++) clusterOf[row] = numberOf.get(codes[row] ?? 0) ?? 0
  return { clusterOf, count: distinct.length }
}

function singletons(values: ArrayLike<number>): Clusters {
  const sorted = new Float64Array(values).sort()
  const starts = new Int32Array(sorted.length + 1)
  for (let i = 0; i < starts.length; i++) starts[i] = i
  return {
    count: sorted.length,
    values: sorted,
    starts,
    sizes: new Float64Array(sorted.length).fill(1),
    sums: sorted,
    mean: exactSum(sorted) / sorted.length,
  }
}
