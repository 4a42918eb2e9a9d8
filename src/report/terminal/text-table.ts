/** A table in a terminal: columns as wide as they must be, headers broken between words, numbers to the right. */
import { formatNumber, type Table } from '../../domain/index.ts'
import { cleanText } from '../clean-text.ts'
import { displayWidth, wrapText } from './display-width.ts'

/**
 * Lines of at most `width` columns. Columns that do not fit are left out, and the last line then says how many.
 *
 * textTable(table, 80) // => ['allowed  trials', '      0  29,956']
 */
export function textTable(table: Table, width: number): readonly string[] {
  const columns = table.columns.map((column) => {
    const cells = table.rows.map((row) => cellText(row[column.key], column.format))
    const label = cleanText(column.label)
    const words = Math.max(...label.split(' ').map(displayWidth))
    const isNumber = table.rows.some((row) => typeof row[column.key] === 'number')
    return { label, cells, isNumber, width: Math.max(words, ...cells.map(displayWidth)) }
  })
  let used = -gap
  const shown = columns.filter((column) => {
    used += column.width + gap
    return used <= width
  })
  const headers = shown.map((column) => wrapText(column.label, column.width))
  const depth = Math.max(0, ...headers.map((lines) => lines.length))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => padded(cell, shown[at] ?? { width: 0, isNumber: false }))
      .join(' '.repeat(gap))
      .trimEnd()
  const hidden = columns.length - shown.length
  return [
    ...Array.from({ length: depth }, (_, row) => line(headers.map((lines) => lines[row - depth + lines.length] ?? ''))),
    ...table.rows.map((_, row) => line(shown.map(({ cells }) => cells[row] ?? ''))),
    ...(hidden > 0 ? [`(${hidden} more ${hidden === 1 ? 'column' : 'columns'} with --json or --out)`] : []),
  ]
}

const gap = 2

function cellText(value: string | number | null | undefined, format: Table['columns'][number]['format']): string {
  if (value === null || value === undefined) return '-'
  if (typeof value === 'string') return cleanText(value)
  return formatNumber(value, format === undefined || format === 'text' ? 'number' : format)
}

function padded(cell: string, { width, isNumber }: { readonly width: number; readonly isNumber: boolean }): string {
  const air = ' '.repeat(Math.max(0, width - displayWidth(cell)))
  return isNumber ? air + cell : cell + air
}
