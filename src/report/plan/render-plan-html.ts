/** A plan as one self-contained page in the dress of the report: no request leaves it, and it reads without scripts. */
import { toJsonNumbers } from '../compose/json-numbers.ts'
import { renderFigure } from '../figures/render-figure.ts'
import { themeSwitch } from '../html/contents.ts'
import { dataTable } from '../html/data-table.ts'
import { figureBlock } from '../html/figure-block.ts'
import { type Html, html, trusted } from '../html/html.ts'
import { pageHead } from '../html/page-head.ts'
import { pageLimits } from '../html/page-limits.ts'
import { pageScript } from '../html/page-script.ts'
import { styleFoundation } from '../html/style-foundation.ts'
import { styleLayout } from '../html/style-layout.ts'
import { styleParts } from '../html/style-parts.ts'
import { stylePrint } from '../html/style-print.ts'
import { figureRecord, tableRecord } from '../record/figure-record.ts'
import type { PlanDocument } from './plan-document.ts'

export interface PlanPageOptions {
  /** Version of this program, for the foot of the page. */
  readonly version: string
}

export async function renderPlanHtml(document: PlanDocument, { version }: PlanPageOptions): Promise<string> {
  const style = [styleFoundation, styleLayout, styleParts, stylePrint].join('').replaceAll('\n', '')
  const head = await pageHead({ title: document.title, style, script: pageScript })
  const records = document.figures.map((figure) => figureRecord.parse(toJsonNumbers(figure)))
  const figures = await Promise.all(
    records.map(async (figure, index) => ({ figure, drawing: await renderFigure(figure, `figure-${index + 1}`) })),
  )
  const [limits] = pageLimits
  if (limits === undefined) throw new Error('the page has no limits')
  const body = html`<body>
<a class="skip" href="#main">Skip to the plan</a>
<div class="page">
<header class="masthead"><p class="eyebrow">Assay plan</p><h1>${document.title}</h1>${themeSwitch()}</header>
<nav class="contents" aria-label="Contents"><ol><li><a href="#answer">The plan</a></li><li><a href="#figures">Curves</a></li><li><a href="#tables">Tables</a></li><li><a href="#notes">What this rests on</a></li></ol></nav>
<main id="main">
<section id="answer"><h2>The plan</h2>${paragraphs(document.answer)}</section>
<section id="figures"><h2>Curves</h2>${figures.map(({ figure, drawing }) => figureBlock({ figure, drawing, limits }))}</section>
<section id="tables"><h2>Tables</h2>${document.tables.map(({ table }) => dataTable(tableRecord.parse(toJsonNumbers(table)), limits.tableRows))}</section>
<section id="notes"><h2>What this rests on</h2><ul>${document.notes.map((note) => html`<li>${note}</li>`)}</ul></section>
</main>
<footer class="colophon"><p>assay ${version}</p></footer>
</div>
<script>${trusted(pageScript)}</script>
</body>`
  return `<!doctype html>\n${
    html`<html lang="en">
${head}
${body}
</html>
`.markup
  }`
}

function paragraphs(sentences: readonly string[]): readonly Html[] {
  return sentences.map((text) => html`<p>${text}</p>`)
}
