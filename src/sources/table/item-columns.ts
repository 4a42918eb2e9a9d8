/** Which unmapped columns are factors (vary within an item), which are attributes of items, and which are neither. */
import { groupRows, rowsOf } from '../../domain/index.ts'
import type { TextColumn } from '../files/text-column.ts'
import type { ColumnMapping } from './column-mapping.ts'
import { outcomeNames, plainName } from './column-names.ts'
import { fewValues, type TableBuffer } from './table-buffer.ts'

export interface ItemColumns {
  readonly factors: readonly string[]
  readonly attributes: readonly string[]
  /** Columns left out: free text, one value throughout, or not the same in all rows of an item. */
  readonly unused: readonly string[]
}

export interface ItemColumnsInput {
  readonly buffer: TableBuffer
  readonly mapping: ColumnMapping
  readonly unmapped: readonly string[]
  readonly rows: Int32Array
  readonly task: Int32Array
  readonly item: Int32Array
  /** Undefined for a wide table. */
  readonly model: Int32Array | undefined
}

/** Most levels of a factor that was found by its name; more of them are texts, not settings. */
const mostLevels = 100

export function itemColumns({ buffer, mapping, unmapped, ...keys }: ItemColumnsInput): ItemColumns {
  const items = groupRows(keys.rows, [keys.task, keys.item])
  const cells = keys.model === undefined ? items : groupRows(keys.rows, [keys.task, keys.item, keys.model])
  const factors: string[] = []
  const attributes: string[] = []
  const unused: string[] = []
  for (const name of unmapped) {
    const column = buffer.get(name)
    const distinct = column?.values.length ?? 0
    if (column === undefined || column.overflowed || distinct < 2) unused.push(name)
    else if (mapping.likelyFactors.includes(name) && distinct <= mostLevels && varies(column, cells)) factors.push(name)
    else if (distinct <= fewValues && distinct * 2 <= items.count && isAboutItems(name) && !varies(column, items))
      attributes.push(name)
    else unused.push(name)
  }
  return { factors, attributes, unused }
}

function isAboutItems(name: string): boolean {
  return !outcomeNames.test(plainName(name))
}

function varies(column: TextColumn, groups: ReturnType<typeof groupRows>): boolean {
  for (let group = 0; group < groups.count; group++) {
    const members = rowsOf(groups, group)
    const [first = 0] = members
    for (const row of members) if (column.code(row) !== column.code(first)) return true
  }
  return false
}
