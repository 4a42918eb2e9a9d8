/** The answer of a reply as one short text, so that two replies that say the same give the same. */

import type { ShownPrompt } from './option-texts.ts'
import { plainText } from './plain-text.ts'
import { readChoice } from './read-choice.ts'
import { readNumber } from './read-number.ts'

/** How answers to open questions are compared. Items with options are compared by option. */
export type Comparison = 'text' | 'number'

export interface ReplyToCompare {
  /** Final answer, without reasoning. */
  readonly text: string
  readonly prompt: ShownPrompt
  readonly originals: readonly string[] | undefined
  readonly comparison: Comparison
}

/**
 * Option index as text, a number in its shortest writing without its unit, or plain text; undefined where no single answer
 * is clear.
 */
export function canonicalAnswer({ text, prompt, originals, comparison }: ReplyToCompare): string | undefined {
  if (originals !== undefined) return readChoice({ text, prompt, originals }).lenient?.toString()
  if (comparison === 'text') return plainText(text) || undefined
  const number = readNumber(text, { decimalMark: 'point' }).lenient
  return number === undefined ? undefined : String(number.value)
}
