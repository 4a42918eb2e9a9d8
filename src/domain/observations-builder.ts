/** Builds `Observations` row by row with growing typed arrays, then puts the rows in canonical order. */
import {
  type Category,
  type Levels,
  type MissingReason,
  missingReasons,
  type Observations,
  variantLabel,
} from './observations.ts'

export interface ObservationRow {
  readonly run: string
  readonly model: string
  readonly task: string
  readonly item: string
  readonly scorer: string
  /** A finite number, or the reason there is none. */
  readonly score: number | MissingReason
  readonly cluster?: string | undefined
  readonly levels?: Levels | undefined
  readonly technique?: string | undefined
  readonly replicate?: number | undefined
  readonly answer?: string | undefined
  readonly inputTokens?: number | undefined
  readonly outputTokens?: number | undefined
  readonly cost?: number | undefined
  readonly latencyMs?: number | undefined
  readonly source: string
  readonly sourceRow: number
  readonly attributes?: Readonly<Record<string, string>> | undefined
}

export class ObservationsBuilder {
  // Plain records: a Map lookup per column and row would cost more than storing the value.
  readonly #text = {
    run: new CategoryBuilder(),
    model: new CategoryBuilder(),
    task: new CategoryBuilder(),
    scorer: new CategoryBuilder(),
    item: new CategoryBuilder(),
    variant: new CategoryBuilder(),
    technique: new CategoryBuilder(),
    cluster: new CategoryBuilder(),
    answer: new CategoryBuilder(),
    source: new CategoryBuilder(),
  }
  readonly #numbers = {
    inputTokens: new Growing(Float64Array, Number.NaN),
    outputTokens: new Growing(Float64Array, Number.NaN),
    cost: new Growing(Float64Array, Number.NaN),
    latencyMs: new Growing(Float64Array, Number.NaN),
  }
  readonly #score = new Growing(Float64Array, Number.NaN)
  readonly #missing = new Growing(Uint8Array, 0)
  readonly #replicate = new Growing(Int32Array, 0)
  readonly #sourceRow = new Growing(Int32Array, 0)
  readonly #attributes = new Map<string, CategoryBuilder>()
  readonly #variants = new Map<string, Levels>([['as given', {}]])
  #lastLevels: Levels | undefined
  #lastVariant = 'as given'
  #rows = 0

  get rows(): number {
    return this.#rows
  }

  add(row: ObservationRow): void {
    const at = this.#rows++
    const text = this.#text
    text.run.set(at, row.run)
    text.model.set(at, row.model)
    text.task.set(at, row.task)
    text.scorer.set(at, row.scorer)
    text.item.set(at, row.item)
    text.variant.set(at, this.#variantOf(row.levels))
    text.technique.set(at, row.technique)
    text.cluster.set(at, row.cluster)
    text.answer.set(at, row.answer)
    text.source.set(at, row.source)
    const numbers = this.#numbers
    if (row.inputTokens !== undefined) numbers.inputTokens.set(at, row.inputTokens)
    if (row.outputTokens !== undefined) numbers.outputTokens.set(at, row.outputTokens)
    if (row.cost !== undefined) numbers.cost.set(at, row.cost)
    if (row.latencyMs !== undefined) numbers.latencyMs.set(at, row.latencyMs)
    if (typeof row.score === 'number') {
      if (Number.isFinite(row.score)) {
        this.#score.set(at, row.score)
        this.#missing.set(at, 0)
      } else {
        this.#score.set(at, Number.NaN)
        this.#missing.set(at, missingReasons.indexOf(Number.isNaN(row.score) ? 'not-scored' : 'not-finite'))
      }
    } else {
      this.#score.set(at, Number.NaN)
      this.#missing.set(at, missingReasons.indexOf(row.score))
    }
    this.#replicate.set(at, row.replicate ?? 1)
    this.#sourceRow.set(at, row.sourceRow)
    if (row.attributes !== undefined) {
      for (const name of Object.keys(row.attributes)) {
        let column = this.#attributes.get(name)
        if (column === undefined) {
          column = new CategoryBuilder()
          this.#attributes.set(name, column)
        }
        column.set(at, row.attributes[name])
      }
    }
  }

  /** Drops every row from `rows` on: a file that fails half-way leaves nothing behind. */
  truncate(rows: number): void {
    this.#rows = Math.min(this.#rows, rows)
    for (const column of [...Object.values(this.#text), ...this.#attributes.values()]) column.truncate(this.#rows)
    for (const column of Object.values(this.#numbers)) column.clear(this.#rows)
  }

  finish(): Observations {
    const rows = this.#rows
    const text = {
      run: this.#text.run.finish(rows),
      model: this.#text.model.finish(rows),
      task: this.#text.task.finish(rows),
      scorer: this.#text.scorer.finish(rows),
      item: this.#text.item.finish(rows),
      variant: this.#text.variant.finish(rows),
      technique: this.#text.technique.finish(rows),
      cluster: this.#text.cluster.finish(rows),
      answer: this.#text.answer.finish(rows),
      source: this.#text.source.finish(rows),
    }
    const attributes = [...this.#attributes]
      .map(([name, column]) => ({ name, column: column.finish(rows) }))
      .filter(({ column }) => column.values.length > 0)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const score = this.#score.take(rows)
    const replicate = this.#replicate.take(rows)
    const missing = this.#missing.take(rows)
    const order = canonicalOrder({
      rows,
      keys: [text.run, text.model, text.task, text.scorer, text.item, text.variant, text.technique]
        .map(({ codes }) => codes)
        .concat([replicate]),
      missing,
      score,
      ties: [text.answer.codes, text.cluster.codes, ...attributes.map(({ column }) => column.codes)],
    })
    const column = <A extends Column>(values: A): A => (order === undefined ? values : permute(values, order))
    const category = ({ codes, values }: Category): Category => ({ codes: column(codes), values })
    return {
      rows,
      run: category(text.run),
      model: category(text.model),
      task: category(text.task),
      item: category(text.item),
      cluster: category(text.cluster),
      variant: category(text.variant),
      variants: text.variant.values.map((label) => this.#variants.get(label) ?? {}),
      technique: category(text.technique),
      scorer: category(text.scorer),
      replicate: column(replicate),
      score: column(score),
      missing: column(missing),
      answer: category(text.answer),
      inputTokens: column(this.#numbers.inputTokens.take(rows)),
      outputTokens: column(this.#numbers.outputTokens.take(rows)),
      cost: column(this.#numbers.cost.take(rows)),
      latencyMs: column(this.#numbers.latencyMs.take(rows)),
      source: category(text.source),
      sourceRow: column(this.#sourceRow.take(rows)),
      attributes: new Map(attributes.map((attribute) => [attribute.name, category(attribute.column)])),
    }
  }

  #variantOf(levels: Levels | undefined): string {
    if (levels === undefined) return 'as given'
    if (levels === this.#lastLevels) return this.#lastVariant
    const label = variantLabel(levels)
    if (!this.#variants.has(label)) this.#variants.set(label, levels)
    this.#lastLevels = levels
    this.#lastVariant = label
    return label
  }
}

type Column = Float64Array | Int32Array | Uint8Array

class Growing<A extends Column> {
  readonly #make: new (
    length: number,
  ) => A
  readonly #empty: number
  #data: A

  constructor(make: new (length: number) => A, empty: number) {
    this.#make = make
    this.#empty = empty
    this.#data = new make(1024).fill(empty) as A
  }

  set(at: number, value: number): void {
    if (at >= this.#data.length) {
      const grown = new this.#make(Math.max(at + 1, Math.ceil(this.#data.length * 1.6)))
      grown.fill(this.#empty, this.#data.length)
      grown.set(this.#data)
      this.#data = grown
    }
    this.#data[at] = value
  }

  clear(from: number): void {
    this.#data.fill(this.#empty, Math.min(from, this.#data.length))
  }

  take(rows: number): A {
    if (rows <= this.#data.length) return this.#data.slice(0, rows) as A
    const taken = new this.#make(rows)
    taken.fill(this.#empty, this.#data.length)
    taken.set(this.#data)
    return taken
  }
}

class CategoryBuilder {
  readonly #codes = new Growing(Int32Array, -1)
  readonly #index = new Map<string, number>()
  readonly #values: string[] = []
  #lastValue: string | undefined
  #lastCode = -1

  set(at: number, value: string | undefined): void {
    if (value === undefined) return
    // Run, model, task and scorer repeat for long stretches: comparing with the last value saves the lookup.
    if (value !== this.#lastValue) {
      let code = this.#index.get(value)
      if (code === undefined) {
        code = this.#values.length
        this.#index.set(value, code)
        this.#values.push(value)
      }
      this.#lastValue = value
      this.#lastCode = code
    }
    this.#codes.set(at, this.#lastCode)
  }

  truncate(rows: number): void {
    this.#codes.clear(rows)
  }

  /** Codes in the order of their text, and no values that no row uses. */
  finish(rows: number): Category {
    const codes = this.#codes.take(rows)
    const used = new Uint8Array(this.#values.length)
    for (let i = 0; i < rows; i++) {
      const code = codes[i] ?? -1
      if (code >= 0) used[code] = 1
    }
    const kept = this.#values.map((value, code) => ({ value, code })).filter(({ code }) => used[code] === 1)
    kept.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
    const renumbered = new Int32Array(this.#values.length).fill(-1)
    for (const [next, { code }] of kept.entries()) renumbered[code] = next
    if (renumbered.some((next, code) => next !== code)) {
      for (let i = 0; i < rows; i++) {
        const code = codes[i] ?? -1
        if (code >= 0) codes[i] = renumbered[code] ?? -1
      }
    }
    return { codes, values: kept.map(({ value }) => value) }
  }
}

interface SortKeys {
  readonly rows: number
  readonly keys: readonly Int32Array[]
  readonly missing: Uint8Array
  readonly score: Float64Array
  readonly ties: readonly Int32Array[]
}

/** Row numbers in canonical order, or undefined where the rows already are. */
function canonicalOrder({ rows, keys, missing, score, ties }: SortKeys): Int32Array | undefined {
  const compareWithin = (a: number, b: number): number => {
    const reason = (missing[a] ?? 0) - (missing[b] ?? 0)
    if (reason !== 0) return reason
    const left = score[a] ?? Number.NaN
    const right = score[b] ?? Number.NaN
    if (left < right) return -1
    if (left > right) return 1
    for (const tie of ties) {
      const difference = (tie[a] ?? 0) - (tie[b] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  }
  const varying = keys.filter(varies)
  if (inOrder({ rows, keys: varying, compareWithin })) return undefined
  let order = Int32Array.from({ length: rows }, (_, row) => row)
  // Radix passes from the least significant key up; only rows equal in every key are left for the comparison.
  for (const key of varying.toReversed()) order = countingPass(order, key)
  for (let start = 0; start < rows; ) {
    let end = start + 1
    while (end < rows && sameKeys(varying, order[start] ?? 0, order[end] ?? 0)) end++
    if (end - start > 1) order.subarray(start, end).sort(compareWithin)
    start = end
  }
  return order
}

function varies(key: Int32Array): boolean {
  for (let i = 1; i < key.length; i++) if (key[i] !== key[0]) return true
  return false
}

interface OrderCheck {
  readonly rows: number
  readonly keys: readonly Int32Array[]
  readonly compareWithin: (a: number, b: number) => number
}

function inOrder({ rows, keys, compareWithin }: OrderCheck): boolean {
  for (let row = 1; row < rows; row++) {
    let difference = 0
    for (const key of keys) {
      difference = (key[row - 1] ?? 0) - (key[row] ?? 0)
      if (difference !== 0) break
    }
    if (difference > 0 || (difference === 0 && compareWithin(row - 1, row) > 0)) return false
  }
  return true
}

function sameKeys(keys: SortKeys['keys'], a: number, b: number): boolean {
  for (const key of keys) if (key[a] !== key[b]) return false
  return true
}

function countingPass(order: Int32Array<ArrayBuffer>, key: Int32Array): Int32Array<ArrayBuffer> {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < key.length; i++) {
    const value = key[i] ?? 0
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low >= high) return order
  if (high - low > 8 * order.length + 1024) {
    // Replicate numbers may be arbitrary integers; a stable comparison sort needs no counters for them.
    return Int32Array.from(Array.from(order).sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0)))
  }
  const starts = new Int32Array(high - low + 2)
  for (let i = 0; i < key.length; i++) {
    const slot = (key[i] ?? 0) - low + 1
    starts[slot] = (starts[slot] ?? 0) + 1
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  const next = new Int32Array(order.length)
  for (let i = 0; i < order.length; i++) {
    const row = order[i] ?? 0
    const slot = (key[row] ?? 0) - low
    const at = starts[slot] ?? 0
    next[at] = row
    starts[slot] = at + 1
  }
  return next
}

function permute<A extends Column>(column: A, order: Int32Array): A {
  const result = column.slice() as A
  for (let i = 0; i < order.length; i++) result[i] = column[order[i] ?? 0] ?? 0
  return result
}
