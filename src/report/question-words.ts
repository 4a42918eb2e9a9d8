/** Fixed words of a report: questions, answers, severities and classes of evidence. */
import { formatNumber, type Question } from '../domain/index.ts'
import type { AnswerStatus } from './document.ts'
import type { Severity } from './record/coded-record.ts'
import type { EvidenceRecord } from './record/evidence-record.ts'

export const questionWords: Readonly<Record<Question, { readonly name: string; readonly asks: string }>> = {
  validity: { name: 'Validity', asks: 'What precisely is measured?' },
  coverage: { name: 'Coverage', asks: 'How much of the input space was seen?' },
  robustness: { name: 'Robustness', asks: 'Does it hold under other wordings, formats and conditions?' },
  reliability: { name: 'Reliability', asks: 'Would a rerun agree?' },
  guarantee: { name: 'Guarantee', asks: 'What can be asserted, and at which error rate?' },
  prediction: { name: 'Prediction', asks: 'What does it say about future systems?' },
}

export const statusWords: Readonly<Record<AnswerStatus, string>> = {
  answered: 'Answered',
  partly: 'Partly answered',
  'cannot-say': 'Cannot say',
}

export const severityWords: Readonly<Record<Severity, string>> = {
  invalid: 'Blocks a verdict',
  caution: 'Caution',
  note: 'Note',
}

export const evidenceClassWords: Readonly<
  Record<EvidenceRecord['evidenceClass'], { readonly name: string; readonly means: string }>
> = {
  guarantee: { name: 'Guarantee', means: 'the error rate holds at this sample size if the assumptions do' },
  asymptotic: { name: 'Asymptotic', means: 'the error rate holds approximately, and better with more units' },
  'model-based': { name: 'Model-based', means: 'right as far as the stated model is right' },
  forecast: { name: 'Forecast', means: 'says something of values that were not measured; never a guarantee' },
  'lower-bound-only': {
    name: 'Lower bound only',
    means: 'at least this much was reached; nothing says there is no more',
  },
  descriptive: { name: 'Descriptive', means: 'describes these rows and claims nothing beyond them' },
}

export const missingWords: Readonly<Record<string, string>> = {
  'provider-error': 'provider error',
  refusal: 'refusal',
  limit: 'stopped by a limit',
  unparsed: 'answer not readable',
  'grader-failed': 'grader failed',
  'not-scored': 'not scored',
  'not-numeric': 'score is not a number',
  'not-finite': 'score is infinite',
  'never-run': 'never run',
  unknown: 'reason unknown',
}

/** counted(2, 'model', 'models') // => '2 models' */
export function counted(count: number, one: string, many: string): string {
  return `${formatNumber(count, 'count')} ${count === 1 ? one : many}`
}
