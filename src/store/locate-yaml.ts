/**
 * Parses YAML (JSON is YAML) and tells where each field stands, so that a problem can be shown with its line. JSON is only
 * parsed as YAML where something has to be shown: the tree of a protocol with its items takes a hundred times its text.
 */
import { type Document, isNode, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml'
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
    const unclosed = openedAt({ document, text, end: error.pos[0] })
    const { line, col } = lineCounter.linePos(unclosed ?? error.pos[0] + before.length)
    fail(
      'protocol-not-yaml',
      { file: path, line, column: col, problem: error.message },
      'correct this line; indentation is by spaces, and text with a colon or # needs quotes',
    )
  }
  return {
    value: dataOf(document, path),
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

/** Where the bracket or quote opens that nothing closes: the parser notices it only where the next field begins. */
function openedAt(search: {
  readonly document: Document
  readonly text: string
  readonly end: number
}): number | undefined {
  const { document, text, end } = search
  let opened: number | undefined
  visit(document, {
    Node(_, node) {
      if (!isNode(node) || !node.range) return
      const [start, last] = node.range
      const opening = text[start] ?? ''
      const closing = isScalar(node) ? quotes[opening] : brackets[opening]
      if (closing === undefined || start >= end) return
      if (last - start < 2 || text[last - 1] !== closing) opened = start
    },
  })
  return opened
}

const brackets: Readonly<Record<string, string>> = { '[': ']', '{': '}' }
const quotes: Readonly<Record<string, string>> = { '"': '"', "'": "'" }

/** Aliases may stand for themselves many times over: a few lines that would grow to gigabytes are refused. */
function dataOf(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return fail(
      'protocol-too-many-aliases',
      { file: path, problem: error.message },
      'write out what the aliases (*name) stand for',
    )
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
