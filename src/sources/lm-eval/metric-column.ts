/** The values of one metric, one per row: a number, or why there is none. Unknown is never zero. */
import type { MissingReason } from '../../domain/index.ts'

export class MetricColumn {
  #values = new Float64Array(256)
  /** 0 not in the row, 1 a number, else 2 + index into `reasons`. */
  #states = new Uint8Array(256)
  #numeric = 0

  /** Rows that hold a finite number. */
  get numeric(): number {
    return this.#numeric
  }

  set(row: number, value: unknown): void {
    if (row >= this.#values.length) this.#grow(row + 1)
    const number = typeof value === 'boolean' ? Number(value) : value
    if (typeof number === 'number' && Number.isFinite(number)) {
      this.#values[row] = number
      this.#states[row] = 1
      this.#numeric++
    } else {
      this.#states[row] = 2 + reasons.indexOf(reasonOf(value))
    }
  }

  /** Undefined where the row does not have this metric at all. */
  at(row: number): number | MissingReason | undefined {
    const state = this.#states[row] ?? 0
    return state === 0 ? undefined : state === 1 ? this.#values[row] : reasons[state - 2]
  }

  #grow(rows: number): void {
    const length = Math.max(rows, Math.ceil(this.#values.length * 1.6))
    const values = new Float64Array(length)
    values.set(this.#values)
    this.#values = values
    const states = new Uint8Array(length)
    states.set(this.#states)
    this.#states = states
  }
}

const reasons = ['not-scored', 'not-numeric', 'not-finite'] as const satisfies readonly MissingReason[]

function reasonOf(value: unknown): (typeof reasons)[number] {
  if (value === null || value === undefined || Number.isNaN(value)) return 'not-scored'
  return typeof value === 'number' ? 'not-finite' : 'not-numeric'
}
