/** Names at the ends of curves, which spare the reader a legend. */
import type * as PlotLibrary from '@observablehq/plot'
import type { Figure } from '../../domain/index.ts'
import type { Canvas } from './drawing.ts'
import { fitText } from './text-width.ts'

export interface CurveBox {
  readonly width: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const fontSize = 11.5
export const lineHeight = 15
/** Bold letters are about a tenth wider. */
export const boldness = 1.12

interface LabelInput {
  readonly series: Extract<Figure, { kind: 'curves' }>['series']
  readonly box: CurveBox
  readonly y: (value: number) => number
  readonly canvas: Canvas
}

/** Names at the curves' ends, pushed apart where curves end together. */
export function endLabels({ series, box, y, canvas }: LabelInput): readonly PlotLibrary.Markish[] {
  const labels = series
    .map(({ label, points }, index) => ({ label, index, at: y(points.at(-1)?.y ?? 0) }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
  const placed: { readonly label: string; readonly index: number; at: number }[] = []
  for (const each of labels)
    placed.push({ ...each, at: Math.max(each.at, (placed.at(-1)?.at ?? box.top - 10) + lineHeight) })
  // What was pushed below the frame goes back up, each no closer than a line to the next.
  let floor = box.bottom + lineHeight
  for (const each of placed.toReversed()) {
    each.at = Math.min(each.at, floor - lineHeight)
    floor = each.at
  }
  return placed.map(({ label, index, at }) =>
    canvas.plot.text([label], {
      frameAnchor: 'top-right',
      textAnchor: 'start',
      lineAnchor: 'middle',
      dx: 8,
      dy: at - box.top,
      text: () => fitText(label, { width: (box.width - box.right - 10) / boldness, fontSize }),
      title: () => label,
      fontSize,
      fontWeight: 600,
      fill: `var(--c${index + 1})`,
    }),
  )
}
