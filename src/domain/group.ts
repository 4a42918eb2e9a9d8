/** Groups rows by code columns, in canonical order, without making an object per row. */

export interface Groups {
  /** Number of groups. */
  readonly count: number
  /** Group of each listed row, parallel to `rows`; groups are numbered in order of their codes. */
  readonly groupOf: Int32Array
  /** The rows that were grouped. */
  readonly rows: Int32Array
  /** Rows of group g are `members[starts[g]]` up to but excluding `members[starts[g + 1]]`. */
  readonly starts: Int32Array
  readonly members: Int32Array
  /** First row of each group, from which its codes can be read. */
  readonly first: Int32Array
}

/** Groups `rows` by the combination of `keys` (code columns as long as the table). */
export function groupRows(rows: Int32Array, keys: readonly (Int32Array | Uint8Array)[]): Groups {
  const groupOf = new Int32Array(rows.length)
  let count = rows.length === 0 ? 0 : 1
  for (const key of keys) count = refine({ rows, key, groupOf, count })
  const starts = new Int32Array(count + 1)
  for (let i = 0; i < groupOf.length; i++) {
    const slot = (groupOf[i] ?? 0) + 1
    starts[slot] = (starts[slot] ?? 0) + 1
  }
  for (let g = 0; g < count; g++) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0)
  const members = new Int32Array(rows.length)
  const next = starts.slice()
  for (let i = 0; i < rows.length; i++) {
    const group = groupOf[i] ?? 0
    const at = next[group] ?? 0
    members[at] = rows[i] ?? 0
    next[group] = at + 1
  }
  const first = new Int32Array(count)
  for (let g = 0; g < count; g++) first[g] = members[starts[g] ?? 0] ?? 0
  return { count, groupOf, rows, starts, members, first }
}

/** Rows of one group. */
export function rowsOf(groups: Groups, group: number): Int32Array {
  return groups.members.subarray(groups.starts[group], groups.starts[group + 1])
}

/** All rows 0 … rows−1 that pass the test. */
export function selectRows(rows: number, keep: (row: number) => boolean): Int32Array {
  const selected = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (keep(row)) selected[count++] = row
  return selected.slice(0, count)
}

interface Refinement {
  readonly rows: Int32Array
  readonly key: Int32Array | Uint8Array
  readonly groupOf: Int32Array
  readonly count: number
}

/** Splits each group by one more key; new numbers follow (old group, code), so they stay in canonical order. */
function refine({ rows, key, groupOf, count }: Refinement): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < rows.length; i++) {
    const code = key[rows[i] ?? 0] ?? 0
    if (code < low) low = code
    if (code > high) high = code
  }
  if (rows.length === 0 || low === high) return count
  const width = high - low + 1
  if (count * width <= 4 * rows.length + 65_536) {
    const seen = new Int32Array(count * width)
    for (let i = 0; i < rows.length; i++) seen[(groupOf[i] ?? 0) * width + (key[rows[i] ?? 0] ?? 0) - low] = 1
    let next = 0
    for (let slot = 0; slot < seen.length; slot++) if (seen[slot] === 1) seen[slot] = ++next
    for (let i = 0; i < rows.length; i++)
      groupOf[i] = (seen[(groupOf[i] ?? 0) * width + (key[rows[i] ?? 0] ?? 0) - low] ?? 1) - 1
    return next
  }
  const slots = new Map<number, number>()
  for (let i = 0; i < rows.length; i++) slots.set((groupOf[i] ?? 0) * width + (key[rows[i] ?? 0] ?? 0) - low, 0)
  const sorted = Float64Array.from(slots.keys()).sort()
  for (let next = 0; next < sorted.length; next++) slots.set(sorted[next] ?? 0, next)
  for (let i = 0; i < rows.length; i++)
    groupOf[i] = slots.get((groupOf[i] ?? 0) * width + (key[rows[i] ?? 0] ?? 0) - low) ?? 0
  return sorted.length
}
