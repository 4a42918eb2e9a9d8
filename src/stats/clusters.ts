/** Values put together by cluster: the unit that is drawn, resampled and counted. */
import { checkCodes, checkFinite, largestScore } from './check-inputs.ts'
import { exactSum } from './special/exact-sum.ts'
import { inOrder, type TwoValues, twoValues } from './two-values.ts'

/** Codes parallel to the values: equal codes are one cluster. Absent: every value is a cluster of its own. */
export type ClusterCodes = ArrayLike<number> | undefined

/** What a cluster-robust variance needs: totals, and no row. */
export interface ClusterTotals {
  readonly count: number
  readonly rows: number
  readonly sizes: Float64Array
  readonly sums: Float64Array
  /** Mean over rows, Σ sums / Σ sizes: the same to the last bit for every order of rows. */
  readonly mean: number
  /** The two values that there are, equal where there is one; undefined where there are more. */
  readonly pair: TwoValues | undefined
  /** One value is all there is. */
  readonly constant: boolean
}

export interface Clusters extends ClusterTotals {
  /** All values, cluster after cluster in order of their codes, ascending inside each. */
  readonly values: Float64Array
  /** Cluster g is `values[starts[g]]` up to but excluding `values[starts[g + 1]]`. */
  readonly starts: Int32Array
}

/**
 * Groups values by cluster code. Values are sorted inside a cluster and summed exactly, so that neither a sum nor a
 * seeded resample depends on the order of rows. Throws on NaN, on infinities and on unequal lengths.
 *
 * groupClusters([1, 0, 1], [7, 3, 7]).sums // => Float64Array [0, 2]
 */
export function groupClusters(values: ArrayLike<number>, codes: ClusterCodes): Clusters {
  if (codes === undefined) return singletons(values)
  const { clusterOf: _, ...clusters } = groupByCode(values, codes)
  return clusters
}

/** `groupClusters` with the number of each given row's cluster. */
export function groupByCode(
  values: ArrayLike<number>,
  codes: ArrayLike<number>,
): Clusters & { readonly clusterOf: Int32Array } {
  const { pair, ...facts } = lookOver(values, codes)
  const rows = values.length
  const { clusterOf, count } = numberClusters(codes, facts)
  const next = new Int32Array(count + 1)
  for (let row = 0; row < rows; row++) {
    const cluster = clusterOf[row] ?? 0
    next[cluster + 1] = (next[cluster + 1] ?? 0) + 1
  }
  for (let g = 0; g < count; g++) next[g + 1] = (next[g + 1] ?? 0) + (next[g] ?? 0)
  const starts = next.slice()
  const grouped = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const cluster = clusterOf[row] ?? 0
    const at = next[cluster] ?? 0
    grouped[at] = values[row] ?? Number.NaN
    next[cluster] = at + 1
  }
  const sums = new Float64Array(count)
  const sizes = new Float64Array(count)
  for (let g = 0; g < count; g++) {
    const [from, to] = [starts[g] ?? 0, starts[g + 1] ?? 0]
    sortPart(grouped, from, to)
    sizes[g] = to - from
    sums[g] = sumOfPart(grouped, from, to)
  }
  return {
    count,
    rows,
    values: grouped,
    starts,
    sizes,
    sums,
    mean: exactSum(grouped) / rows,
    pair,
    constant: isOne(pair),
    clusterOf,
  }
}

/** The totals of `groupClusters`, to the last bit, for values whose order inside a cluster nobody asks for. */
export function clusterTotals(values: ArrayLike<number>, codes: ArrayLike<number>): ClusterTotals {
  return totalsOnGrid(values, codes) ?? groupClusters(values, codes)
}

/** Multiples of 1/1024 below 2^21: up to 2^22 of them stay below 2^53/1024 and add up without rounding, in any order. */
const grid = 1024
const mostOnGrid = 2 ** 22

/** All in one pass, as each takes longest when it runs first: 0/1 scores above all. Undefined where rows or codes are not so simple. */
function totalsOnGrid(values: ArrayLike<number>, codes: ArrayLike<number>): ClusterTotals | undefined {
  const rows = values.length
  if (codes.length !== rows || rows === 0 || rows > mostOnGrid) return undefined
  const most = rows + 65_536
  const sizeOf = new Float64Array(most)
  const sumOf = new Float64Array(most)
  const first = values[0] ?? Number.NaN
  let other = first
  let [twoValued, total, high] = [true, 0, 0]
  for (let row = 0; row < rows; row++) {
    const value = values[row] ?? Number.NaN
    const code = codes[row] ?? Number.NaN
    const steps = value * grid
    if ((steps | 0) !== steps || (code | 0) !== code || code < 0 || code >= most) return undefined
    sizeOf[code] = (sizeOf[code] ?? 0) + 1
    sumOf[code] = (sumOf[code] ?? 0) + value
    total += value
    if (code > high) high = code
    if (value === first || value === other) continue
    if (other === first) other = value
    else twoValued = false
  }
  let count = 0
  for (let code = 0; code <= high; code++) {
    const size = sizeOf[code] ?? 0
    if (size === 0) continue
    sizeOf[count] = size
    sumOf[count++] = sumOf[code] ?? 0
  }
  const pair = twoValued ? inOrder(first, other) : undefined
  return {
    count,
    rows,
    sizes: sizeOf.slice(0, count),
    sums: sumOf.slice(0, count),
    mean: total / rows,
    pair,
    constant: isOne(pair),
  }
}

interface CodeRange {
  readonly low: number
  readonly high: number
}

function isOne(pair: TwoValues | undefined): boolean {
  return pair !== undefined && pair.low === pair.high
}

interface RowFacts extends CodeRange {
  readonly pair: TwoValues | undefined
}

/** Checks every row, and finds on the way what is asked of all of them: a pass of its own for each would be slower. */
function lookOver(values: ArrayLike<number>, codes: ArrayLike<number>): RowFacts {
  const rows = values.length
  if (codes.length !== rows || rows === 0) return lookCloser(values, codes)
  const first = values[0] ?? Number.NaN
  let [low, high] = [codes[0] ?? 0, codes[0] ?? 0]
  let other = first
  let twoValued = true
  for (let row = 0; row < rows; row++) {
    const value = values[row] ?? Number.NaN
    const code = codes[row] ?? Number.NaN
    if (!(value <= largestScore && value >= -largestScore) || (code | 0) !== code) return lookCloser(values, codes)
    if (code < low) low = code
    else if (code > high) high = code
    if (value === first || value === other) continue
    if (other === first) other = value
    else twoValued = false
  }
  return { low, high, pair: twoValued ? inOrder(first, other) : undefined }
}

/** Rows that are not valid, and codes beyond 32 bits. */
function lookCloser(values: ArrayLike<number>, codes: ArrayLike<number>): RowFacts {
  checkFinite(values)
  checkCodes(codes, values.length)
  return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, pair: twoValues(values) }
}

/** Codes are mostly dense: a table of them is many times faster than a map. */
function isDense({ low, high }: CodeRange, rows: number): boolean {
  return high - low < 4 * rows + 65_536
}

/** Clusters are mostly small, and calling out to sort thousands of them takes longer than sorting them here. */
function sortPart(values: Float64Array, from: number, to: number): void {
  if (to - from > 40) {
    values.subarray(from, to).sort()
    return
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i] ?? 0
    let at = i
    for (; at > from && (values[at - 1] ?? 0) > value; at--) values[at] = values[at - 1] ?? 0
    values[at] = value
  }
}

/** `exactSum`; whole steps of the grid need no array of their own for it. */
function sumOfPart(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) {
    const steps = (values[i] ?? 0) * grid
    if ((steps | 0) !== steps || to - from > mostOnGrid) return exactSum(values.subarray(from, to))
    sum += steps
  }
  return sum / grid
}

/** Clusters numbered 0, 1, 2 … in order of their codes. */
function numberClusters(
  codes: ArrayLike<number>,
  { low, high }: CodeRange,
): { readonly clusterOf: Int32Array; readonly count: number } {
  const clusterOf = new Int32Array(codes.length)
  if (isDense({ low, high }, codes.length)) {
    const number = new Int32Array(high - low + 1)
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
  checkFinite(values)
  const rows = values.length
  const sorted = new Float64Array(values).sort()
  const starts = new Int32Array(rows + 1)
  for (let i = 0; i < starts.length; i++) starts[i] = i
  return {
    count: rows,
    rows,
    values: sorted,
    starts,
    sizes: new Float64Array(rows).fill(1),
    sums: sorted,
    mean: exactSum(sorted) / rows,
    pair: twoValues(sorted),
    constant: sorted[0] === sorted[rows - 1],
  }
}
