/** Words of a server made fit for a log: one short line without control characters and without keys. */

const longest = 200

/**
 * Cuts, cleans and redacts. Servers like to repeat the key they refused, in full or with a few characters hidden, so the
 * key itself, any longer part of it, and what looks like a key are replaced.
 *
 * safeDetail('Incorrect API key: sk-abc123\n', ['sk-abc123']) // => 'Incorrect API key: [key]'
 */
export function safeDetail(text: string, secrets: readonly string[]): string {
  // Redacted before it is cut, so that no half of a key is left at the end.
  let safe = text.slice(0, 10_000)
  for (const secret of secrets) {
    safe = withoutParts(withoutSecrets(safe, [secret]), secret)
  }
  safe = safe
    .replaceAll(/\bBearer\s+[^\s"',]+/gi, 'Bearer [key]')
    .replaceAll(/\b(?:sk|pk|rk|gsk|hf|xai|AIza)[-_]?[A-Za-z0-9_*.-]{12,}/g, '[key]')
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return safe.length > longest ? `${safe.slice(0, longest - 1)}…` : safe
}

/** Each key in full, wherever it stands. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let safe = text
  for (const secret of secrets) if (secret !== '') safe = safe.replaceAll(secret, '[key]')
  return safe
}

/** Words that share eight characters or more with the key: `sk-abcd…` in full length but masked, or cut off. */
function withoutParts(text: string, secret: string): string {
  if (secret.length < 16) return text
  const parts = new Set(Array.from({ length: secret.length - 7 }, (_, start) => secret.slice(start, start + 8)))
  return text.replaceAll(/[^\s"']{8,}/g, (word) => {
    for (let start = 0; start + 8 <= word.length; start++) if (parts.has(word.slice(start, start + 8))) return '[key]'
    return word
  })
}
