/** How the items spread over the attributes that the log records of them. */
import { type Category, groupRows, type Observations, selectRows, type Table } from '../../../domain/index.ts'

/** Levels with fewer items than this say next to nothing on their own. */
const thin = 5

/** One row per attribute: levels, items in the smallest and largest level, levels with fewer than five items. */
export function attributeTable(observations: Observations, limit: number): Table {
  const all = selectRows(observations.rows, () => true)
  const items = groupRows(all, [observations.task.codes, observations.item.codes]).first
  const rows = [...observations.attributes].map(([attribute, column]) => ({ attribute, ...spread(column, items) }))
  return {
    title: 'Item attributes in the log',
    columns: [
      { key: 'attribute', label: 'Attribute', format: 'text' },
      { key: 'levels', label: 'Levels', format: 'count' },
      { key: 'smallest', label: 'Items in the smallest level', format: 'count' },
      { key: 'largest', label: 'Items in the largest level', format: 'count' },
      { key: 'thin', label: `Levels with fewer than ${thin} items`, format: 'count' },
      { key: 'without', label: 'Items without a value', format: 'count' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}

function spread(column: Category, items: Int32Array) {
  const counts = new Int32Array(column.values.length)
  let without = 0
  for (const row of items) {
    const code = column.codes[row] ?? -1
    if (code < 0) without++
    else counts[code] = (counts[code] ?? 0) + 1
  }
  const used = counts.filter((count) => count > 0)
  return {
    levels: used.length,
    smallest: used.length === 0 ? null : used.reduce((a, b) => Math.min(a, b)),
    largest: used.length === 0 ? null : used.reduce((a, b) => Math.max(a, b)),
    thin: used.filter((count) => count < thin).length,
    without,
  }
}
