/** Appendix: what went in, so that someone else can put the same in. */
import { formatNumber } from '../../domain/index.ts'
import type { ReportDocument } from '../document.ts'
import { counted, missingWords } from '../question-words.ts'
import type { RunReportRecord } from '../record/run-record.ts'
import { sentence } from '../sentence.ts'
import { foldingTable } from './data-table.ts'
import { type Html, type HtmlPart, html } from './html.ts'
import { leftOut } from './left-out.ts'
import type { PageLimits } from './page-limits.ts'

export function inputs(document: ReportDocument, limits: PageLimits): Html {
  const { runs, failures, skipped, observations } = document
  return html`<section id="inputs" aria-labelledby="inputs-title">
<h2 id="inputs-title">Inputs</h2>
<dl class="detail provenance">
<div><dt>Made by</dt><dd>assay ${document.assay.version}</dd></div>
<div><dt>Seed</dt><dd><code>${document.seed}</code></dd></div>
${settingsRow(document.settings)}<div><dt>Input hash</dt><dd><code class="hash">${document.inputHash}</code></dd></div>
<div><dt>Repeatable</dt><dd>The same version, files and seed give the same report.json, byte for byte.</dd></div>
</dl>
${cellTable(document, limits)}
${missing(observations.missing)}
<h3>Runs</h3>
${runs.length === 0 ? html`<p>No log could be read.</p>` : runs.slice(0, limits.runs).map(runDetails)}
${leftOut(runs.length, limits.runs, 'runs')}
${
  failures.length === 0
    ? undefined
    : html`<h3>Files that could not be read</h3><p>Nothing of them is in the numbers.</p><ul class="files">${failures
        .slice(0, limits.runs)
        .map(
          ({ path, message, fix }) =>
            html`<li><bdi class="path">${path}</bdi>: ${message}. <span class="fix">${sentence(fix)}</span></li>`,
        )}</ul>${leftOut(failures.length, limits.runs, 'files')}`
}
${
  skipped.length === 0
    ? undefined
    : html`<h3>Files passed over</h3><ul class="files">${skipped
        .slice(0, limits.runs)
        .map(
          ({ path, reason }) => html`<li><bdi class="path">${path}</bdi>: ${reason}</li>`,
        )}</ul>${leftOut(skipped.length, limits.runs, 'files')}`
}
</section>`
}

function settingsRow(settings: ReportDocument['settings']): HtmlPart {
  const set = Object.entries(settings)
  if (set.length === 0) return undefined
  return html`<div><dt>Set by hand</dt><dd><code>${set.map(([name, value]) => `${name} = ${value}`).join(', ')}</code></dd></div>
`
}

function cellTable({ observations }: ReportDocument, limits: PageLimits): HtmlPart {
  if (observations.cells.length === 0) return undefined
  return foldingTable(
    {
      title: 'What was observed',
      columns: [
        { key: 'model', label: 'Model', format: 'text' },
        { key: 'task', label: 'Task', format: 'text' },
        { key: 'scorer', label: 'Scorer', format: 'text' },
        { key: 'items', label: 'Items', format: 'count' },
        { key: 'variants', label: 'Variants', format: 'count' },
        { key: 'replicates', label: 'Repeats', format: 'count' },
        { key: 'rows', label: 'Rows', format: 'count' },
        { key: 'scored', label: 'Scored', format: 'count' },
      ],
      rows: observations.cells,
      omittedRows: 0,
    },
    limits.tableRows,
  )
}

function missing(reasons: Readonly<Record<string, number>>): Html {
  const entries = Object.entries(reasons)
  if (entries.length === 0) return html`<p>Every row has a score.</p>`
  return html`<p>Rows without a score: ${entries
    .map(([reason, count]) => `${formatNumber(count, 'count')} ${missingWords[reason] ?? reason}`)
    .join(', ')}. They are never counted as zero.</p>`
}

function runDetails(run: RunReportRecord): Html {
  const { harness, found, expected, files } = run
  const pairs = (record: Readonly<Record<string, string>>) =>
    Object.entries(record).map(
      ([key, value]) => html`<div><dt><bdi>${key}</bdi></dt><dd><bdi>${value}</bdi></dd></div>`,
    )
  return html`<details class="run"><summary><bdi>${run.model}</bdi> on <bdi>${run.task}</bdi> <bdi class="path">${run.path}</bdi></summary>
<dl class="detail">
<div><dt>Run</dt><dd><bdi>${run.id}</bdi></dd></div>
<div><dt>Harness</dt><dd>${harness.name} ${harness.version ?? '(version unknown)'}</dd></div>
${run.taskVersion === undefined ? undefined : html`<div><dt>Task version</dt><dd>${run.taskVersion}</dd></div>`}
<div><dt>Status</dt><dd>${run.status}${run.created === undefined ? undefined : html`, created ${run.created}`}</dd></div>
<div><dt>Promised</dt><dd>${expected.responses === undefined ? 'nothing stated' : counted(expected.responses, 'response', 'responses')}</dd></div>
<div><dt>Found</dt><dd>${counted(found.responses, 'response', 'responses')}, ${counted(found.rows, 'row', 'rows')}, ${counted(found.scoredRows, 'of them scored', 'of them scored')}</dd></div>
${pairs(run.settings)}
${pairs(run.provenance)}
${files.slice(0, 20).map(({ path, bytes, sha256 }) => html`<div><dt>File</dt><dd><bdi class="path">${path}</bdi>, ${counted(bytes, 'byte', 'bytes')}<br><code class="hash">sha256 ${sha256}</code></dd></div>`)}
</dl>${leftOut(files.length, 20, 'files')}</details>`
}
