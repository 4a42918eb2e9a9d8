import { wrapText } from './display-width.ts'

/** What a line is continued under: its indentation, or the word at its start that is set off by spaces. */
const lead = /^(?:\S+ {2,}| *)/

/**
 * Lines broken between words to fit a terminal, continued under their own beginning.
 *
 * wrapLines(['Calls      at most many calls, and then some more'], 40)
 * // => ['Calls      at most many calls, and then', '           some more']
 */
export function wrapLines(lines: readonly string[], columns: number): readonly string[] {
  const width = Math.max(40, Math.min(columns, 100))
  return lines.flatMap((line) => {
    const [head = ''] = lead.exec(line) ?? []
    const [first = '', ...rest] = wrapText(line.slice(head.length), width - head.length)
    return [head + first, ...rest.map((more) => ' '.repeat(head.length) + more)]
  })
}
