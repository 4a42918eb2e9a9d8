/** Calls whose endpoint claimed counts that cannot be, by model: what a run and its report say of them. */
import type { CallRecord } from './journal-record.ts'

export interface DisbelievedBy {
  readonly model: string
  readonly calls: number
}

export class DisbelievedCalls {
  readonly #by = new Map<string, number>()

  add({ model, disbelieved }: Pick<CallRecord, 'model' | 'disbelieved'>): void {
    if (disbelieved !== undefined) this.#by.set(model, (this.#by.get(model) ?? 0) + 1)
  }

  list(): readonly DisbelievedBy[] {
    return [...this.#by].sort(([a], [b]) => (a < b ? -1 : 1)).map(([model, calls]) => ({ model, calls }))
  }
}
