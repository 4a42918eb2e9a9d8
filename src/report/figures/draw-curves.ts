/** Curves with bands, each named at its end: power against n, pass@k against k, score against cost. */
import type * as PlotLibrary from '@observablehq/plot'
import { type Figure, formatNumber, type NumberFormat } from '../../domain/index.ts'
import { boldness, type CurveBox, endLabels, fontSize, lineHeight } from './curve-labels.ts'
import { type Canvas, type Drawing, pixels } from './drawing.ts'
import { fitText, textWidth } from './text-width.ts'
import { linearTicks, logTicks, tickLabel } from './ticks.ts'
import { type ValueRange, valueRange } from './value-range.ts'

type Curves = Extract<Figure, { kind: 'curves' }>
type Point = Curves['series'][number]['points'][number]

const mostSeries = 8
const dashes = ['none', '7 3', '2 3', '9 3 2 3', 'none', '7 3', '2 3', '9 3 2 3'] as const

export function drawCurves(figure: Curves, canvas: Canvas): Drawing {
  const { plot } = canvas
  const notes: string[] = []
  if (figure.series.length > mostSeries) notes.push(`Drawn are ${mostSeries} of ${figure.series.length} curves.`)
  const usable = ({ x, y }: Point) => Number.isFinite(x) && Number.isFinite(y) && (figure.xScale === 'linear' || x > 0)
  const series = figure.series
    .slice(0, mostSeries)
    .map(({ label, points }) => ({ label, points: points.filter(usable).toSorted((a, b) => a.x - b.x) }))
    .filter(({ points }) => points.length > 0)
  const all = series.flatMap(({ points }) => points)
  const yRange = valueRange(
    all.flatMap(({ y, lower, upper }) => [y, lower ?? y, upper ?? y]),
    figure.format,
  )
  const xRange = extentOf(all, figure.xScale)
  const box = boxOf({ figure, series, canvas, yRange })
  const whole = all.every(({ x }) => Number.isInteger(x))
  const xTicks = (figure.xScale === 'log' ? logTicks : linearTicks)({
    ...xRange,
    count: Math.max(2, Math.floor((box.right - box.left) / 50)),
  }).filter((tick) => !whole || Number.isInteger(tick))
  const yTicks = linearTicks({ ...yRange, count: 6 })
  const y = (value: number) =>
    box.bottom - ((value - yRange.lower) / (yRange.upper - yRange.lower)) * (box.bottom - box.top)
  const text = { fontSize, fill: 'var(--muted)' }
  return {
    notes,
    options: {
      width: box.width,
      height: box.bottom + 48,
      marginLeft: box.left,
      marginRight: box.width - box.right,
      marginTop: box.top,
      marginBottom: 48,
      x: { type: figure.xScale, domain: [xRange.lower, xRange.upper], axis: null },
      y: { domain: [yRange.lower, yRange.upper], axis: null },
      marks: [
        plot.ruleY(yTicks, { stroke: 'var(--grid)' }),
        plot.ruleY([yRange.lower], { stroke: 'var(--muted)' }),
        plot.text(yTicks, {
          ...text,
          y: (tick: number) => tick,
          frameAnchor: 'left',
          textAnchor: 'end',
          dx: -8,
          text: (tick: number) => tickLabel(tick, figure.format),
        }),
        plot.text(xTicks, {
          ...text,
          x: (tick: number) => tick,
          frameAnchor: 'bottom',
          dy: 17,
          text: (tick: number) => tickLabel(tick, 'number'),
        }),
        plot.text([fitText(figure.yAxis, { width: box.width - 4, fontSize })], {
          ...text,
          frameAnchor: 'top-left',
          textAnchor: 'start',
          dx: 2 - box.left,
          dy: -18,
        }),
        plot.text([fitText(figure.xAxis, { width: box.width - box.left - 4, fontSize })], {
          ...text,
          frameAnchor: 'bottom-left',
          textAnchor: 'start',
          dy: 35,
        }),
        ...series.flatMap(({ points }, index) => curveMarks({ points, index, canvas, figure })),
        ...endLabels({ series, box, y, canvas }),
      ],
    },
  }
}

interface CurveInput {
  readonly points: readonly Point[]
  readonly index: number
  readonly canvas: Canvas
  readonly figure: Curves
}

function curveMarks({ points, index, canvas, figure }: CurveInput): readonly PlotLibrary.Markish[] {
  const { plot } = canvas
  const color = `var(--c${index + 1})`
  const banded = points.filter(({ lower, upper }) => Number.isFinite(lower) && Number.isFinite(upper))
  const title = ({ x, y }: Point) => `${formatNumber(x, 'number')}: ${formatNumber(y, figure.format)}`
  return [
    ...(banded.length > 1
      ? [plot.areaY(banded, { x: 'x', y1: 'lower', y2: 'upper', fill: color, fillOpacity: 0.13 })]
      : []),
    plot.line(points, { x: 'x', y: 'y', stroke: color, strokeWidth: 2, strokeDasharray: dashes[index] ?? 'none' }),
    ...(points.length <= 24 ? [plot.dot(points, { x: 'x', y: 'y', r: 3, fill: color, title })] : []),
  ]
}

interface BoxInput {
  readonly figure: Curves
  readonly series: Curves['series']
  readonly canvas: Canvas
  readonly yRange: ValueRange
}

function boxOf({ figure, series, canvas, yRange }: BoxInput): CurveBox {
  const width = pixels[canvas.width]
  const tickRoom = Math.max(...linearTicks({ ...yRange, count: 6 }).map((tick) => widthOfTick(tick, figure.format)))
  const longest = canvas.width === 'wide' ? 220 : 104
  const labelRoom = Math.min(longest, Math.max(0, ...series.map(({ label }) => textWidth(label, fontSize) * boldness)))
  const tall = Math.max(canvas.width === 'wide' ? 270 : 220, series.length * lineHeight + 40)
  return { width, left: Math.max(24, tickRoom + 12), right: width - labelRoom - 16, top: 32, bottom: 32 + tall }
}

function extentOf(points: readonly Point[], scale: Curves['xScale']): ValueRange {
  const xs = points.map(({ x }) => x)
  const lower = Math.min(...xs)
  const upper = Math.max(...xs)
  if (points.length === 0) return scale === 'log' ? { lower: 1, upper: 10 } : { lower: 0, upper: 1 }
  if (lower < upper) return { lower, upper }
  return scale === 'log' ? { lower: lower / 2, upper: upper * 2 } : { lower: lower - 1, upper: upper + 1 }
}

function widthOfTick(tick: number, format: NumberFormat): number {
  return textWidth(tickLabel(tick, format), fontSize)
}
