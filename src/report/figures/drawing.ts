/** What a figure needs to be drawn: the plotting library, a document to draw in, and the room there is. */
import type * as PlotLibrary from '@observablehq/plot'

export interface Canvas {
  readonly plot: typeof PlotLibrary
  /** `narrow` is drawn for telephones: labels stand above their rows, text keeps its size. */
  readonly width: 'wide' | 'narrow'
  /** Unique in the page; prefix of every id inside the drawing. */
  readonly id: string
}

export interface Drawing {
  readonly options: PlotLibrary.PlotOptions
  /** What the drawing leaves out, in words. */
  readonly notes: readonly string[]
}

export const pixels = { wide: 860, narrow: 380 } as const
