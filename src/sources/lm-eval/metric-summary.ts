/** Recomputes a metric of lm-evaluation-harness from the rows of one task and filter. */
import type { TextColumn } from '../files/text-column.ts'
import type { SampleTable } from './lm-eval-samples.ts'

export interface MetricSummary {
  /** Rows of this filter that have the metric at all. */
  readonly rows: number
  /** Rows with a number. */
  readonly scored: number
  readonly mean: number
  /** Sample standard deviation (n − 1) divided by √n, as `mean_stderr` of the harness; NaN for one row. */
  readonly standardError: number
  readonly binary: boolean
  readonly constant: boolean
}

export interface SummaryRequest {
  readonly table: SampleTable
  readonly metric: string
  /** Filter of each row; the column of the table, or the inferred one. */
  readonly filters: TextColumn
  readonly filter: string | undefined
}

export function metricSummary({ table, metric, filters, filter }: SummaryRequest): MetricSummary {
  const column = table.metrics.get(metric)
  const values: number[] = []
  let rows = 0
  if (column !== undefined) {
    for (let row = 0; row < table.rows; row++) {
      if (filter !== undefined && filters.at(row) !== undefined && filters.at(row) !== filter) continue
      const value = column.at(row)
      if (value === undefined) continue
      rows++
      if (typeof value === 'number') values.push(value)
    }
  }
  // Sorted, so that the sum does not depend on the order of the lines.
  values.sort((a, b) => a - b)
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    rows,
    scored: n,
    mean,
    standardError: Math.sqrt(squares / (n - 1) / n),
    binary: n > 0 && values.every((value) => value === 0 || value === 1),
    constant: n > 0 && values[0] === values[n - 1],
  }
}
