/** All problems, ranked; those of one kind together under the first of them. */
import type { ReportDocument } from '../document.ts'
import { type ProblemKind, problemKinds } from '../problem-kinds.ts'
import { counted, questionWords } from '../question-words.ts'
import type { ProblemRecord } from '../record/coded-record.ts'
import { type Html, html } from './html.ts'
import { leftOut } from './left-out.ts'
import type { PageLimits } from './page-limits.ts'
import { problemItem } from './problem-item.ts'

export function problemList({ problems }: ReportDocument, limits: PageLimits): Html {
  const kinds = problemKinds(problems)
  return html`<section id="problems" aria-labelledby="problems-title">
<h2 id="problems-title">Problems, most important first</h2>
${
  problems.length === 0
    ? html`<p class="lead">None of the checks that ran found a problem.</p>`
    : html`<ol class="problems ranked">${kinds.slice(0, limits.problems).map((kind) => kindItem(kind, limits))}</ol>`
}
${leftOut(kinds.length, limits.problems, 'kinds of problem')}
</section>`
}

function kindItem({ first, others }: ProblemKind, limits: PageLimits): Html {
  const more =
    others.length === 0
      ? undefined
      : html`<details><summary>${counted(others.length, 'more like this', 'more like this')}</summary><ul class="more">${others.slice(0, limits.problems).map(({ text }) => html`<li>${text}</li>`)}</ul>${leftOut(others.length, limits.problems, 'of this kind')}</details>`
  return problemItem(first, [whereFound(first), more])
}

function whereFound({ question, analysis, run, subject }: ProblemRecord): Html {
  const place =
    question === undefined || analysis === undefined
      ? html`Found while reading ${run === undefined ? 'the logs' : html`<bdi class="path">${subject ?? run}</bdi>`}`
      : html`Found under <a href="#analysis-${analysis}">${questionWords[question].name}</a>`
  return html`<p class="where">${place}</p>`
}
