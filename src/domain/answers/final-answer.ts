/** The answer that a reply marks as its own, on a line that begins with "Answer". */

export interface FinalAnswer {
  /** Text after the mark, or the whole reply where there is no mark. */
  readonly text: string
  readonly marked: boolean
}

/** Readers search no further than this: a reply is what a model wrote, and must not cost more time than it is worth. */
const longestSearched = 6_000

/**
 * The part of a reply that may be searched for its answer: all of a short one, of a long one the answer it marks. A long
 * reply without a mark has no single clear place to look; nothing is read from it.
 */
export function searchedPart(reply: string): string {
  if (reply.length <= longestSearched) return reply
  const { text, marked } = finalAnswer(reply)
  return marked && text.length <= longestSearched ? text : ''
}

/**
 * Text of the last line that begins with "Answer:" or "Final answer:", whatever separator or emphasis stands there. Where
 * the mark stands alone the next line that is not empty counts. Later marks overrule earlier ones: a reply that reasons may
 * correct itself, and its last word is what it was asked for.
 *
 * finalAnswer('2 and 2 make 4.\n**Answer:** 4').text // => '4'
 */
export function finalAnswer(reply: string): FinalAnswer {
  const lines = reply.split(/\r?\n/)
  for (let index = lines.length - 1; index >= 0; index--) {
    const match = mark.exec(lines[index] ?? '')
    if (match === null) continue
    const rest = withoutEmphasis(match[1] ?? '')
    const following = rest === '' ? lines.slice(index + 1).find((line) => line.trim() !== '') : undefined
    const text = withoutEmphasis(following ?? rest)
    return text === '' ? { text: reply, marked: false } : { text, marked: true }
  }
  return { text: reply, marked: false }
}

// A separator is needed: "Answers vary" and "Answering this" mark nothing.
const mark = /^[\s>#*_-]*(?:the\s+)?(?:final\s+)?answer(?:\s+is)?[*_]*\s*(?::+|[-–—]+(?=\s)|\|{1,2}|=|$)\s*(.*)$/iu

/** Emphasis that opened before the mark closes after it: `**Answer: B**`, `**Answer:** B`. */
function withoutEmphasis(text: string): string {
  return text
    .replace(/^[*_]{1,3}(?=\s)/, '')
    .replace(/(?<![*_\s])[*_]{2,3}\s*$/, (end) => (text.trimStart().startsWith(end.trim()) ? end : ''))
    .trim()
}

/**
 * A reply without its last marked line and what follows it: the reasoning alone.
 *
 * reasoningOf('2 and 2 make 4.\nAnswer: 4') // => '2 and 2 make 4.'
 */
export function reasoningOf(reply: string): string {
  const lines = reply.split(/\r?\n/)
  const last = lines.findLastIndex((line) => mark.test(line))
  return (last < 0 ? reply : lines.slice(0, last).join('\n')).trim()
}
