/** Counts of a column; undefined where a cell says that it holds none. */
import { fail } from '../../stats/index.ts'
import { scoreOf } from './score-text.ts'
import type { TableBuffer } from './table-buffer.ts'

export function wholeNumbers(buffer: TableBuffer, name: string): (row: number) => number | undefined {
  const column = buffer.column(name)
  const numbers = column.values.map((text) => {
    const read = scoreOf(text)
    if (read === 'unknown' || read === 'not-scored') return undefined
    const value = Number(text)
    if (!Number.isSafeInteger(value) || value < 0)
      fail(
        'count-not-whole',
        { path: buffer.path, column: name, value: text.slice(0, 40) },
        'counts are whole numbers of 0 or more',
      )
    return value
  })
  return (row) => numbers[column.code(row)]
}
