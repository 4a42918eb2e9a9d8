/**
 * What the dataset row of a sample says about the item: attributes for subgroups, and the passage or story that
 * several items share.
 *
 * Harness tasks carry any dataset, so nothing is assumed: a field counts as an attribute only if it takes few values
 * that each cover several items, and as a cluster only if its name says that it identifies a shared text and items do
 * share it.
 */
import { createHash } from 'node:crypto'
import type { JsonRecord } from '../files/json-access.ts'
import { TextColumn } from '../files/text-column.ts'

/** Fields that hold the question, its answer or its number: never subgroups. */
const neverAttributes =
  /^(id|idx|index|_?id|uid|guid|qid|key|hash|q|a|question|query|input|prompt|problem|text|answer|answers|answerkey|target|targets|gold|label|labels|solution|choices|options|completion|output|response|url)$|(_id|_idx|_index|_hash)$/i
/** Numbers are categories only under a name that says so. */
const numericAttributes = /level|year|grade|difficulty|hops|steps|category|subject|subset|topic|type|length_bucket/i
/** Kept even where a file holds a single value: across tasks it varies. */
const wellKnownAttributes =
  /^(subject|category|topic|level|difficulty|language|lang|type|domain|subset|split|subfield)$/i
const clusterIds =
  /^(passage|context|paragraph|story|article|document|doc|family|group|conversation|dialogue|dialog)_?(id|idx|index|number|no)$/i
const clusterTexts = /^(passage|context|paragraph|story|article|document|dialogue|family)$/i

const longestAttribute = 60
const mostValues = 30

export class DocumentFields {
  readonly #attributes = new Map<string, TextColumn>()
  readonly #clusters = new Map<string, TextColumn>()
  readonly #itemOf = new TextColumn(Number.POSITIVE_INFINITY)
  /** Fields that some document fills with a long text or a structure: not a category, whatever the others hold. */
  readonly #free = new Set<string>()

  add(row: number, item: string, document: JsonRecord | undefined): void {
    this.#itemOf.set(row, item)
    if (document === undefined) return
    for (const name of Object.keys(document)) {
      const value = document[name]
      if (clusterIds.test(name) || clusterTexts.test(name)) {
        const text = typeof value === 'number' ? String(value) : value
        if (typeof text === 'string' && text !== '') columnOf(this.#clusters, name, Infinity).set(row, shortened(text))
      } else if (isCategory(name, value)) columnOf(this.#attributes, name, mostValues).set(row, String(value))
      else if (value !== null && value !== undefined && value !== '') this.#free.add(name)
    }
  }

  /** Fields with few values, each of several items; by name, in order of name. */
  attributes(): ReadonlyMap<string, TextColumn> {
    const items = this.#itemOf.values.length
    const kept = [...this.#attributes].filter(([name, column]) => {
      if (column.overflowed || column.filled === 0 || this.#free.has(name)) return false
      if (column.values.length === 1) return wellKnownAttributes.test(name)
      return column.values.length * 2 <= items
    })
    return new Map(kept.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** The field that groups items, or undefined: at least two groups, at least one of several items. */
  cluster(): { readonly field: string; readonly column: TextColumn } | undefined {
    const items = this.#itemOf.values.length
    const grouping = [...this.#clusters]
      .filter(([, column]) => column.values.length >= 2 && column.values.length < items)
      .filter(([, column]) => column.filled === this.#itemOf.filled && !this.#splitsItems(column))
      // An identifier says more surely than a text what belongs together; of two, the finer one.
      .sort(([a, left], [b, right]) => {
        const rank = Number(clusterTexts.test(a)) - Number(clusterTexts.test(b))
        return rank || right.values.length - left.values.length || (a < b ? -1 : 1)
      })
    const best = grouping[0]
    return best === undefined ? undefined : { field: best[0], column: best[1] }
  }

  /** A field that differs between two rows of one item cannot be what its items share. */
  #splitsItems(column: TextColumn): boolean {
    const seen = new Int32Array(this.#itemOf.values.length).fill(-2)
    for (let row = 0; row < this.#itemOf.filled; row++) {
      const item = this.#itemOf.code(row)
      const known = seen[item] ?? -2
      if (known === -2) seen[item] = column.code(row)
      else if (known !== column.code(row)) return true
    }
    return false
  }
}

function isCategory(name: string, value: unknown): boolean {
  if (neverAttributes.test(name)) return false
  if (typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value) && numericAttributes.test(name)
  return typeof value === 'string' && value !== '' && value.length <= longestAttribute
}

function columnOf(columns: Map<string, TextColumn>, name: string, limit: number): TextColumn {
  const known = columns.get(name)
  if (known !== undefined) return known
  const made = new TextColumn(limit)
  columns.set(name, made)
  return made
}

/** A shared text becomes its hash: the name of a cluster should fit on a line. */
function shortened(text: string): string {
  return text.length <= 40 ? text : createHash('sha256').update(text).digest('hex').slice(0, 12)
}
