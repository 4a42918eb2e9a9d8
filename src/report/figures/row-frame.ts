/** What a row chart is to show, and the room that its labels and values leave for the plot. */
import type * as PlotLibrary from '@observablehq/plot'
import { formatNumber, type IntervalRow, type NumberFormat } from '../../domain/index.ts'
import { formatInterval } from '../format-interval.ts'
import { type Canvas, pixels } from './drawing.ts'
import type { LabelPlace, RowOrder } from './row-slots.ts'
import { textWidth } from './text-width.ts'

export interface RowChart {
  readonly rows: readonly IntervalRow[]
  readonly order: RowOrder
  readonly format: NumberFormat
  readonly axis: string
  /** Values that must be on the axis besides the rows: a reference, the ends of a band. */
  readonly include: readonly number[]
  /** Text above the plot at a value; of several wordings the first that fits is used. */
  readonly headings: readonly { readonly at: number; readonly wordings: readonly string[] }[]
  /** Marks drawn below the rows. `top` and `bottom` are pixels. */
  readonly under: (frame: { readonly top: number; readonly bottom: number }) => readonly PlotLibrary.Markish[]
  readonly stands: (row: IntervalRow) => 'out' | 'in'
}

export interface RowFrame {
  readonly labelPlace: LabelPlace
  readonly width: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const rowFont = { label: 12, value: 11.5, axis: 11.5 } as const

/** A few long names are better read whole than kept beside their rows. */
export function labelPlaceOf(rows: readonly IntervalRow[], canvas: Canvas): LabelPlace {
  if (canvas.width === 'narrow') return 'above'
  const longest = Math.max(0, ...rows.map(({ label }) => textWidth(label, rowFont.label)))
  return rows.length <= 16 && longest > mostLabelWidth ? 'above' : 'beside'
}

const mostLabelWidth = 300

interface FrameInput {
  readonly chart: RowChart
  readonly canvas: Canvas
  readonly rows: readonly IntervalRow[]
  readonly height: number
  readonly labelPlace: LabelPlace
}

export function rowFrame({ chart, canvas, rows, height, labelPlace }: FrameInput): RowFrame {
  const width = pixels[canvas.width]
  const top = chart.headings.length > 0 ? 30 : 6
  const bottom = top + height + 4
  if (canvas.width === 'narrow') return { labelPlace, width, left: 20, right: width - 20, top, bottom }
  const widest = (texts: readonly string[], fontSize: number) =>
    Math.max(0, ...texts.map((text) => textWidth(text, fontSize)))
  const labels = Math.min(
    mostLabelWidth,
    widest(
      rows.map(({ label }) => label),
      rowFont.label,
    ),
  )
  const values = widest(
    rows.map((row) => rowValueText({ row, format: chart.format, canvas })),
    rowFont.value,
  )
  const left = labelPlace === 'above' ? 20 : Math.max(24, labels + 16)
  return { labelPlace, width, left, right: width - Math.max(24, values + 16), top, bottom }
}

interface ValueTextInput {
  readonly row: IntervalRow
  readonly format: NumberFormat
  readonly canvas: Canvas
}

export function rowValueText({ row, format, canvas }: ValueTextInput): string {
  const value = formatNumber(row.value, format)
  return canvas.width === 'narrow' ? value : `${value} (${formatInterval(row, format)})`
}
