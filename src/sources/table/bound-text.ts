/** The text of a binding, row by row, with codes for grouping. */
import { createHash } from 'node:crypto'
import { TextColumn } from '../files/text-column.ts'
import type { TableBuffer } from './table-buffer.ts'
import type { TextBinding } from './text-binding.ts'

export interface BoundText {
  at(row: number): string | undefined
  /** −1 where absent; equal where the text is equal. */
  codes(): Int32Array
  readonly values: readonly string[]
}

export function bindText(buffer: TableBuffer, binding: TextBinding): BoundText {
  const { rows } = buffer
  if ('literal' in binding) {
    const { literal } = binding
    return { at: () => literal, codes: () => new Int32Array(rows), values: [literal] }
  }
  const columns = binding.columns.map((name) => buffer.column(name))
  const [only] = columns
  const column = columns.length === 1 && only !== undefined ? only : joined(columns, rows)
  return { at: (row) => column.at(row), codes: () => column.codes(rows), values: column.values }
}

/** The same column with its texts as labels. */
export function shortened(text: BoundText): BoundText {
  const values = text.values.map(shortLabel)
  const codes = text.codes()
  return { at: (row) => values[codes[row] ?? -1], codes: () => codes, values }
}

/** Keeps a text short enough for a label, and still distinct. */
export function shortLabel(text: string): string {
  if (text.length <= 60) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return `${text.slice(0, 40).trim()}… ${hash}`
}

function joined(columns: readonly TextColumn[], rows: number): TextColumn {
  const result = new TextColumn(Number.POSITIVE_INFINITY)
  for (let row = 0; row < rows; row++) {
    const parts = columns.map((column) => column.at(row))
    if (parts.some((part) => part !== undefined)) result.set(row, parts.map((part) => part ?? '').join('/'))
  }
  return result
}
