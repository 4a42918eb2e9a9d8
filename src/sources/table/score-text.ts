/**
 * Reads one cell of a score column: a number, a word for right or wrong, or why there is no score.
 *
 * Numbers stay as they are: 85 and "85%" are both 85, because only the table's author knows the scale.
 */
import type { MissingReason } from '../../domain/index.ts'

/** scoreOf('yes') // => 1; scoreOf('n/a') // => 'unknown'; scoreOf('maybe') // => 'not-numeric' */
export function scoreOf(text: string | undefined): number | MissingReason {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return 'unknown'
  if (numberPattern.test(trimmed)) return Number(trimmed.replace(/%$/, ''))
  const word = trimmed.toLowerCase()
  return words.get(word) ?? reasonFor(word)
}

/** Decimal numbers only: `Number` alone would also take hexadecimal, and the empty text for 0. */
const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?$/i

const words: ReadonlyMap<string, number> = new Map([
  ...['true', 'yes', 'y', 'correct', 'right', 'c', 'pass', 'passed', 'success', 'succeeded', 'solved'].map(
    (word): [string, number] => [word, 1],
  ),
  ...['false', 'no', 'n', 'incorrect', 'wrong', 'i', 'fail', 'failed', 'failure', 'unsolved'].map(
    (word): [string, number] => [word, 0],
  ),
])

function reasonFor(word: string): MissingReason {
  if (/^(n\/?a|#n\/a|<na>|null|none|nil|missing|unknown|-+|\?)$/.test(word)) return 'unknown'
  if (/^nan$/.test(word)) return 'not-scored'
  if (/^[+-]?inf(inity)?$/.test(word)) return 'not-finite'
  return missingReasonIn(word) ?? 'not-numeric'
}

/** The reason that a word or an error text gives, or undefined where it gives none. */
export function missingReasonIn(text: string): MissingReason | undefined {
  const word = text.toLowerCase()
  if (/refus|content.?filter|blocked|safety/.test(word)) return 'refusal'
  if (/limit|length|max.?tokens|time.?out|timed.?out|truncat|budget/.test(word) && !/rate.?limit/.test(word))
    return 'limit'
  if (/pars|extract|unreadable|format|no.?answer|invalid.?(answer|output)/.test(word)) return 'unparsed'
  if (/grader|judge|scorer/.test(word)) return 'grader-failed'
  if (/never.?run|not.?run|skipped|cancel|pending/.test(word)) return 'never-run'
  if (/not.?scored|unscored|ungraded/.test(word)) return 'not-scored'
  if (
    /error|exception|rate.?limit|crash|fatal|http|unavailable|overload|refused.?connection|\b5\d\d\b|\b429\b/.test(word)
  )
    return 'provider-error'
  return undefined
}
