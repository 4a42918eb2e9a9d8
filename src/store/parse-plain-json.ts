/**
 * Parses text that is JSON and names no field of a record twice; undefined for all other text. `JSON.parse` alone keeps the
 * last of two fields without a word.
 */
export function parsePlainJson(text: string): { readonly value: unknown } | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return fieldsIn(value) === namesIn(text) ? { value } : undefined
}

function fieldsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const members: unknown[] = Object.values(value)
  return members.reduce<number>((sum, member) => sum + fieldsIn(member), Array.isArray(value) ? 0 : members.length)
}

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a

/** Strings followed by a colon, in text that is JSON. */
function namesIn(text: string): number {
  let names = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at++
    while (text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1
    at++
    while (isSpace(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) === colon) names++
  }
  return names
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
