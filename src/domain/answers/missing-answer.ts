/** Why an attempt has nothing that could be scored. */
import type { MissingReason } from '../observations.ts'
import type { Reading } from '../scorer.ts'
import type { Attempt } from '../technique.ts'
import { readsAsRefusal } from './refusal-text.ts'

export type AnsweredAttempt = Extract<Attempt, { state: 'answered' }>

/** The reason of an attempt that did not answer. */
export function missingBecause({ state, reason }: Exclude<Attempt, AnsweredAttempt>): MissingReason {
  switch (state) {
    case 'refused':
      return 'refusal'
    case 'truncated':
      return 'limit'
    case 'failed':
      if (reason === 'context-length') return 'limit'
      return reason === 'verifier-unread' ? 'grader-failed' : 'provider-error'
    default:
      return state satisfies never
  }
}

/** The reading of a reply in which no answer was found. */
export function unread(text: string): Reading {
  return { score: readsAsRefusal(text) ? 'refusal' : 'unparsed' }
}

export interface Readings {
  readonly strict: Reading
  readonly lenient: Reading
}

export function bothReadings(reading: Reading): Readings {
  return { strict: reading, lenient: reading }
}

/**
 * Readings of an attempt: missing where it did not answer, strictly unparsed where it left the form its technique asked
 * for, and what `read` says otherwise.
 */
export function readAttempt(attempt: Attempt, read: (answered: AnsweredAttempt) => Readings): Readings {
  if (attempt.state !== 'answered') return bothReadings({ score: missingBecause(attempt) })
  // Options that were weighed leave no text: only a scorer of likelihoods can judge them.
  if (attempt.text === '' && attempt.candidates.some(({ likelihood }) => likelihood !== undefined))
    return bothReadings({ score: 'not-scored' })
  const readings = read(attempt)
  return attempt.formKept === false ? { strict: unread(attempt.text), lenient: readings.lenient } : readings
}
