/** Columns that text takes in a terminal: wide letters take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

/** Breaks text between words into lines of at most `width` columns; words that are longer are cut. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (displayWidth(line === '' ? word : `${line} ${word}`) <= width) {
      line = line === '' ? word : `${line} ${word}`
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (displayWidth(line) > width) {
      const head = cut(line, width)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

/** At most `count` lines of `width`; what does not fit ends in an ellipsis. */
export function wrapShort(text: string, size: { readonly width: number; readonly count: number }): readonly string[] {
  const lines = wrapText(text, size.width)
  if (lines.length <= size.count) return lines
  const kept = lines.slice(0, size.count)
  const last = kept.pop() ?? ''
  return [...kept, `${cut(last, size.width - 1)}…`]
}

function cut(text: string, width: number): string {
  let taken = ''
  let columns = 0
  for (const character of text) {
    columns += widthOf(character)
    if (columns > width) break
    taken += character
  }
  return taken
}

function widthOf(character: string): number {
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0
  return /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    character,
  )
    ? 2
    : 1
}
