/** The marks of a row chart: headings, intervals with their points, labels and values. */
import type * as PlotLibrary from '@observablehq/plot'
import { formatNumber, type IntervalRow, type NumberFormat } from '../../domain/index.ts'
import { formatInterval } from '../format-interval.ts'
import type { Canvas } from './drawing.ts'
import { type RowChart, type RowFrame, rowFont, rowValueText } from './row-frame.ts'
import type { Slot } from './row-slots.ts'
import { fitText, textWidth } from './text-width.ts'

interface MarkInput {
  readonly chart: RowChart
  readonly canvas: Canvas
  readonly frame: RowFrame
}

export function headingMarks(
  input: MarkInput & { readonly x: (value: number) => number },
): readonly PlotLibrary.Markish[] {
  const { chart, canvas, frame, x } = input
  return chart.headings.map(({ at, wordings }) => {
    const fits = (text: string) => textWidth(text, rowFont.axis) <= frame.width - 8
    const text = wordings.find(fits) ?? ''
    const half = textWidth(text, rowFont.axis) / 2
    const center = Math.min(Math.max(x(at), half + 2), frame.width - half - 2)
    return canvas.plot.text([text], {
      frameAnchor: 'top-left',
      textAnchor: 'middle',
      dx: center - frame.left,
      dy: -18,
      fontSize: rowFont.axis,
      fill: 'var(--band-ink)',
      fontWeight: 600,
    })
  })
}

interface RowMarkInput extends MarkInput {
  readonly rows: readonly Extract<Slot, { readonly kind: 'row' }>[]
  readonly range: { readonly lower: number; readonly upper: number }
}

export function rowMarks({ rows, chart, canvas, frame, range }: RowMarkInput): readonly PlotLibrary.Markish[] {
  const { plot } = canvas
  const narrow = canvas.width === 'narrow'
  const above = frame.labelPlace === 'above'
  const drop = above ? 8 : 0
  const inside = (value: number) => Math.min(Math.max(value, range.lower), range.upper)
  const cut = (side: 'lower' | 'upper') => rows.filter(({ row }) => Math.abs(row[side]) === Number.POSITIVE_INFINITY)
  const marks: PlotLibrary.Markish[] = []
  for (const stands of ['in', 'out'] as const) {
    const some = rows.filter(({ row }) => chart.stands(row) === stands)
    if (some.length === 0) continue
    const color = stands === 'out' ? 'var(--alert)' : 'var(--mark)'
    marks.push(
      plot.link(some, {
        x1: ({ row }) => inside(row.lower),
        x2: ({ row }) => inside(row.upper),
        y1: ({ y }) => y + drop,
        y2: ({ y }) => y + drop,
        stroke: color,
        strokeWidth: 2,
        strokeLinecap: 'round',
      }),
      plot.dot(some, {
        x: ({ row }) => inside(row.value),
        y: ({ y }) => y + drop,
        r: 4,
        symbol: stands === 'out' ? 'diamond' : 'circle',
        fill: stands === 'out' ? color : 'var(--surface)',
        stroke: color,
        strokeWidth: 2,
        title: ({ row }) => titleOf(row, chart.format),
      }),
    )
  }
  for (const [side, arrow] of [
    ['lower', '←'],
    ['upper', '→'],
  ] as const) {
    const some = cut(side)
    if (some.length === 0) continue
    const x = side === 'lower' ? range.lower : range.upper
    marks.push(
      plot.text(some, { x: () => x, y: ({ y }) => y + drop, text: () => arrow, fill: 'var(--mark)', fontSize: 12 }),
    )
  }
  const labelRoom = narrow ? frame.right - frame.left - 84 : above ? frame.right - frame.left : frame.left - 16
  marks.push(
    plot.text(rows, {
      y: ({ y }) => y - drop,
      frameAnchor: 'left',
      textAnchor: above ? 'start' : 'end',
      dx: -12,
      text: ({ row }) => fitText(row.label, { width: labelRoom, fontSize: rowFont.label }),
      title: ({ row }) => row.label,
      ...(above ? halo : {}),
      fontSize: rowFont.label,
      fill: 'currentColor',
    }),
    plot.text(rows, {
      y: ({ y }) => y + (narrow ? -8 : drop),
      frameAnchor: 'right',
      textAnchor: narrow ? 'end' : 'start',
      dx: 12,
      text: ({ row }) => rowValueText({ row, format: chart.format, canvas }),
      fontSize: rowFont.value,
      fontVariant: 'tabular-nums',
      fill: 'var(--muted)',
    }),
  )
  return marks
}

interface CaptionInput {
  readonly slots: readonly Slot[]
  readonly canvas: Canvas
  readonly frame: RowFrame
}

/** Keeps letters readable where grid lines run behind them. */
const halo = { stroke: 'var(--surface)', strokeWidth: 4, strokeOpacity: 0.75 } as const

export function captionMarks({ slots, canvas, frame }: CaptionInput): readonly PlotLibrary.Markish[] {
  const captions = slots.filter((slot) => slot.kind !== 'row')
  const above = frame.labelPlace === 'above'
  const start = above ? -12 : -frame.left + 2
  return captions.map((slot) =>
    canvas.plot.text([slot], {
      y: () => slot.y,
      frameAnchor: 'left',
      textAnchor: slot.kind === 'group' || above ? 'start' : 'end',
      dx: slot.kind === 'group' || above ? start : -12,
      // Bold letters are about a tenth wider.
      text: () => fitText(slot.text, { width: (frame.width - 24) / 1.12, fontSize: rowFont.label }),
      fontSize: rowFont.label,
      ...(above ? halo : {}),
      fontWeight: slot.kind === 'group' ? 700 : 400,
      fontStyle: slot.kind === 'group' ? 'normal' : 'italic',
      fill: slot.kind === 'group' ? 'currentColor' : 'var(--muted)',
    }),
  )
}

function titleOf(row: IntervalRow, format: NumberFormat): string {
  const interval = formatInterval(row, format)
  return `${row.label}: ${formatNumber(row.value, format)} (${interval}), n = ${formatNumber(row.n, 'count')}`
}
