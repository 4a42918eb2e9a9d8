/** Curves in a terminal, in plain characters that survive a log file and a monospaced mail. */
import { type Figure, formatNumber } from '../../domain/index.ts'
import { linearTicks, logTicks, tickLabel } from '../figures/ticks.ts'
import { type ValueRange, valueRange } from '../figures/value-range.ts'
import { displayWidth, wrapText } from './display-width.ts'

type Curves = Extract<Figure, { kind: 'curves' }>

export interface PlotSize {
  /** Columns, labels included; at least 40. */
  readonly width: number
  /** Rows of the drawing itself, without axis and legend; at least 4. */
  readonly height: number
}

/** One mark per curve; a later curve is drawn under an earlier one. */
const marks = ['*', 'o', '+', 'x', '#', '@'] as const

/**
 * The curves as lines of text: the vertical axis, the drawing, the horizontal axis, and what each mark stands for.
 *
 * Each column of the drawing shows the curve at the middle of that column, interpolated between its points. Curves past
 * the sixth are not drawn; points that are not finite, or at x ≤ 0 on a logarithmic axis, are left out.
 */
export function textPlot(figure: Curves, { width, height }: PlotSize): readonly string[] {
  const place = (x: number): number => (figure.xScale === 'log' ? Math.log(x) : x)
  const series = figure.series
    .slice(0, marks.length)
    .map(({ label, points }) => ({
      label,
      points: points
        .filter(({ x, y }) => Number.isFinite(place(x)) && Number.isFinite(y))
        .toSorted((a, b) => a.x - b.x),
    }))
    .filter(({ points }) => points.length > 0)
  const all = series.flatMap(({ points }) => points)
  if (all.length === 0) return []
  const yRange = valueRange(
    all.map(({ y }) => y),
    figure.format,
  )
  const yTicks = linearTicks({ ...yRange, count: Math.max(2, Math.floor(height / 2)) })
  const labelRoom = Math.max(...yTicks.map((tick) => displayWidth(tickLabel(tick, figure.format))))
  const columns = width - labelRoom - 2
  const xRange = { lower: Math.min(...all.map(({ x }) => x)), upper: Math.max(...all.map(({ x }) => x)) }
  const rowOf = (y: number): number => Math.round(((yRange.upper - y) / (yRange.upper - yRange.lower)) * (height - 1))
  const grid = Array.from({ length: height }, () => new Array<string>(columns).fill(' '))
  for (const [index, { points }] of [...series.entries()].reverse()) {
    for (let column = 0; column < columns; column++) {
      const share = columns === 1 ? 0 : column / (columns - 1)
      const at = place(xRange.lower) + share * (place(xRange.upper) - place(xRange.lower))
      const y = interpolated(
        points.map((point) => ({ x: place(point.x), y: point.y })),
        at,
      )
      const row = y === undefined ? undefined : grid[rowOf(y)]
      if (row !== undefined) row[column] = marks[index] ?? '*'
    }
  }
  const labels = new Map(yTicks.map((tick) => [rowOf(tick), tickLabel(tick, figure.format)]))
  const margin = ' '.repeat(labelRoom)
  const legend = series.map(({ label }, index) => `${marks[index]} ${label}`).join('   ')
  return [
    figure.yAxis,
    ...grid.map((cells, row) => `${(labels.get(row) ?? '').padStart(labelRoom)} |${cells.join('').trimEnd()}`),
    `${margin} +${'-'.repeat(columns)}`,
    `${margin}  ${axisLabels(figure, { columns, range: xRange, place })}`,
    ...wrapText(`${figure.xAxis}:   ${legend}`, width),
  ]
}

/** Undefined outside the points of the curve. */
function interpolated(points: readonly { readonly x: number; readonly y: number }[], at: number): number | undefined {
  const slack = 1e-9 * Math.max(1, Math.abs(at))
  for (const [i, right] of points.entries()) {
    if (at > right.x + slack) continue
    const left = points[i - 1]
    if (left === undefined || right.x === left.x) return at < right.x - slack ? undefined : right.y
    return left.y + ((at - left.x) / (right.x - left.x)) * (right.y - left.y)
  }
  return undefined
}

interface Axis {
  readonly columns: number
  readonly range: ValueRange
  readonly place: (x: number) => number
}

/** Tick labels centred under their columns; one that would touch its neighbour is left out. */
function axisLabels(figure: Curves, { columns, range, place }: Axis): string {
  const ticks = (figure.xScale === 'log' ? logTicks : linearTicks)({
    ...range,
    count: Math.max(2, Math.floor(columns / 9)),
  })
  const line = new Array<string>(columns).fill(' ')
  let free = 0
  for (const tick of ticks) {
    const label = tick >= 1 ? formatNumber(tick, 'number') : String(Number(tick.toPrecision(3)))
    const width = place(range.upper) - place(range.lower)
    const middle = width === 0 ? 0 : ((place(tick) - place(range.lower)) / width) * (columns - 1)
    const start = Math.min(columns - label.length, Math.max(0, Math.round(middle - label.length / 2)))
    if (start < free) continue
    for (const [i, letter] of [...label].entries()) line[start + i] = letter
    free = start + label.length + 1
  }
  return line.join('').trimEnd()
}
