/** How long a server asks to wait. */

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Milliseconds from `retry-after-ms`, or `retry-after` in seconds or as an HTTP date (RFC 9110 §10.2.3). A date is
 * measured against the server's own `date`, so that a wrong clock on either side changes nothing; without that header it
 * cannot be read. Never negative; undefined where nothing was asked.
 *
 * retryAfterMs({ 'retry-after': '1.5' }) // => 1500
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const milliseconds = numberOf(textOf(headers['retry-after-ms']))
  if (milliseconds !== undefined) return milliseconds
  const asked = textOf(headers['retry-after'])
  const seconds = numberOf(asked)
  if (seconds !== undefined) return seconds * 1_000
  const until = Date.parse(asked ?? '')
  const from = Date.parse(textOf(headers.date) ?? '')
  return Number.isNaN(until) || Number.isNaN(from) ? undefined : Math.max(0, until - from)
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'object' ? header[0] : header
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined
  return Number(text)
}
