/**
 * Reads the keys at the start of a JSON document that may be cut off: enough to tell one format from another.
 *
 * Follows only braces, brackets and strings, so NaN tokens, comments of other dialects and a cut end do no harm.
 */
export interface JsonHead {
  /** First character of the document: an object, an array, or neither. */
  readonly shape: 'object' | 'array' | 'other'
  /** Keys of the top-level object; of the first element for an array. */
  readonly keys: ReadonlySet<string>
  /** Keys of objects one level further down, under their parent's key. */
  readonly nested: ReadonlyMap<string, ReadonlySet<string>>
  /** Keys two levels down: `results` → all keys of its children. */
  readonly grandchildren: ReadonlyMap<string, ReadonlySet<string>>
}

export function jsonHead(text: string): JsonHead {
  const start = /^[\uFEFF\s]*/.exec(text)?.[0].length ?? 0
  const opening = text[start]
  const shape = opening === '{' ? 'object' : opening === '[' ? 'array' : 'other'
  const keys = new Set<string>()
  const nested = new Map<string, Set<string>>()
  const grandchildren = new Map<string, Set<string>>()
  if (shape === 'other') return { shape, keys, nested, grandchildren }
  const stack: { kind: '{' | '['; key: string | undefined }[] = []
  const base = shape === 'array' ? 1 : 0
  const note = (key: string): void => {
    const depth = stack.length - base
    const path = stack.slice(base)
    if (path.some(({ kind }) => kind === '[')) return
    if (depth === 1) keys.add(key)
    else if (depth === 2) into(nested, path[0]?.key).add(key)
    else if (depth === 3) into(grandchildren, path[0]?.key).add(key)
  }
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (character === '"') {
      const end = stringEnd(text, at)
      if (end < 0) break
      const top = stack.at(-1)
      if (top?.kind === '{' && /^\s*:/.test(text.slice(end + 1, end + 20))) {
        const key = text.slice(at + 1, end)
        note(key)
        top.key = key
      }
      at = end
    } else if (character === '{' || character === '[') stack.push({ kind: character, key: undefined })
    else if (character === '}' || character === ']') {
      stack.pop()
      // One document, and of an array only its first element.
      if (stack.length <= base) break
    }
  }
  return { shape, keys, nested, grandchildren }
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return -1
}

function into(map: Map<string, Set<string>>, key: string | undefined): Set<string> {
  const name = key ?? ''
  const known = map.get(name)
  if (known !== undefined) return known
  const made = new Set<string>()
  map.set(name, made)
  return made
}
