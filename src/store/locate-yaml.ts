/**
 * Parses YAML (JSON is YAML) and tells where each field stands, so that a problem can be shown with its line. JSON is only
 * parsed as YAML where something has to be shown: the tree of a protocol with its items takes a hundred times its text.
 */
import { isNode, isPair, LineCounter, type Node, parseDocument } from 'yaml'
import { fail } from '../stats/fail.ts'
import { parsePlainJson } from './parse-plain-json.ts'

export interface Place {
  /** From 1. */
  readonly line: number
  readonly column: number
}

export interface LocatedText {
  readonly value: unknown
  /** Where a field stands; for a missing one, where the record that lacks it begins. */
  readonly placeOf: (path: readonly (string | number)[]) => Place | undefined
}

export interface NamedText {
  readonly text: string
  readonly path: string
}

export function locateYaml(named: NamedText): LocatedText {
  const json = parsePlainJson(named.text)
  return json === undefined ? parseYaml(named) : { ...json, placeOf: (path) => parseYaml(named).placeOf(path) }
}

function parseYaml({ text, path }: NamedText): LocatedText {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true })
  const [error] = [...document.errors, ...document.warnings]
  if (error !== undefined) {
    // The parser takes blank lines and comments before a field for its beginning; a reader looks at the field.
    const [before = ''] = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*/.exec(text.slice(error.pos[0])) ?? []
    const { line, col } = lineCounter.linePos(error.pos[0] + before.length)
    fail(
      'protocol-not-yaml',
      { file: path, line, column: col, problem: error.message },
      'correct this line; indentation is by spaces, and text with a colon or # needs quotes',
    )
  }
  return {
    value: document.toJS(),
    placeOf(fieldPath) {
      for (let length = fieldPath.length; length >= 0; length--) {
        const node =
          length === 0
            ? document.contents
            : keyOf(document.getIn(fieldPath.slice(0, length - 1), true), fieldPath[length - 1])
        const start = isNode(node) ? node.range?.[0] : undefined
        if (start === undefined) continue
        const { line, col } = lineCounter.linePos(start)
        return { line, column: col }
      }
      return undefined
    },
  }
}

/** The key of a field in a map, or the element of a list. */
function keyOf(parent: unknown, name: string | number | undefined): Node | undefined {
  if (typeof parent !== 'object' || parent === null || !('items' in parent) || !Array.isArray(parent.items))
    return undefined
  if (typeof name === 'number') {
    const element: unknown = parent.items[name]
    return isNode(element) ? element : undefined
  }
  for (const pair of parent.items) {
    if (isPair(pair) && isNode(pair.key) && 'value' in pair.key && pair.key.value === name) return pair.key
  }
  return undefined
}
