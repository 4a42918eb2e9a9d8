/** Small signs that stand beside words and differ in shape, not only in colour. */

import type { AnswerStatus } from '../document.ts'
import type { Severity } from '../record/coded-record.ts'
import type { ReconciliationRecord } from '../record/run-record.ts'
import { type Html, trusted } from './html.ts'

export function statusIcon(status: AnswerStatus): Html {
  return icon(statusShapes[status])
}

export function severityIcon(severity: Severity): Html {
  return icon(severityShapes[severity])
}

export function verdictIcon(verdict: ReconciliationRecord['verdict']): Html {
  return icon(verdictShapes[verdict])
}

const ring = '<circle cx="8" cy="8" r="6.5"/>'
const dashedRing = '<circle cx="8" cy="8" r="6.5" stroke-dasharray="2.6 1.5"/>'
const check = '<path d="M5 8.2l2.1 2.1L11 6.2"/>'
const question = '<path d="M6.3 6.4a1.75 1.75 0 1 1 2.6 1.5c-.6.35-.9.7-.9 1.3M8 11.4v.1"/>'

const statusShapes: Readonly<Record<AnswerStatus, string>> = {
  answered: `${ring}${check}`,
  partly: `${ring}<path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>`,
  'cannot-say': `${dashedRing}${question}`,
}

const severityShapes: Readonly<Record<Severity, string>> = {
  invalid:
    '<path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"/><path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"/>',
  caution: '<path d="M8 2l6.6 11.8H1.4z"/><path d="M8 6.4v3.4M8 11.7v.1"/>',
  note: `${ring}<path d="M8 7.4v3.8M8 4.9v.1"/>`,
}

const verdictShapes: Readonly<Record<ReconciliationRecord['verdict'], string>> = {
  match: `${ring}${check}`,
  differs: '<path d="M2.5 5.8h11M2.5 10.2h11M10.8 2.2L5.2 13.8"/>',
  cannot: `${dashedRing}${question}`,
}

function icon(shapes: string): Html {
  return trusted(
    `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${shapes}</svg>`,
  )
}
