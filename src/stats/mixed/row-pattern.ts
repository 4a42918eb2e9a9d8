/** Where the matrix ZᵀZ of crossed factors is not zero, and where each row's pairs of unknowns lie in it. */
import type { SparsePattern } from '../linear/sparse-ldl.ts'

export interface RowPattern {
  readonly pattern: SparsePattern
  /** Places in the pattern of each row's pairs of unknowns, factor pair after factor pair. */
  readonly places: readonly { readonly f: number; readonly g: number; readonly slot: Int32Array }[]
}

/** Upper triangle of ZᵀZ by columns; `unknowns` holds the unknown of every row, one array per factor. */
export function rowPattern({
  unknowns,
  size,
}: {
  readonly unknowns: readonly Int32Array[]
  readonly size: number
}): RowPattern {
  const rows = unknowns[0]?.length ?? 0
  const found = new Map<number, number>()
  const note = (i: number, k: number): void => {
    const key = Math.max(i, k) * size + Math.min(i, k)
    if (!found.has(key)) found.set(key, 0)
  }
  for (let at = 0; at < size; at++) note(at, at)
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < unknowns.length; f++) {
      for (let g = 0; g < f; g++) note(unknowns[f]?.[row] ?? 0, unknowns[g]?.[row] ?? 0)
    }
  }
  const keys = Float64Array.from(found.keys()).sort()
  const starts = new Int32Array(size + 1)
  const entryRows = new Int32Array(keys.length)
  for (let p = 0; p < keys.length; p++) {
    const key = keys[p] ?? 0
    found.set(key, p)
    const column = Math.floor(key / size)
    entryRows[p] = key - column * size
    starts[column + 1] = p + 1
  }
  const places: { f: number; g: number; slot: Int32Array }[] = []
  for (let f = 0; f < unknowns.length; f++) {
    for (let g = 0; g <= f; g++) {
      const slot = new Int32Array(rows)
      for (let row = 0; row < rows; row++) {
        const i = unknowns[f]?.[row] ?? 0
        const k = unknowns[g]?.[row] ?? 0
        slot[row] = found.get(Math.max(i, k) * size + Math.min(i, k)) ?? 0
      }
      places.push({ f, g, slot })
    }
  }
  return { pattern: { size, starts, rows: entryRows }, places }
}
