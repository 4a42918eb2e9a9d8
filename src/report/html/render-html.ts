/** The report as one self-contained page: no request leaves it, it reads without scripts, and it stays under 3 MB. */
import type { ReportDocument } from '../document.ts'
import { type RenderedFigure, renderFigure } from '../figures/render-figure.ts'
import type { FigureRecord } from '../record/figure-record.ts'
import { contents, themeSwitch } from './contents.ts'
import { type Html, html, trusted } from './html.ts'
import { inputs } from './inputs.ts'
import { ledger } from './ledger.ts'
import { overview } from './overview.ts'
import { pageHead } from './page-head.ts'
import { mostPageBytes, type PageLimits, pageLimits } from './page-limits.ts'
import { pageScript } from './page-script.ts'
import { problemList } from './problem-list.ts'
import { questionSection } from './question-section.ts'
import { reproduction } from './reproduction.ts'
import { styleFoundation } from './style-foundation.ts'
import { styleLayout } from './style-layout.ts'
import { styleParts } from './style-parts.ts'
import { stylePrint } from './style-print.ts'

export async function renderHtml(document: ReportDocument): Promise<string> {
  const style = [styleFoundation, styleLayout, styleParts, stylePrint].join('').replaceAll('\n', '')
  const head = await pageHead({ title: `${document.title}: evidence`, style, script: pageScript })
  const drawn = await drawFigures(document, pageLimits[0]?.drawingBytes ?? 0)
  let page = ''
  for (const limits of pageLimits) {
    page = `<!doctype html>\n${
      html`<html lang="en">
${head}
${body({ document, limits, drawn })}
</html>
`.markup
    }`
    if (bytesOf(page) <= mostPageBytes) break
  }
  return page
}

interface Drawn {
  readonly figure: FigureRecord
  readonly drawing: RenderedFigure
  /** Bytes of this drawing and all before it. */
  readonly total: number
}

interface BodyInput {
  readonly document: ReportDocument
  readonly limits: PageLimits
  readonly drawn: readonly Drawn[]
}

function body({ document, limits, drawn }: BodyInput): Html {
  const kept = drawn.filter(({ total }) => total <= limits.drawingBytes)
  const drawings = new Map(kept.map(({ figure, drawing }) => [figure, drawing]))
  return html`<body>
<a class="skip" href="#main">Skip to the report</a>
<div class="page">
<header class="masthead"><p class="eyebrow">Assay evidence report</p><h1>${document.title}</h1>${themeSwitch()}</header>
${contents(document)}
<main id="main">
${overview(document)}
${reproduction(document, limits)}
${document.sections.map((section, index) => questionSection(section, index, { document, limits, drawings }))}
${ledger(document, limits)}
${problemList(document, limits)}
${inputs(document, limits)}
</main>
<footer class="colophon"><p>assay ${document.assay.version}, seed ${document.seed}, input <code class="hash">${document.inputHash}</code></p></footer>
</div>
<script>${trusted(pageScript)}</script>
</body>`
}

/** Figures in the order of the page until the room for drawings is used up. */
async function drawFigures({ sections }: ReportDocument, room: number): Promise<readonly Drawn[]> {
  const drawn: Drawn[] = []
  let total = 0
  const figures = sections.flatMap(({ analyses }) => analyses.flatMap((analysis) => analysis.figures))
  for (const [index, figure] of figures.entries()) {
    if (total > room) break
    const drawing = await renderFigure(figure, `figure-${index + 1}`)
    total += bytesOf(drawing.wide) + bytesOf(drawing.narrow ?? '')
    drawn.push({ figure, drawing, total })
  }
  return drawn
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
