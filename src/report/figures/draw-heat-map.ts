/** Items by variants, one cell each; stronger is higher, struck through is unobserved. */
import type * as PlotLibrary from '@observablehq/plot'
import { formatNumber, type NumberFormat } from '../../domain/index.ts'
import { withoutUnit } from '../format-interval.ts'
import { type Canvas, type Drawing, pixels } from './drawing.ts'
import { type Corners, crossed, type HeatMap, heatScale, legendHeight, legendMarks, shades } from './heat-map-legend.ts'
import { withoutSharedParts } from './shared-parts.ts'
import { fitText, textWidth } from './text-width.ts'
import { tickLabel } from './ticks.ts'

interface Cell {
  readonly row: number
  readonly column: number
  readonly value: number | null
}

const mostRows = 80
const mostColumns = 60

export function drawHeatMap(figure: HeatMap, canvas: Canvas): Drawing {
  const { labels, notes: reading } = withoutSharedParts(figure.columnLabels)
  const columns = labels.slice(0, mostColumns)
  const rows = figure.rowLabels.slice(0, mostRows)
  const cells = rows.flatMap((_, row) =>
    columns.map((__, column): Cell => {
      const value = figure.values[row * figure.columnLabels.length + column] ?? null
      return { row, column, value: value !== null && Number.isFinite(value) ? value : null }
    }),
  )
  const grid = gridOf(rows, columns)
  const scale = heatScale(figure)
  const { plot } = canvas
  const corners = {
    x1: ({ column }: Cell) => grid.left + column * grid.cellWidth,
    x2: ({ column }: Cell) => grid.left + (column + 1) * grid.cellWidth - grid.gap,
    y1: ({ row }: Cell) => grid.top + row * grid.cellHeight,
    y2: ({ row }: Cell) => grid.top + (row + 1) * grid.cellHeight - grid.gap,
  }
  const byShade = Map.groupBy(cells, ({ value }) => (value === null ? -1 : scale.shadeOf(value)))
  const fills = [...byShade].sort(([a], [b]) => a - b)
  const written = grid.cellWidth >= 34 && grid.cellHeight >= 14
  return {
    notes: [...reading, ...notesOf(figure, rows.length, columns.length)],
    options: {
      width: grid.width,
      height: grid.top + rows.length * grid.cellHeight + 4,
      margin: 0,
      x: { type: 'identity', axis: null },
      y: { type: 'identity', axis: null },
      marks: [
        ...fills.flatMap(([shade, some]) =>
          shade < 0 ? crossed(plot, some, corners) : [plot.rect(some, { ...corners, fill: `var(--h${shade})` })],
        ),
        ...(written ? cellTexts({ fills, figure, canvas, corners, room: grid.cellWidth - 3 }) : []),
        plot.text(rows, {
          x: () => grid.left - 8,
          y: (_, row) => grid.top + (row + 0.5) * grid.cellHeight - grid.gap / 2,
          textAnchor: 'end',
          text: (label: string) => fitText(label, { width: grid.left - 12, fontSize: grid.rowFont }),
          title: (label: string) => label,
          fontSize: grid.rowFont,
          fill: 'currentColor',
        }),
        ...columnMarks({ columns, grid, canvas }),
        ...legendMarks({ figure, canvas, scale, hasUnobserved: byShade.has(-1) }),
      ],
    },
  }
}

interface Grid {
  readonly width: number
  readonly left: number
  readonly top: number
  readonly cellWidth: number
  readonly cellHeight: number
  readonly gap: number
  readonly rowFont: number
  readonly upright: boolean
}

function gridOf(rows: readonly string[], columns: readonly string[]): Grid {
  const width = pixels.wide
  const rowFont = rows.length > 40 ? 9.5 : 11
  const widest = (texts: readonly string[], fontSize: number) =>
    Math.max(0, ...texts.map((text) => textWidth(text, fontSize)))
  const left = Math.min(210, widest(rows, rowFont)) + 14
  const cellWidth = Math.min(72, (width - left - 2) / Math.max(1, columns.length))
  const upright = widest(columns, 11) > cellWidth - 6
  const head = upright ? Math.min(150, widest(columns, 10.5)) + 8 : 18
  return {
    width,
    left,
    top: legendHeight + head,
    cellWidth,
    cellHeight: rows.length > 40 ? 12 : rows.length > 20 ? 16 : 22,
    gap: cellWidth < 9 ? 0.5 : 1,
    rowFont,
    upright,
  }
}

interface ColumnInput {
  readonly columns: readonly string[]
  readonly grid: Grid
  readonly canvas: Canvas
}

function columnMarks({ columns, grid, canvas }: ColumnInput): readonly PlotLibrary.Markish[] {
  const fontSize = grid.upright ? Math.min(10.5, grid.cellWidth - 0.5) : 11
  return [
    canvas.plot.text(columns, {
      x: (_, column) => grid.left + (column + 0.5) * grid.cellWidth,
      y: () => grid.top - 6,
      rotate: grid.upright ? -90 : 0,
      textAnchor: grid.upright ? 'start' : 'middle',
      text: (label: string) => fitText(label, { width: grid.upright ? 150 : grid.cellWidth, fontSize }),
      title: (label: string) => label,
      fontSize,
      fill: 'currentColor',
    }),
  ]
}

interface CellTextInput {
  readonly fills: readonly (readonly [number, readonly Cell[]])[]
  readonly figure: { readonly format: NumberFormat }
  readonly canvas: Canvas
  readonly corners: Corners<Cell>
  readonly room: number
}

function cellTexts({ fills, figure, canvas, corners, room }: CellTextInput): readonly PlotLibrary.Markish[] {
  return fills
    .filter(([shade]) => shade >= 0)
    .map(([shade, some]) =>
      canvas.plot.text(some, {
        x: (cell: Cell) => (corners.x1(cell) + corners.x2(cell)) / 2,
        y: (cell: Cell) => (corners.y1(cell) + corners.y2(cell)) / 2,
        text: ({ value }: Cell) =>
          fitText(withoutUnit(tickLabel(value ?? 0, figure.format)), { width: room, fontSize: 10 }),
        fontSize: 10,
        fill: shade < shades / 2 ? 'var(--h-ink-low)' : 'var(--h-ink-high)',
      }),
    )
}

function notesOf(figure: HeatMap, rows: number, columns: number): readonly string[] {
  const notes: string[] = []
  const allRows = figure.rowLabels.length + figure.omittedRows
  if (rows < allRows) notes.push(`Drawn are ${rows} of ${formatNumber(allRows, 'count')} rows.`)
  if (columns < figure.columnLabels.length) notes.push(`Drawn are ${columns} of ${figure.columnLabels.length} columns.`)
  return notes
}
