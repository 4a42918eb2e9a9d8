/**
 * A growing text column, dictionary-encoded, that gives up when it meets more distinct values than it was allowed.
 * Keeps the columns of a large table in a few bytes per row, and lets go of free text.
 */
export class TextColumn {
  readonly #index = new Map<string, number>()
  readonly #limit: number
  readonly #admits: ((value: string) => boolean) | undefined
  #beyond = false
  #codes = new Int32Array(256).fill(-1)
  #values: string[] = []
  #filled = 0
  #overflowed = false
  #sample: readonly string[] = []

  /** `admits`: values of which there may be any number; the column gives up at the first other one past the limit. */
  constructor(limit: number, admits?: (value: string) => boolean) {
    this.#limit = limit
    this.#admits = admits
  }

  /** Whether there were more distinct values than allowed; the rows are then forgotten. */
  get overflowed(): boolean {
    return this.#overflowed
  }

  /** Distinct values, in order of first appearance. */
  get values(): readonly string[] {
    return this.#values
  }

  /** Up to 50 of the values, also after an overflow. */
  get sample(): readonly string[] {
    return this.#overflowed ? this.#sample : this.#values.slice(0, 50)
  }

  /** How many rows have a value, also after an overflow. */
  get filled(): number {
    return this.#filled
  }

  /** Each row is set at most once. */
  set(row: number, value: string): void {
    if (this.#overflowed) {
      this.#filled++
      return
    }
    let code = this.#index.get(value)
    if (code === undefined) {
      code = this.#values.length
      if (code >= this.#limit && !this.#mayGrow(value)) {
        this.#giveUp()
        this.#filled++
        return
      }
      this.#index.set(value, code)
      this.#values.push(value)
    }
    if (row >= this.#codes.length) {
      const grown = new Int32Array(Math.max(row + 1, Math.ceil(this.#codes.length * 1.6))).fill(-1, this.#codes.length)
      grown.set(this.#codes)
      this.#codes = grown
    }
    this.#codes[row] = code
    this.#filled++
  }

  /** Index into `values`, or −1 where the row has none. */
  code(row: number): number {
    return row < this.#codes.length ? (this.#codes[row] ?? -1) : -1
  }

  /** Codes of the first `rows` rows. */
  codes(rows: number): Int32Array {
    const codes = new Int32Array(rows).fill(-1)
    codes.set(this.#codes.subarray(0, rows))
    return codes
  }

  at(row: number): string | undefined {
    const code = this.code(row)
    return code < 0 ? undefined : this.#values[code]
  }

  #mayGrow(value: string): boolean {
    const admits = this.#admits
    if (admits === undefined || !admits(value)) return false
    this.#beyond ||= this.#values.every(admits)
    return this.#beyond
  }

  #giveUp(): void {
    this.#overflowed = true
    this.#sample = this.#values.slice(0, 50)
    this.#codes = new Int32Array(0)
    this.#values = []
    this.#index.clear()
  }
}
