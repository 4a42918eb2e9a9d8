/** Draws a figure on the server as SVG text. The plotting library and the document are loaded only here, when asked. */
import type { Figure } from '../../domain/index.ts'
import { cleanText } from '../clean-text.ts'
import { fromJsonNumbers } from '../compose/json-numbers.ts'
import type { FigureRecord } from '../record/figure-record.ts'
import { drawCaterpillar } from './draw-caterpillar.ts'
import { drawCurves } from './draw-curves.ts'
import { drawHeatMap } from './draw-heat-map.ts'
import { drawIntervals } from './draw-intervals.ts'
import { drawSpread } from './draw-spread.ts'
import type { Canvas, Drawing } from './drawing.ts'
import { finishSvg } from './finish-svg.ts'

export interface RenderedFigure {
  readonly wide: string
  /** For narrow screens; a heat map has none and scrolls inside its own box. */
  readonly narrow: string | undefined
  /** What the drawing leaves out. */
  readonly notes: readonly string[]
}

/** `id` becomes the prefix of every id in the drawing and must be unique in the page. */
export async function renderFigure(record: FigureRecord, id: string): Promise<RenderedFigure> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom/worker')])
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const figure = cleanLabels(fromJsonNumbers(record)) as Figure
  const draw = (width: Canvas['width']) => {
    const canvas: Canvas = { plot, width, id: `${id}-${width}` }
    const { options, notes } = drawFigure(figure, canvas)
    const svg = plot.plot({ ...options, document })
    return { svg: finishSvg(svg, { id: canvas.id, title: figure.title, description: figure.description }), notes }
  }
  const wide = draw('wide')
  return {
    wide: wide.svg,
    narrow: figure.kind === 'heat-map' ? undefined : draw('narrow').svg,
    notes: wide.notes,
  }
}

function drawFigure(figure: Figure, canvas: Canvas): Drawing {
  switch (figure.kind) {
    case 'intervals':
      return drawIntervals(figure, canvas)
    case 'spread':
      return drawSpread(figure, canvas)
    case 'heat-map':
      return drawHeatMap(figure, canvas)
    case 'caterpillar':
      return drawCaterpillar(figure, canvas)
    case 'curves':
      return drawCurves(figure, canvas)
    default:
      return figure satisfies never
  }
}

/** Labels come from logs: every text of the figure is cleaned once, here. */
function cleanLabels(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanLabels)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cleanLabels(member)]))
}
