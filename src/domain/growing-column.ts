/** Columns that grow row by row while a table is built. */
import type { Category } from './observations.ts'

export type Column = Float64Array | Int32Array | Uint8Array

/** A typed array that grows; rows never set read `empty`. */
export class Growing<A extends Column> {
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

  at(index: number): number {
    return this.#data[index] ?? this.#empty
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

/** A dictionary-encoded text column that grows. */
export class CategoryBuilder {
  readonly #codes = new Growing(Int32Array, -1)
  readonly #index = new Map<string, number>()
  readonly #values: string[] = []
  #lastValue: string | undefined
  #lastCode = -1
  #truncated = false

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
    this.#truncated = true
  }

  /** Codes in the order of their text, and no values that no row uses. */
  finish(rows: number): Category {
    const codes = this.#codes.take(rows)
    const all = this.#values.map((value, code) => ({ value, code }))
    const kept = this.#truncated ? usedBy(codes, all) : all
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

function usedBy<A extends { readonly code: number }>(codes: Int32Array, values: readonly A[]): A[] {
  const used = new Uint8Array(values.length)
  for (const code of codes) if (code >= 0) used[code] = 1
  return values.filter(({ code }) => used[code] === 1)
}
