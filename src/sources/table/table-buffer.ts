/**
 * A table held in columns until all of it is known: which names it has, what they hold, which rows repeat.
 *
 * Columns that a mapping may need are kept whole. Any other keeps at most 50 distinct values, and is let go beyond:
 * it is free text then, of no use for subgroups.
 */
import { fail } from '../../stats/index.ts'
import { TextColumn } from '../files/text-column.ts'

/** Most distinct values of a column that nobody mapped. */
export const fewValues = 50

const mostColumns = 4_000

export interface TableBufferOptions {
  readonly path: string
  /** Columns to keep whole, whatever they hold. */
  readonly keeps: (name: string) => boolean
  /** Values of which any other column may hold any number. */
  readonly admits: ((value: string) => boolean) | undefined
}

export class TableBuffer {
  readonly path: string
  readonly #options: TableBufferOptions
  readonly #columns = new Map<string, TextColumn>()
  #rows = 0

  constructor(options: TableBufferOptions) {
    this.path = options.path
    this.#options = options
  }

  get rows(): number {
    return this.#rows
  }

  /** Names in order of first appearance. */
  get names(): readonly string[] {
    return [...this.#columns.keys()]
  }

  /** Starts a row; cells are then set by column. */
  startRow(): number {
    return this.#rows++
  }

  /** The column of a name, made on first use. */
  column(name: string): TextColumn {
    const known = this.#columns.get(name)
    if (known !== undefined) return known
    if (this.#columns.size >= mostColumns)
      fail('too-many-columns', { path: this.path, limit: mostColumns }, 'keep only the columns of the responses')
    const { keeps, admits } = this.#options
    const made = keeps(name) ? new TextColumn(Number.POSITIVE_INFINITY) : new TextColumn(fewValues, admits)
    this.#columns.set(name, made)
    return made
  }

  get(name: string): TextColumn | undefined {
    return this.#columns.get(name)
  }
}
