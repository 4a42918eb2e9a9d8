/** The canonical order of rows: numbers must not depend on the order in which a log listed them. */
import type { Column } from './growing-column.ts'

export interface SortKeys {
  readonly rows: number
  readonly keys: readonly Int32Array[]
  readonly missing: Uint8Array
  readonly score: Float64Array
  readonly ties: readonly Int32Array[]
}

/** Row numbers in canonical order, or undefined where the rows already are. */
export function canonicalOrder({ rows, keys, missing, score, ties }: SortKeys): Int32Array | undefined {
  const compareWithin = (a: number, b: number): number => {
    const reason = (missing[a] ?? 0) - (missing[b] ?? 0)
    if (reason !== 0) return reason
    const left = score[a] ?? Number.NaN
    const right = score[b] ?? Number.NaN
    if (left < right) return -1
    if (left > right) return 1
    for (const tie of ties) {
      const difference = (tie[a] ?? 0) - (tie[b] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  }
  const varying = keys.filter(varies)
  if (inOrder({ rows, keys: varying, compareWithin })) return undefined
  let order = Int32Array.from({ length: rows }, (_, row) => row)
  // Radix passes from the least significant key up; only rows equal in every key are left for the comparison.
  for (const key of varying.toReversed()) order = countingPass(order, key)
  for (let start = 0; start < rows; ) {
    let end = start + 1
    while (end < rows && sameKeys(varying, order[start] ?? 0, order[end] ?? 0)) end++
    if (end - start > 1) order.subarray(start, end).sort(compareWithin)
    start = end
  }
  return order
}

function varies(column: Column): boolean {
  const first = column[0] ?? Number.NaN
  if (Number.isNaN(first)) return column.some((value) => !Number.isNaN(value))
  for (let i = 1; i < column.length; i++) if (column[i] !== first) return true
  return false
}

interface OrderCheck {
  readonly rows: number
  readonly keys: readonly Int32Array[]
  readonly compareWithin: (a: number, b: number) => number
}

function inOrder({ rows, keys, compareWithin }: OrderCheck): boolean {
  for (let row = 1; row < rows; row++) {
    let difference = 0
    for (const key of keys) {
      difference = (key[row - 1] ?? 0) - (key[row] ?? 0)
      if (difference !== 0) break
    }
    if (difference > 0 || (difference === 0 && compareWithin(row - 1, row) > 0)) return false
  }
  return true
}

function sameKeys(keys: SortKeys['keys'], a: number, b: number): boolean {
  for (const key of keys) if (key[a] !== key[b]) return false
  return true
}

function countingPass(order: Int32Array<ArrayBuffer>, key: Int32Array): Int32Array<ArrayBuffer> {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < key.length; i++) {
    const value = key[i] ?? 0
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low >= high) return order
  if (high - low > 8 * order.length + 1024) {
    // Replicate numbers may be arbitrary integers; a stable comparison sort needs no counters for them.
    return Int32Array.from(Array.from(order).sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0)))
  }
  const starts = new Int32Array(high - low + 2)
  for (let i = 0; i < key.length; i++) {
    const slot = (key[i] ?? 0) - low + 1
    starts[slot] = (starts[slot] ?? 0) + 1
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  const next = new Int32Array(order.length)
  for (let i = 0; i < order.length; i++) {
    const row = order[i] ?? 0
    const slot = (key[row] ?? 0) - low
    const at = starts[slot] ?? 0
    next[at] = row
    starts[slot] = at + 1
  }
  return next
}

/** The column with its rows in the given order. */
export function permute<A extends Column>(column: A, order: Int32Array): A {
  if (!varies(column)) return column
  const result = column.slice() as A
  for (let i = 0; i < order.length; i++) result[i] = column[order[i] ?? 0] ?? 0
  return result
}
