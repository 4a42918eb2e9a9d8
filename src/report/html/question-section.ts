/** One of the six sections: what was found, drawn, counted and assumed for one question. */
import type { AnalysisRecord, ReportDocument, SectionRecord } from '../document.ts'
import type { RenderedFigure } from '../figures/render-figure.ts'
import { questionWords, statusWords } from '../question-words.ts'
import type { StatementRecord } from '../record/coded-record.ts'
import type { FigureRecord } from '../record/figure-record.ts'
import { sentence } from '../sentence.ts'
import { foldingTable } from './data-table.ts'
import { evidenceTable } from './evidence-table.ts'
import { figureBlock } from './figure-block.ts'
import { type Html, html } from './html.ts'
import { statusIcon } from './icons.ts'
import { leftOut } from './left-out.ts'
import type { PageLimits } from './page-limits.ts'
import { problemItem } from './problem-item.ts'

export interface SectionPart {
  readonly document: ReportDocument
  readonly limits: PageLimits
  readonly drawings: ReadonlyMap<FigureRecord, RenderedFigure>
}

export function questionSection(section: SectionRecord, index: number, part: SectionPart): Html {
  const { question, status, headline, analyses } = section
  const { name, asks } = questionWords[question]
  return html`<section id="${question}" class="question" aria-labelledby="${question}-title">
<header><p class="status ${status}">${statusIcon(status)} ${statusWords[status]}</p>
<h2 id="${question}-title"><span class="ordinal">${String(index + 1)}</span> ${name} <small>${asks}</small></h2></header>
${analyses.length === 0 ? html`<p class="lead">${headline.text}</p>${need(headline)}` : undefined}
${analyses.map((analysis) => analysisPart(analysis, { ...part, alone: analyses.length === 1 }))}
</section>`
}

/** Beside its section's own answer, that of the only analysis would be said twice. */
function analysisPart(analysis: AnalysisRecord, part: SectionPart & { readonly alone: boolean }): Html {
  const { name, title, status, statements, evidence, problems, figures, tables } = analysis
  const { document, limits, drawings, alone } = part
  return html`<article class="analysis ${status}" id="analysis-${name}" aria-labelledby="analysis-${name}-title">
<h3 id="analysis-${name}-title">${title}</h3>
${status === 'answered' || alone ? undefined : html`<p class="status ${status}">${statusIcon(status)} ${statusWords[status]}</p>`}
<div class="findings">${statements.map((statement, index) => finding(statement, { status, index }))}</div>
${figures.map((figure) => figureBlock({ figure, drawing: drawings.get(figure), limits }))}
${evidenceTable({ evidence, title, document, limits })}
${tables.map((table) => foldingTable(table, limits.tableRows))}
${
  problems.length === 0
    ? undefined
    : html`<h4>Problems found here</h4><ul class="problems">${problems.slice(0, limits.problems).map((problem) => problemItem(problem))}</ul>${leftOut(problems.length, limits.problems, 'problems')}`
}
${about(analysis, document)}
</article>`
}

function finding(
  statement: StatementRecord,
  { status, index }: { readonly status: SectionRecord['status']; readonly index: number },
): Html {
  const lead = index === 0 ? 'lead' : 'further'
  if (status === 'cannot-say') {
    return html`<div class="missing"><p class="${lead}">${statement.text}</p>${need(statement)}</div>`
  }
  return html`<p class="${lead}">${statement.text}</p>${need(statement)}`
}

function need({ fix }: StatementRecord): Html | undefined {
  return fix === undefined ? undefined : html`<p class="fix"><b>What it would take:</b> ${sentence(fix)}</p>`
}

function about({ name, version, summary, assumptions, references }: AnalysisRecord, document: ReportDocument): Html {
  return html`<details class="about"><summary>About this analysis</summary><dl class="detail">
<div><dt>What it does</dt><dd>${summary}</dd></div>
<div><dt>Analysis</dt><dd><code>${name}</code> version ${String(version)}</dd></div>
${
  assumptions.length === 0
    ? undefined
    : html`<div><dt>Assumes</dt><dd><ul>${assumptions.map((code) => html`<li>${document.assumptions[code] ?? code}</li>`)}</ul></dd></div>`
}
${
  references.length === 0
    ? undefined
    : html`<div><dt>References</dt><dd><ul>${references.map((reference) => html`<li>${reference}</li>`)}</ul></dd></div>`
}
</dl></details>`
}
