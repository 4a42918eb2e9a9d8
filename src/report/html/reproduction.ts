/** The harness's own numbers, recomputed: shown before anything else is said about them. */
import { formatApart, formatNumber } from '../../domain/index.ts'
import { fromJsonNumbers } from '../compose/json-numbers.ts'
import type { ReportDocument } from '../document.ts'
import { known } from '../evidence-words.ts'
import { counted } from '../question-words.ts'
import type { ReconciliationRecord, RunReportRecord } from '../record/run-record.ts'
import { reproductionWords } from '../reproduction-words.ts'
import { type Html, html } from './html.ts'
import { verdictIcon } from './icons.ts'
import { leftOut } from './left-out.ts'
import type { PageLimits } from './page-limits.ts'

const verdictWords = { match: 'match', differs: 'differs', cannot: 'cannot check' } as const
const verdicts = ['differs', 'match', 'cannot'] as const
type Verdict = (typeof verdicts)[number]

/** Up to this many figures are all open; of more, only those of runs where one differs. */
const mostOpen = 24
/** Up to this many runs are listed; of more, the first few, and the others fold away. */
const mostRuns = 14
const runsWhenMany = 8

export function reproduction(document: ReportDocument, limits: PageLimits): Html {
  const runs = document.runs
    .filter(({ reconciliations }) => reconciliations.length > 0)
    .map((run) => ({ run, counts: countsOf(run) }))
    .sort((a, b) => b.counts.differs - a.counts.differs || b.counts.match - a.counts.match)
  const figures = runs.reduce((sum, { run }) => sum + run.reconciliations.length, 0)
  const shown = runs.slice(0, limits.reproductions)
  const first = shown.slice(0, shown.length > mostRuns ? runsWhenMany : mostRuns)
  const rest = shown.slice(first.length)
  const part = ({ run, counts }: (typeof runs)[number]) =>
    runFigures({ run, counts, limits, open: figures <= mostOpen || counts.differs > 0 ? html` open` : undefined })
  return html`<section id="reproduction" aria-labelledby="reproduction-title">
<h2 id="reproduction-title">Reproduction</h2>
<p class="lead">${reproductionWords(document)}</p>
${reasons(document)}
${first.map(part)}
${rest.length === 0 ? undefined : html`<details class="rest"><summary>${counted(rest.length, 'further run', 'further runs')}</summary>${rest.map(part)}</details>`}
${leftOut(runs.length, shown.length, 'runs')}
</section>`
}

/** Why figures could not be checked, by kind of reason; a single one stands beside its figure. */
function reasons({ runs }: ReportDocument): Html | undefined {
  const because = runs.flatMap(({ reconciliations }) =>
    reconciliations.flatMap((each) => (each.verdict === 'cannot' && each.because !== undefined ? [each.because] : [])),
  )
  const kinds = [...Map.groupBy(because, ({ code }) => code).values()].sort((a, b) => b.length - a.length)
  if (because.length < 6) return undefined
  return html`<ul class="tally">${kinds
    .slice(0, 6)
    .map((kind) => html`<li>${formatNumber(kind.length, 'count')} × ${kind[0]?.text}</li>`)}</ul>`
}

function countsOf({ reconciliations }: RunReportRecord): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict) => reconciliations.filter((each) => each.verdict === verdict).length
  return { differs: count('differs'), match: count('match'), cannot: count('cannot') }
}

interface RunFigures {
  readonly run: RunReportRecord
  readonly counts: Readonly<Record<Verdict, number>>
  readonly limits: PageLimits
  readonly open: Html | undefined
}

function runFigures({ run, counts, limits, open }: RunFigures): Html {
  const { name, version } = run.harness
  const sorted = verdicts.flatMap((verdict) => run.reconciliations.filter((each) => each.verdict === verdict))
  const shown = sorted.slice(0, limits.tableRows)
  const tally = verdicts
    .filter((verdict) => counts[verdict] > 0)
    .map(
      (verdict) =>
        html`<span class="${verdict}">${formatNumber(counts[verdict], 'count')} ${verdictWords[verdict]}</span> `,
    )
  return html`<details class="run-figures"${open}><summary><bdi>${run.model}</bdi> on <bdi>${run.task}</bdi> <span class="counts">${tally}</span>
<br><small>${name} ${version === undefined ? '(version unknown)' : version}, <bdi class="path">${run.path}</bdi></small></summary>
<table class="wide-table"><caption class="visually-hidden">Figures of ${run.path}</caption>
<thead><tr><th scope="col">Figure</th><th scope="col" class="number">Harness said</th><th scope="col" class="number">Recomputed</th><th scope="col">Result</th></tr></thead>
<tbody>${shown.map(figureRow)}</tbody></table>${leftOut(sorted.length, shown.length, 'figures')}</details>`
}

function figureRow(record: ReconciliationRecord): Html {
  const { metric, reported, recomputed, verdict, because } = fromJsonNumbers(record)
  const [said, found] = formatApart(known(reported), known(recomputed))
  return html`<tr class="${verdict}"><th scope="row">${metric}</th><td class="number">${reported === undefined ? 'nothing' : said}</td><td class="number">${recomputed === undefined ? 'cannot' : found}</td>
<td><span class="verdict">${verdictIcon(verdict)} ${verdictWords[verdict]}</span>${because === undefined ? undefined : html` <small>${because.text}</small>`}</td></tr>`
}
