/** Text reduced to what carries the answer, in two steps: without wrapping, and in one spelling. */

const wrappings: readonly (readonly [string, string])[] = [
  ['**', '**'],
  ['__', '__'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['`', '`'],
  ['*', '*'],
  ['_', '_'],
  ['$', '$'],
]

/**
 * Without surrounding white space, quotes, emphasis and one final period: what a reply adds around an answer.
 *
 * unwrapped(' **Paris.** ') // => 'Paris'
 */
export function unwrapped(text: string): string {
  let inner = text.trim()
  // Wrappings nest a few deep; a page of asterisks is no wrapping.
  for (let depth = 0; depth < 8; depth++) {
    const before = inner
    const boxed = /^\$?\\boxed\{([^{}]*)\}\$?$/.exec(inner)
    if (boxed?.[1] !== undefined) inner = boxed[1].trim()
    for (const [open, close] of wrappings) {
      const wraps = inner.length > open.length + close.length && inner.startsWith(open) && inner.endsWith(close)
      if (wraps) inner = inner.slice(open.length, inner.length - close.length).trim()
    }
    // An ellipsis is not a full stop, and neither is the point of "U.S.".
    if (/[^.\s]\.$/.test(inner) && !/\.\p{L}{1,2}\.$/u.test(inner)) inner = inner.slice(0, -1).trim()
    if (inner === before) break
  }
  return inner
}

/**
 * One spelling for texts that say the same: compatibility forms folded (NFKC), lower case, quotes and dashes made plain,
 * punctuation at the edges of words gone, white space single. Signs that carry meaning (−5, 3.5, C++, 50%) stay.
 *
 * plainText('  “The   Café” ') // => 'the café'
 */
export function plainText(text: string): string {
  return unwrapped(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/[’‘ʼ`]/g, "'")
    .replace(/["“”«»]/g, '')
    .replace(/[,;:!?]+(?=\s|$)/g, ' ')
    .replace(/(?<=\s|^)[([{]+|[)\]}]+(?=\s|$)/g, ' ')
    .replace(/\.(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
