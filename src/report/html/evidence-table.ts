/** Every number of an analysis on one line, each of which opens to all that is needed to judge it. */
import { formatExact, formatNumber } from '../../domain/index.ts'
import { fromJsonNumbers } from '../compose/json-numbers.ts'
import type { ReportDocument } from '../document.ts'
import { evidenceWords, known, levelWords } from '../evidence-words.ts'
import { counted, evidenceClassWords } from '../question-words.ts'
import type { EvidenceRecord, OutcomeRecord } from '../record/evidence-record.ts'
import { type Html, type HtmlPart, html } from './html.ts'
import { leftOut } from './left-out.ts'
import type { PageLimits } from './page-limits.ts'
import { problemItem } from './problem-item.ts'

export interface EvidenceTableInput {
  readonly evidence: readonly EvidenceRecord[]
  readonly title: string
  readonly document: ReportDocument
  readonly limits: PageLimits
}

export function evidenceTable({ evidence, title, document, limits }: EvidenceTableInput): Html | undefined {
  if (evidence.length === 0) return undefined
  const shown = evidence.slice(0, limits.evidence)
  const first = shown.length > mostOpen ? openWhenMany : shown.length
  const table = (
    some: readonly EvidenceRecord[],
  ) => html`<div class="scroll evidence-box"><table class="evidence" data-sortable>
<caption>The numbers: ${title}</caption>
<thead><tr><th scope="col">Quantity</th><th scope="col" class="number">Value</th><th scope="col" class="number">Interval</th><th scope="col" class="number">n</th></tr></thead>
${some.map((each) => evidenceRows(each, document))}
</table></div>`
  const rest = shown.slice(first)
  return html`${table(shown.slice(0, first))}
${rest.length === 0 ? undefined : html`<details class="rest"><summary>${counted(rest.length, 'further number', 'further numbers')}</summary>${table(rest)}</details>`}
${leftOut(evidence.length, shown.length, 'numbers')}`
}

/** Up to this many numbers are open at once; of more, the first few are and the others fold away. */
const mostOpen = 14
const openWhenMany = 8

function evidenceRows(evidence: EvidenceRecord, document: ReportDocument): Html {
  const { value, interval, intervalKind, n } = evidenceWords(evidence)
  const { outcome } = evidence
  return html`<tbody><tr class="headline ${outcome.kind}"><th scope="row">${evidence.label}</th>
${
  outcome.kind === 'not-estimable'
    ? html`<td colspan="3" class="number">${value}</td>`
    : html`<td class="number" data-value="${String(sortValue(outcome))}">${value}</td><td class="number">${interval === '' ? 'none' : interval}</td><td class="number" data-value="${String(outcome.n)}">${n}</td>`
}</tr>
<tr class="how"><td colspan="4"><details><summary><span class="visually-hidden">How it was found: </span><span class="badge ${evidence.evidenceClass}">${evidenceClassWords[evidence.evidenceClass].name}</span> <span class="method">${methodLine(outcome, intervalKind)}</span></summary>
${detail(evidence, document)}</details></td></tr></tbody>`
}

function sortValue(outcome: Exclude<OutcomeRecord, { kind: 'not-estimable' }>): number | null {
  return outcome.kind === 'estimate' ? outcome.value : outcome.pValue
}

function methodLine(outcome: OutcomeRecord, intervalKind: string): string {
  if (outcome.kind === 'not-estimable') return outcome.because.text
  const caveats = outcome.caveats.length
  const parts = [outcome.method, intervalKind, ...(caveats === 0 ? [] : [counted(caveats, 'caveat', 'caveats')])]
  return parts.join(', ')
}

function detail(evidence: EvidenceRecord, document: ReportDocument): Html {
  const { name, means } = evidenceClassWords[evidence.evidenceClass]
  return html`<dl class="detail">
${entry('Estimand', evidence.estimand)}
${Object.entries(evidence.subject).map(([key, value]) => entry(key.charAt(0).toUpperCase() + key.slice(1), html`<bdi>${value}</bdi>`))}
${outcomeEntries(evidence, document)}
${entry('Evidence', html`<b>${name}</b>: ${means}.`)}
${evidence.seedPath === undefined ? undefined : entry('Random stream', html`<code>${evidence.seedPath}</code>`)}
${entry('Input', html`<code class="hash">${evidence.inputHash}</code>`)}
${entry('Analysis', html`<code>${evidence.analysis}</code> version ${String(evidence.analysisVersion)}`)}
</dl>`
}

function outcomeEntries({ outcome, format }: EvidenceRecord, document: ReportDocument): HtmlPart {
  if (outcome.kind === 'not-estimable') {
    return entry('Why not', html`<ul class="problems">${problemItem(outcome.because)}</ul>`)
  }
  const { method, assumptions, caveats } = outcome
  return [
    entry('Method', html`<code>${method}</code>`),
    ...numberEntries(outcome, format),
    assumptions.length === 0
      ? undefined
      : entry(
          'Assumes',
          html`<ul>${assumptions.map((code) => html`<li>${document.assumptions[code] ?? code}</li>`)}</ul>`,
        ),
    caveats.length === 0
      ? undefined
      : entry('Caveats', html`<ul class="problems">${caveats.map((caveat) => problemItem(caveat))}</ul>`),
  ]
}

type Counted = Exclude<OutcomeRecord, { kind: 'not-estimable' }>

function numberEntries(outcome: Counted, format: EvidenceRecord['format']): readonly Html[] {
  const { degreesOfFreedom: df, n } = fromJsonNumbers(outcome)
  const shared = [
    entry('n', `${formatNumber(known(n), 'count')} independent units`),
    ...(df === undefined ? [] : [entry('Degrees of freedom', formatNumber(known(df), 'number'))]),
  ]
  if (outcome.kind === 'estimate') {
    const { standardError, interval } = fromJsonNumbers(outcome)
    const [value, lower, upper] = [known(fromJsonNumbers(outcome).value), known(interval.lower), known(interval.upper)]
    const error = standardError === undefined ? [] : [known(standardError)]
    return [
      entry('Interval', `${levelWords(interval.level)}, ${interval.kind}, ${interval.side}`),
      // A standard error has no sign, a difference always shows one.
      ...error.map((size) => entry('Standard error', formatNumber(size, format).replace(/^\+/, ''))),
      entry(
        'More digits',
        `${formatExact(value)}, interval ${formatExact(lower)} to ${formatExact(upper)}${error.map((size) => `, standard error ${formatExact(size)}`).join('')}`,
      ),
      ...shared,
    ]
  }
  const { statistic, nullValue, resolution, alternative, pValue } = fromJsonNumbers(outcome)
  return [
    entry('Statistic', formatNumber(known(statistic), 'number')),
    entry('More digits', `p ${formatExact(known(pValue))}, statistic ${formatExact(known(statistic))}`),
    entry('Null value', `${formatNumber(known(nullValue), 'number')}, ${alternative}`),
    ...(resolution === undefined ? [] : [entry('Smallest p it can give', formatNumber(known(resolution), 'p-value'))]),
    ...shared,
  ]
}

function entry(name: string, value: HtmlPart): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`
}
