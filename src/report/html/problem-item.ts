/** One problem or caveat as a list item: how bad, what, and what to do about it. */

import { severityWords } from '../question-words.ts'
import type { CaveatRecord } from '../record/coded-record.ts'
import { sentence } from '../sentence.ts'
import { type Html, type HtmlPart, html } from './html.ts'
import { severityIcon } from './icons.ts'

export function problemItem(problem: Pick<CaveatRecord, 'severity' | 'text' | 'fix'>, after?: HtmlPart): Html {
  return html`<li class="problem ${problem.severity}">
<p><span class="severity">${severityIcon(problem.severity)} ${severityWords[problem.severity]}</span> ${problem.text}</p>
${problem.fix === undefined ? undefined : html`<p class="fix"><b>What to do:</b> ${sentence(problem.fix)}</p>`}
${after}</li>`
}
