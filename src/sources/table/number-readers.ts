/** Tokens, cost and time of a row; undefined where a cell holds no number of 0 or more. */
import type { ColumnMapping, NumberRole } from './column-mapping.ts'
import type { TableBuffer } from './table-buffer.ts'

type NumberAt = (row: number) => number | undefined

export function numberReaders(buffer: TableBuffer, mapping: ColumnMapping): Partial<Record<NumberRole, NumberAt>> {
  const readers: Partial<Record<NumberRole, NumberAt>> = {}
  for (const [role, name] of Object.entries(mapping.numbers) as [NumberRole, string][]) {
    const column = buffer.column(name)
    const numbers = column.values.map((text) => (text.trim() === '' ? Number.NaN : Number(text)))
    readers[role] = (row) => {
      const value = numbers[column.code(row)]
      return value === undefined || !Number.isFinite(value) || value < 0 ? undefined : value
    }
  }
  return readers
}
