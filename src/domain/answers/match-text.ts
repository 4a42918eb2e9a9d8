/** Compares the text of an attempt with the accepted answers: the reply as it stands, and the answer it marks as its own. */
import type { Item } from '../item.ts'
import type { Attempt } from '../technique.ts'
import { acceptedTexts } from './accepted-texts.ts'
import { finalAnswer } from './final-answer.ts'
import { bothReadings, type Readings, readAttempt, unread } from './missing-answer.ts'
import type { ShownPrompt } from './option-texts.ts'
import { unwrapped } from './plain-text.ts'
import { readsAsRefusal } from './refusal-text.ts'

export type Equality = (said: string, accepted: string) => boolean

export interface TextMatch {
  readonly item: Item
  readonly attempt: Attempt
  readonly prompt: ShownPrompt
  readonly strict: Equality
  readonly lenient: Equality
}

/** What folding may take away: a reply longer by more than this says something else. */
const longestWrapping = 2_000

/**
 * Strict compares the whole reply. Lenient compares the text after "Answer:" where there is one, else the whole reply; it
 * never searches for the target inside a reply, because a reply that lists every answer would then be right.
 */
export function matchText({ item, attempt, prompt, strict, lenient }: TextMatch): Readings {
  return readAttempt(attempt, ({ text, answer }) => {
    if (item.options !== undefined && answer !== undefined)
      return bothReadings({ score: item.target.includes(answer) ? 1 : 0, answer })
    if (text.trim() === '') return bothReadings(unread(text))
    const accepted = acceptedTexts({ item, prompt })
    const said = finalAnswer(text).text
    const comparable = (given: string, wanted: string): boolean => given.length <= wanted.length + longestWrapping
    const right = {
      strict: accepted.asked.some((each) => comparable(text, each) && strict(text, each)),
      lenient: accepted.any.some((each) => comparable(said, each) && lenient(said, each)),
    }
    if (!right.strict && !right.lenient && readsAsRefusal(text)) return bothReadings(unread(text))
    return {
      strict: { score: right.strict ? 1 : 0, answer: text.trim() },
      // What passes strictly passes leniently.
      lenient: { score: right.strict || right.lenient ? 1 : 0, answer: unwrapped(said) },
    }
  })
}
