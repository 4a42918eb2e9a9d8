/** Builds `Observations` row by row with growing typed arrays, then puts the rows in canonical order. */
import { canonicalOrder, permute } from './canonical-order.ts'
import { CategoryBuilder, type Column, Growing } from './growing-column.ts'
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
  /** Hash of the item's content, where the log gives one: tells items apart that share an id. Not stored. */
  readonly itemHash?: string | undefined
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
  // By identity, as most sources hand over one levels object per variant; bounded for those that make one per row.
  readonly #labels = new Map<Levels, string>()
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
    const known = this.#labels.get(levels)
    if (known !== undefined) return known
    const label = variantLabel(levels)
    if (!this.#variants.has(label)) this.#variants.set(label, levels)
    if (this.#labels.size < 1024) this.#labels.set(levels, label)
    return label
  }
}
