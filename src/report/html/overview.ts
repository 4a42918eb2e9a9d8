/** The first screen: what was evaluated, the most important problem, and six answers in one minute. */

import type { ReportDocument, SectionRecord } from '../document.ts'
import { evidenceWords } from '../evidence-words.ts'
import { headlineEvidence } from '../headline-evidence.ts'
import { counted, questionWords, severityWords, statusWords } from '../question-words.ts'
import type { EvidenceRecord } from '../record/evidence-record.ts'
import { sentence } from '../sentence.ts'
import { type Html, html } from './html.ts'
import { severityIcon, statusIcon } from './icons.ts'

export function overview(document: ReportDocument): Html {
  return html`<section id="summary" class="overview" aria-labelledby="summary-title">
<h2 id="summary-title" class="visually-hidden">Summary</h2>
${facts(document)}
${leadingProblem(document)}
<h3 class="visually-hidden">Six questions</h3>
<ol class="cards">${document.sections.map((section, index) => card(document, section, index))}</ol>
</section>`
}

function facts({ observations }: ReportDocument): Html {
  const { models, tasks, items, variants, techniques, replicates, rows, scored } = observations
  const fact = (name: string, value: string, detail?: string) =>
    html`<div><dt>${name}</dt><dd>${value}${detail === undefined ? undefined : html` <span>${detail}</span>`}</dd></div>`
  return html`<dl class="facts">
${fact('Models', counted(models.length, 'model', 'models'))}
${fact('Tasks', counted(tasks.length, 'task', 'tasks'))}
${fact('Items', counted(items, 'item', 'items'))}
${variants > 1 ? fact('Variants', counted(variants, 'variant', 'variants')) : undefined}
${techniques.length > 1 ? fact('Techniques', counted(techniques.length, 'technique', 'techniques')) : undefined}
${fact('Repeats', replicates > 1 ? `up to ${counted(replicates, 'repeat', 'repeats')}` : 'no repeats')}
${fact('Scores', counted(scored, 'score', 'scores'), scored < rows ? `${counted(rows - scored, 'row', 'rows')} without a score` : 'none missing')}
</dl>`
}

function leadingProblem({ problems }: ReportDocument): Html {
  const [first] = problems
  if (first === undefined) {
    return html`<div class="lead-problem none"><h3>Most important problem</h3>
<p class="lead-text">None of the checks that ran found a problem. What they cannot see is listed under each question.</p></div>`
  }
  const others = problems.length - 1
  return html`<div class="lead-problem ${first.severity}"><h3>Most important problem</h3>
<p class="lead-text">${first.text}</p>
${first.fix === undefined ? undefined : html`<p class="fix"><b>What to do:</b> ${sentence(first.fix)}</p>`}
<p class="lead-more"><span class="severity">${severityIcon(first.severity)} ${severityWords[first.severity]}</span>
<a href="#problems">${others === 0 ? 'It is the only problem found' : `${counted(others, 'further problem', 'further problems')}, ranked`}</a></p></div>`
}

function card(document: ReportDocument, section: SectionRecord, index: number): Html {
  const { name, asks } = questionWords[section.question]
  const evidence = headlineEvidence(section)
  return html`<li class="card ${section.status}">
<p class="status">${statusIcon(section.status)} ${statusWords[section.status]}</p>
<h4><a href="#${section.question}"><span class="ordinal">${String(index + 1)}</span> ${name}</a></h4>
<p class="asks">${asks}</p>
<p class="answer">${section.headline.text}</p>
${evidence === undefined ? undefined : keyNumber(evidence)}
${problemCount(document, section)}
</li>`
}

function keyNumber(evidence: EvidenceRecord): Html {
  const { value, interval, intervalKind, n } = evidenceWords(evidence)
  return html`<p class="key-number"><strong>${value}</strong>
<span>${interval === '' ? intervalKind : `${interval} (${intervalKind})`}, n = ${n}</span>
<span class="of">${evidence.label}</span></p>`
}

function problemCount({ problems }: ReportDocument, { question }: SectionRecord): Html | undefined {
  const own = problems.filter((problem) => problem.question === question)
  const blocking = own.filter(({ severity }) => severity === 'invalid').length
  const cautions = own.filter(({ severity }) => severity === 'caution').length
  const parts = [
    blocking === 0 ? undefined : counted(blocking, 'blocking problem', 'blocking problems'),
    cautions === 0 ? undefined : counted(cautions, 'caution', 'cautions'),
  ].filter((part) => part !== undefined)
  return parts.length === 0
    ? undefined
    : html`<p class="card-problems ${blocking === 0 ? 'caution' : 'invalid'}">${severityIcon(blocking === 0 ? 'caution' : 'invalid')} ${parts.join(', ')}</p>`
}
