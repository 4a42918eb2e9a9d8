/** Table of contents and the switch between light and dark. Both work without scripts. */
import type { ReportDocument } from '../document.ts'
import { counted, questionWords, statusWords } from '../question-words.ts'
import { type Html, html } from './html.ts'
import { statusIcon } from './icons.ts'

export function contents({ sections, problems, runs, ledger }: ReportDocument): Html {
  return html`<nav class="contents" aria-label="Contents"><ol>
<li><a href="#summary">Summary</a></li>
<li><a href="#reproduction">Reproduction</a></li>
${sections.map(
  ({ question, status }) =>
    html`<li class="${status}"><a href="#${question}">${statusIcon(status)} ${questionWords[question].name}<span class="visually-hidden">: ${statusWords[status]}</span></a></li>`,
)}
${
  ledger.families.length === 0
    ? undefined
    : html`<li><a href="#ledger">Hypotheses <span class="count">${counted(ledger.families.length, 'family', 'families')}</span></a></li>
`
}<li><a href="#problems">Problems <span class="count">${counted(problems.length, 'found', 'found')}</span></a></li>
<li><a href="#inputs">Inputs <span class="count">${counted(runs.length, 'run', 'runs')}</span></a></li>
</ol>
<p class="tools" hidden data-needs-script><button type="button" data-expand aria-pressed="false">Open all details</button></p>
</nav>`
}

export function themeSwitch(): Html {
  const choice = (value: string, label: string, checked: Html | undefined) =>
    html`<label><input type="radio" name="theme" id="theme-${value}" value="${value}"${checked}><span>${label}</span></label>`
  return html`<fieldset class="theme"><legend class="visually-hidden">Colours</legend>${choice('auto', 'Auto', html` checked`)}${choice('light', 'Light', undefined)}${choice('dark', 'Dark', undefined)}</fieldset>`
}
