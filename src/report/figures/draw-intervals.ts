/** Forest plot: estimates with intervals, in groups, against a reference line where there is one. */
import type { Figure } from '../../domain/index.ts'
import type { Canvas, Drawing } from './drawing.ts'
import { drawRowChart } from './row-chart.ts'

export function drawIntervals(figure: Extract<Figure, { kind: 'intervals' }>, canvas: Canvas): Drawing {
  const { reference } = figure
  return drawRowChart(
    {
      ...figure,
      order: 'given',
      include: reference === undefined ? [] : [reference],
      headings: [],
      under: ({ top, bottom }) =>
        reference === undefined
          ? []
          : [canvas.plot.ruleX([reference], { y1: top, y2: bottom, stroke: 'var(--muted)', strokeDasharray: '4 3' })],
      stands: () => 'in',
    },
    canvas,
  )
}
