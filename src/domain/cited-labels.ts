/** Labels that a text cites: "reply with A, B or C", "(A)", "both A and B". They follow when options are relabelled. */

/** Opening marks with what closes them. */
const marks: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['<', '>'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['‘', '’'],
]

/**
 * Replaces cited labels, all at once. A label counts as cited between brackets or quotes, after "option", "choice",
 * "letter" or "label", in a list of two or more ("A, B or C", "A/B"), or as the end of a range ("A-D"). A lone "A" in a
 * sentence is left alone: it is most often an article.
 *
 * rewriteCitedLabels('Reply with A or B.', new Map([['A', '1'], ['B', '2']])) // => 'Reply with 1 or 2.'
 */
export function rewriteCitedLabels(text: string, shown: ReadonlyMap<string, string>): string {
  if (![...shown].some(([label, other]) => label !== other && text.includes(label))) return text
  const label = `(?:${[...shown.keys()]
    .map(escapePattern)
    .sort((a, b) => b.length - a.length)
    .join('|')})`
  const quoted = marks.map(([open, close]) => `${escapePattern(open)}${label}${escapePattern(close)}`).join('|')
  const named = `\\b(?:[Oo]ption|[Cc]hoice|[Ll]etter|[Ll]abel)s?\\s+${label}\\b`
  const between = '(?:\\s*,\\s*(?:(?:and|or)\\s+)?|\\s*/\\s*|\\s+(?:and|or)\\s+|\\s?[-–]\\s?|\\s+(?:to|through)\\s+)'
  const list = `\\b${label}(?:${between}${label})+\\b`
  // Inside what was recognised as a citation every label is one: letters of words like "and" stand between no boundaries.
  const single = new RegExp(`(?<![\\p{L}\\p{N}])${label}(?![\\p{L}\\p{N}])`, 'gu')
  return text.replace(new RegExp(`${quoted}|${list}|${named}`, 'gu'), (cited) =>
    cited.replace(single, (found) => shown.get(found) ?? found),
  )
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
