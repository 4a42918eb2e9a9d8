/** Rows of estimates with intervals on one axis: what forest plots, variant spreads and caterpillars have in common. */
import type { Canvas, Drawing } from './drawing.ts'
import { labelPlaceOf, type RowChart, rowFont, rowFrame } from './row-frame.ts'
import { captionMarks, headingMarks, rowMarks } from './row-marks.ts'
import { rowSlots } from './row-slots.ts'
import { withoutSharedParts } from './shared-parts.ts'
import { fitText, textWidth } from './text-width.ts'
import { linearTicks, tickLabel } from './ticks.ts'
import { valueRange } from './value-range.ts'

export function drawRowChart(chart: RowChart, canvas: Canvas): Drawing {
  const { plot } = canvas
  const { labels, notes: reading } = withoutSharedParts(chart.rows.map(({ label }) => label))
  const labelled = chart.rows.map((row, index) => ({ ...row, label: labels[index] ?? row.label }))
  const labelPlace = labelPlaceOf(labelled, canvas)
  const { slots, height, notes } = rowSlots(labelled, chart.order, labelPlace)
  const rows = slots.filter((slot) => slot.kind === 'row')
  const shown = rows.map(({ row }) => row)
  const range = valueRange(
    [...shown.flatMap(({ value, lower, upper }) => [value, lower, upper]), ...chart.include],
    chart.format,
  )
  const frame = rowFrame({ chart, canvas, rows: shown, height, labelPlace })
  const placed = slots.map((slot) => ({ ...slot, y: slot.y + frame.top }))
  const x = (value: number) =>
    frame.left + ((value - range.lower) / (range.upper - range.lower)) * (frame.right - frame.left)
  const axis = fitText(chart.axis, { width: frame.width - 8, fontSize: rowFont.axis })
  const ticks = linearTicks({ ...range, count: Math.floor((frame.right - frame.left) / 68) })
  return {
    notes: [...reading, ...notes],
    options: {
      width: frame.width,
      height: frame.bottom + 48,
      marginLeft: frame.left,
      marginRight: frame.width - frame.right,
      marginTop: frame.top,
      marginBottom: 48,
      x: { domain: [range.lower, range.upper], axis: null },
      y: { type: 'identity', axis: null },
      marks: [
        plot.ruleX(ticks, { stroke: 'var(--grid)', y1: frame.top, y2: frame.bottom }),
        ...chart.under({ top: frame.top, bottom: frame.bottom }),
        plot.text(ticks, {
          x: (tick: number) => tick,
          text: (tick: number) => tickLabel(tick, chart.format),
          frameAnchor: 'bottom',
          dy: 18,
          fontSize: rowFont.axis,
          fill: 'var(--muted)',
        }),
        plot.text([axis], {
          frameAnchor: 'bottom-left',
          textAnchor: 'start',
          // A long axis title starts further left rather than running out of the drawing.
          dx: Math.min(0, frame.width - 4 - frame.left - textWidth(axis, rowFont.axis)),
          dy: 36,
          fontSize: rowFont.axis,
          fill: 'var(--muted)',
        }),
        ...headingMarks({ chart, canvas, frame, x }),
        ...rowMarks({ rows: placed.filter((slot) => slot.kind === 'row'), chart, canvas, frame, range }),
        ...captionMarks({ slots: placed, canvas, frame }),
      ],
    },
  }
}
