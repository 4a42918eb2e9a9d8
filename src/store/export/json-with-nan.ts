/** JSON as Python writes and reads it: NaN stands for "no score". Everything else is plain JSON. */
const sentinel = '\u0000not-a-number\u0000'

export function jsonWithNaN(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'number' && Number.isNaN(inner) ? sentinel : inner,
  )
  // JSON escapes the control characters, so that no text of a model can look like this.
  return text.replaceAll('"\\u0000not-a-number\\u0000"', 'NaN')
}
