/**
 * What a score value means: a number, or the reason there is none. Nothing is turned into 0.
 *
 * Inspect writes letters (C correct, I incorrect, P partial, N no answer), words, numbers, booleans, lists of these and
 * named sets of these. NaN, and null in older logs, says that the scorer gave no score.
 */
import type { MissingReason } from '../../domain/index.ts'

/** A value that is a list or object where a scalar was expected. */
export const nested: unique symbol = Symbol('nested value')

export type RawScore = number | string | boolean | null | bigint | typeof nested

/**
 * numberOfScore('P', undefined) // => 0.5
 * numberOfScore('maybe', undefined) // => 'not-numeric'
 * numberOfScore(NaN, 'refusal') // => 'refusal'
 */
export function numberOfScore(raw: RawScore, reason: string | undefined): number | MissingReason {
  if (raw === null || (typeof raw === 'number' && Number.isNaN(raw))) return missingFor(reason)
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : 'not-finite'
  if (typeof raw === 'boolean') return raw ? 1 : 0
  if (typeof raw === 'bigint') return Number(raw)
  if (raw === nested) return 'not-numeric'
  return numberInText(raw) ?? 'not-numeric'
}

/** Inspect's letters and words, and plain numbers. Undefined for any other text. */
export function numberInText(text: string): number | undefined {
  switch (text) {
    case 'C':
      return 1
    case 'P':
      return 0.5
    case 'I':
    case 'N':
      return 0
    default:
  }
  const lower = text.toLowerCase()
  if (lower === 'yes' || lower === 'true') return 1
  if (lower === 'no' || lower === 'false') return 0
  if (!/^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)) return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}

/** Inspect's reasons for an unscored value. Any other text is a scorer's own and says only that there is no score. */
function missingFor(reason: string | undefined): MissingReason {
  switch (reason) {
    case 'refusal':
      return 'refusal'
    case 'invalid_response_format':
    case 'no_response':
      return 'unparsed'
    case 'grader_failed':
    case 'scoring_failed':
      return 'grader-failed'
    default:
      return 'not-scored'
  }
}
