/**
 * Canonical JSON (RFC 8785) in pieces, so that a protocol with its hundred thousand items is never one string. Joined they
 * are what `canonicalize` gives.
 */
import canonicalize from 'canonicalize'

/** Protocol, items, list of items: what lies deeper is one piece. */
const levelsApart = 3

export function* canonicalPieces(value: unknown, levels: number = levelsApart): Generator<string, void> {
  if (levels === 0 || typeof value !== 'object' || value === null || 'toJSON' in value) {
    const text = canonicalize(value)
    if (text === undefined) throw new Error('only JSON values have a canonical form')
    yield text
    return
  }
  const list = Array.isArray(value)
  yield list ? '[' : '{'
  let before = ''
  for (const [name, member] of list ? value.entries() : fieldsOf(value)) {
    yield list ? before : `${before}${canonicalize(name)}:`
    // As in JSON: a hole in a list is null.
    yield* canonicalPieces(isJson(member) ? member : null, levels - 1)
    before = ','
  }
  yield list ? ']' : '}'
}

/** In the order of UTF-16 units, without fields that JSON leaves out. */
function fieldsOf(record: object): readonly (readonly [string, unknown])[] {
  return Object.entries(record)
    .filter(([, member]) => isJson(member))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function isJson(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol'
}
