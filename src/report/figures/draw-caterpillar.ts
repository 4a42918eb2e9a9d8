/** Subgroups by value with simultaneous intervals, against the value of all of them together. */
import { type Figure, formatNumber } from '../../domain/index.ts'
import type { Canvas, Drawing } from './drawing.ts'
import { drawRowChart } from './row-chart.ts'

export function drawCaterpillar(figure: Extract<Figure, { kind: 'caterpillar' }>, canvas: Canvas): Drawing {
  const { overall, format } = figure
  const drawn = Number.isFinite(overall)
  return drawRowChart(
    {
      ...figure,
      order: 'by-value',
      include: [overall],
      headings: drawn ? [{ at: overall, wordings: [`All together ${formatNumber(overall, format)}`, 'All'] }] : [],
      under: ({ top, bottom }) =>
        drawn
          ? [canvas.plot.ruleX([overall], { y1: top - 8, y2: bottom, stroke: 'var(--band-edge)', strokeWidth: 1.5 })]
          : [],
      // An interval that leaves the overall value out is what a reader should find first.
      stands: ({ lower, upper }) => (drawn && (lower > overall || upper < overall) ? 'out' : 'in'),
    },
    canvas,
  )
}
