/**
 * The filter of each row. Recent versions write it; before 0.4.5 the rows of a second filter simply followed those of
 * the first, so the k-th row of a document is taken for the k-th filter that the results file names.
 */
import type { Caveat } from '../../stats/index.ts'
import { TextColumn } from '../files/text-column.ts'
import type { TaskResults } from './lm-eval-results.ts'
import type { SampleTable } from './lm-eval-samples.ts'

export interface RowFilters {
  readonly filters: TextColumn
  readonly caveats: readonly Caveat[]
}

export function inferFilters(table: SampleTable, task: TaskResults): RowFilters {
  if (table.filter.filled > 0) return { filters: table.filter, caveats: [] }
  const named = [...new Set(task.metrics.flatMap(({ filter }) => (filter === undefined ? [] : [filter])))]
  const filters = new TextColumn(Number.POSITIVE_INFINITY)
  if (named.length === 0) return { filters, caveats: [] }
  const seen = new Int32Array(table.item.values.length)
  for (let row = 0; row < table.rows; row++) {
    const item = table.item.code(row)
    const turn = seen[item] ?? 0
    seen[item] = turn + 1
    const filter = named[turn] ?? named[0]
    if (filter !== undefined) filters.set(row, filter)
  }
  const values = { task: task.task, filters: named.join(', ') }
  return { filters, caveats: named.length === 1 ? [] : [{ code: 'filter-inferred', severity: 'caution', values }] }
}
