/**
 * Makes text from logs and models safe to show anywhere: one line, no control characters, no escape sequences, no
 * characters that reorder the text around them. Spaces that hold words together stay. Escaping for HTML or Markdown comes after this, not instead.
 *
 * cleanText('\u001b[31mred\u001b[0m\nline') // => 'red line'
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(terminalSequence, '')
    .replaceAll(/[^\S\u00a0\u202f]+/gu, ' ')
    .replaceAll(/[\p{Cc}\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu, '')
    .trim()
}

/** CSI, OSC (ended by BEL or ST) and two-character escapes, in their 7-bit and 8-bit forms. */
const terminalSequence = new RegExp(
  [
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]',
    '(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0007\\u001b\\u009c]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '\\u001b[ -/]*[0-~]?',
  ].join('|'),
  'gu',
)
