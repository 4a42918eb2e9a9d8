/** Variants by score over the band that the scores would stay in if variants made no difference. */
import { type Figure, formatNumber } from '../../domain/index.ts'
import { formatInterval } from '../format-interval.ts'
import type { Canvas, Drawing } from './drawing.ts'
import { drawRowChart } from './row-chart.ts'

export function drawSpread(figure: Extract<Figure, { kind: 'spread' }>, canvas: Canvas): Drawing {
  const { nullBand, center, format } = figure
  const expected = formatInterval(nullBand, format)
  const level = formatNumber(nullBand.level, 'rate').replace('.0 %', ' %')
  return drawRowChart(
    {
      ...figure,
      order: 'by-value',
      include: [nullBand.lower, nullBand.upper, center],
      headings: [
        {
          at: (nullBand.lower + nullBand.upper) / 2,
          wordings: [
            `If variants made no difference: ${expected} (${level} band)`,
            `No difference: ${expected} (${level})`,
            'No-difference band',
          ],
        },
      ],
      under: ({ top, bottom }) => [
        canvas.plot.rect([nullBand], {
          x1: nullBand.lower,
          x2: nullBand.upper,
          y1: top - 8,
          y2: bottom,
          fill: 'var(--band)',
        }),
        canvas.plot.ruleX([nullBand.lower, nullBand.upper], {
          y1: top - 8,
          y2: bottom,
          stroke: 'var(--band-edge)',
          strokeWidth: 1.5,
        }),
        canvas.plot.ruleX([center], { y1: top, y2: bottom, stroke: 'var(--band-edge)', strokeDasharray: '4 3' }),
      ],
      stands: ({ value }) => (value < nullBand.lower || value > nullBand.upper ? 'out' : 'in'),
    },
    canvas,
  )
}
