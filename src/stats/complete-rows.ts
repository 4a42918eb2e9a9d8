/** Items × variants tables with holes: the complete rows, counted, and added up by cluster. */
import { checkCodes } from './check-inputs.ts'
import type { ClusterCodes } from './clusters.ts'
import { fail } from './fail.ts'
import { exactSum } from './special/exact-sum.ts'

export interface VariantTable {
  /** Items × variants, row-major. NaN where an item was not scored under a variant. */
  readonly values: ArrayLike<number>
  readonly columns: number
  /** Cluster code per item; `undefined` where items are independent. */
  readonly clusters: ClusterCodes
}

export interface CompleteRows {
  /** Complete rows only, row-major, in the order given. */
  readonly values: Float64Array
  readonly items: number
  /** Items that lack at least one variant: left out, never filled with zeros. */
  readonly incompleteItems: number
  /** Cluster code of each complete row; row numbers where no clusters were given. */
  readonly codes: Float64Array
}

export function completeRows({ values, columns: k, clusters }: VariantTable): CompleteRows {
  if (!Number.isInteger(k) || k < 2 || values.length % k !== 0) {
    fail('wrong-shape', { values: values.length, columns: k }, 'pass items × variants values, 2 or more variants')
  }
  const rows = values.length / k
  if (clusters !== undefined) checkCodes(clusters, rows)
  const kept: number[] = []
  for (let row = 0; row < rows; row++) {
    let complete = true
    for (let j = 0; j < k; j++) {
      const value = values[row * k + j] ?? Number.NaN
      if (Number.isNaN(value)) complete = false
      else if (!Number.isFinite(value)) {
        fail('value-not-finite', { row, value }, 'pass NaN where a score is missing, finite numbers elsewhere')
      }
    }
    if (complete) kept.push(row)
  }
  return {
    values: Float64Array.from(
      { length: kept.length * k },
      (_, at) => values[(kept[Math.floor(at / k)] ?? 0) * k + (at % k)] ?? 0,
    ),
    items: kept.length,
    incompleteItems: rows - kept.length,
    codes: Float64Array.from(kept, (row) => (clusters === undefined ? row : (clusters[row] ?? 0))),
  }
}

/** Rows of one cluster added up: the unit whose variants are exchangeable under the null hypothesis. */
export function clusterRows({ values, codes }: CompleteRows, k: number): Float64Array {
  const members = new Map<number, number[]>()
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0
    const list = members.get(code)
    if (list === undefined) members.set(code, [row])
    else list.push(row)
  }
  const sums = new Float64Array(members.size * k)
  let at = 0
  for (const code of [...members.keys()].sort((a, b) => a - b)) {
    const rows = members.get(code) ?? []
    for (let j = 0; j < k; j++) sums[at++] = exactSum(rows.map((row) => values[row * k + j] ?? 0))
  }
  return sums
}

/** Rows in lexicographic order: a simulation over them does not depend on the order they came in. */
export function sortedRows(rows: Float64Array, k: number): Float64Array {
  const list = Array.from({ length: rows.length / k }, (_, i) => rows.subarray(i * k, (i + 1) * k))
  list.sort((a, b) => {
    for (let j = 0; j < k; j++) if (a[j] !== b[j]) return (a[j] ?? 0) - (b[j] ?? 0)
    return 0
  })
  const sorted = new Float64Array(rows.length)
  for (const [i, row] of list.entries()) sorted.set(row, i * k)
  return sorted
}
