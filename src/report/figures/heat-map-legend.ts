/** The shades of a heat map and the key that explains them. */
import type * as PlotLibrary from '@observablehq/plot'
import type { Figure } from '../../domain/index.ts'
import type { Canvas } from './drawing.ts'
import { textWidth } from './text-width.ts'
import { tickLabel } from './ticks.ts'

export type HeatMap = Extract<Figure, { kind: 'heat-map' }>

export const shades = 10
export const legendHeight = 34

export interface HeatScale {
  readonly lower: number
  readonly upper: number
  readonly shadeOf: (value: number) => number
}

export function heatScale({ values, format }: HeatMap): HeatScale {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  const wholeScale = format === 'rate' || known.every((value) => value === 0 || value === 1)
  const lower = wholeScale ? 0 : known.reduce((a, b) => Math.min(a, b))
  const upper = wholeScale ? 1 : known.reduce((a, b) => Math.max(a, b))
  const shadeOf = (value: number) =>
    upper > lower
      ? Math.min(shades - 1, Math.max(0, Math.floor(((value - lower) / (upper - lower)) * shades)))
      : Math.floor(shades / 2)
  return { lower, upper, shadeOf }
}

interface LegendInput {
  readonly figure: HeatMap
  readonly canvas: Canvas
  readonly scale: HeatScale
  readonly hasUnobserved: boolean
}

export function legendMarks({ figure, canvas, scale, hasUnobserved }: LegendInput): readonly PlotLibrary.Markish[] {
  const { plot } = canvas
  const low = tickLabel(scale.lower, figure.format)
  const high = tickLabel(scale.upper, figure.format)
  const start = textWidth(low, 11) + 10
  const end = start + shades * 14
  const text = { y: () => 12, fontSize: 11, fill: 'var(--muted)', textAnchor: 'start' } as const
  const swatch = (x: number, width: number, fill: string) =>
    plot.rect([0], { x1: () => x, x2: () => x + width, y1: () => 6, y2: () => 18, fill })
  const none = end + textWidth(high, 11) + 34
  return [
    plot.text([low], { ...text, x: () => 2, text: () => low }),
    ...Array.from({ length: shades }, (_, shade) => swatch(start + shade * 14, 14, `var(--h${shade})`)),
    plot.text([high], { ...text, x: () => end + 8, text: () => high }),
    ...(hasUnobserved
      ? [
          ...crossed(plot, [0], { x1: () => none, x2: () => none + 14, y1: () => 6, y2: () => 18 }),
          plot.text(['none'], { ...text, x: () => none + 22, text: () => 'no observation' }),
        ]
      : []),
  ]
}

export type Corners<Of> = Readonly<Record<'x1' | 'x2' | 'y1' | 'y2', (of: Of) => number>>

/** An unobserved cell: an outline with a stroke through it, unlike any shade. */
export function crossed<Of>(
  plot: Canvas['plot'],
  some: readonly Of[],
  corners: Corners<Of>,
): readonly PlotLibrary.Markish[] {
  return [
    plot.rect([...some], { ...corners, fill: 'var(--surface)', stroke: 'var(--grid)', strokeWidth: 0.5 }),
    plot.link([...some], { ...corners, stroke: 'var(--hatch)', strokeWidth: 1 }),
  ]
}
