/** Tables of an analysis and the data behind a figure. */
import { formatNumber, type NumberFormat } from '../../domain/index.ts'
import { fromJsonNumbers } from '../compose/json-numbers.ts'
import { known } from '../evidence-words.ts'
import { formatInterval } from '../format-interval.ts'
import { counted } from '../question-words.ts'
import type { FigureRecord, TableRecord } from '../record/figure-record.ts'
import { type Html, html } from './html.ts'
import { leftOut } from './left-out.ts'

/** A long table folds away under its title. */
export function foldingTable(record: TableRecord, limit: number): Html {
  const table = dataTable(record, limit)
  const rows = Math.min(record.rows.length, limit)
  if (rows <= mostOpenRows) return table
  return html`<details class="rest"><summary>${record.title}: ${counted(rows, 'row', 'rows')}</summary>${table}</details>`
}

const mostOpenRows = 14

export function dataTable(record: TableRecord, limit: number): Html {
  const table = fromJsonNumbers(record)
  const rows = table.rows.slice(0, limit)
  const isNumber = ({ key, format }: TableRecord['columns'][number]) =>
    format === undefined ? table.rows.some((row) => typeof row[key] === 'number') : format !== 'text'
  const columns = table.columns.map((column) => ({
    ...column,
    alignment: isNumber(column) ? 'number' : widthOf(rows.map((row) => row[column.key])),
  }))
  const cell = (value: string | number | null | undefined, format: NumberFormat | 'text' | undefined) => {
    if (typeof value === 'number')
      return formatNumber(value, format === undefined || format === 'text' ? 'number' : format)
    return value ?? 'unknown'
  }
  const total = table.rows.length + table.omittedRows
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${table.title}"><table class="data" data-sortable>
<caption>${table.title}</caption>
<thead><tr>${columns.map(({ label, alignment }) => html`<th scope="col" class="${alignment}">${label}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map(({ key, format, alignment }, index) => {
        const value = row[key]
        const text = cell(value, format)
        if (index === 0) return html`<th scope="row" class="${alignment}">${text}</th>`
        return typeof value === 'number'
          ? html`<td class="number" data-value="${String(value)}">${text}</td>`
          : html`<td class="${alignment}">${text}</td>`
      })}</tr>`,
  )}</tbody>
</table></div>${leftOut(total, rows.length, 'rows')}`
}

/** Short texts stay on one line, long ones get room to break in. */
function widthOf(cells: readonly (string | number | null | undefined)[]): 'short' | 'long' {
  return cells.every((cell) => String(cell).length <= 26) ? 'short' : 'long'
}

/** The numbers behind a drawing, for readers who cannot see it and for those who want them exact. */
export function figureTable(record: FigureRecord, limit: number): Html {
  return dataTable(tableOf(fromJsonNumbers(record)), limit)
}

function tableOf(figure: FigureRecord): TableRecord {
  const title = `Data of: ${figure.title}`
  if (figure.kind === 'heat-map') return heatMapTable(figure, title)
  if (figure.kind === 'curves') return curveTable(figure, title)
  const grouped = figure.rows.some(({ group }) => group !== undefined)
  return {
    title,
    columns: [
      ...(grouped ? [{ key: 'group', label: 'Group', format: 'text' as const }] : []),
      { key: 'label', label: 'Row', format: 'text' },
      { key: 'value', label: 'Value', format: figure.format },
      { key: 'interval', label: 'Interval', format: 'text' },
      { key: 'n', label: 'n', format: 'count' },
    ],
    rows: figure.rows.map(({ group, label, value, lower, upper, n }) => ({
      group: group ?? '',
      label,
      value,
      interval: formatInterval({ lower: known(lower), upper: known(upper) }, figure.format),
      n,
    })),
    omittedRows: 0,
  }
}

function heatMapTable(figure: Extract<FigureRecord, { kind: 'heat-map' }>, title: string): TableRecord {
  const { rowLabels, columnLabels, values, format } = figure
  return {
    title,
    columns: [
      { key: 'row', label: 'Row', format: 'text' },
      ...columnLabels.map((label, column) => ({ key: `c${column}`, label, format })),
    ],
    rows: rowLabels.map((label, row) => ({
      row: label,
      ...Object.fromEntries(
        columnLabels.map((_, column) => [`c${column}`, values[row * columnLabels.length + column] ?? null]),
      ),
    })),
    omittedRows: figure.omittedRows,
  }
}

function curveTable(figure: Extract<FigureRecord, { kind: 'curves' }>, title: string): TableRecord {
  return {
    title,
    columns: [
      { key: 'series', label: 'Curve', format: 'text' },
      { key: 'x', label: figure.xAxis, format: 'number' },
      { key: 'y', label: figure.yAxis, format: figure.format },
      { key: 'interval', label: 'Interval', format: 'text' },
    ],
    rows: figure.series.flatMap(({ label, points }) =>
      points.map(({ x, y, lower, upper }) => ({
        series: label,
        x,
        y,
        interval:
          lower === undefined || upper === undefined
            ? ''
            : formatInterval({ lower: known(lower), upper: known(upper) }, figure.format),
      })),
    ),
    omittedRows: 0,
  }
}
