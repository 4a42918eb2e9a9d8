/** A drawing with its title, what it shows in words, what it leaves out, and its data. */
import type { RenderedFigure } from '../figures/render-figure.ts'
import type { FigureRecord } from '../record/figure-record.ts'
import { figureTable } from './data-table.ts'
import { type Html, html, trusted } from './html.ts'
import type { PageLimits } from './page-limits.ts'

export interface FigureBlockInput {
  readonly figure: FigureRecord
  /** Undefined where the page has no room for the drawing; its data are then shown instead. */
  readonly drawing: RenderedFigure | undefined
  readonly limits: PageLimits
}

export function figureBlock({ figure, drawing, limits }: FigureBlockInput): Html {
  const data = figureTable(figure, limits.figureRows)
  return html`<figure class="figure ${figure.kind}"><figcaption><b>${figure.title}</b> <span>${figure.description}</span></figcaption>
${drawing === undefined ? html`<p class="left-out">The drawing is left out to keep this page small.</p>` : drawn(figure, drawing)}
${drawing === undefined || drawing.notes.length === 0 ? undefined : html`<p class="left-out">${drawing.notes.join(' ')}</p>`}
<details class="figure-data"><summary>Data<span class="visually-hidden"> of the figure “${figure.title}”</span></summary>${data}</details>
</figure>`
}

function drawn(figure: FigureRecord, { wide, narrow }: RenderedFigure): Html {
  if (narrow !== undefined) {
    return html`<div class="drawing only-wide">${trusted(wide)}</div><div class="drawing only-narrow">${trusted(narrow)}</div>`
  }
  return html`<div class="drawing scroll" tabindex="0" role="region" aria-label="Drawing: ${figure.title}">${trusted(wide)}</div>`
}
