/** Requests that were sent for each item. Those of items after a decision were paid beyond it. */
import { Growing } from './growing-column.ts'
import type { CallRecord } from './journal-record.ts'
import { requestsSent } from './paid.ts'
import { cellsPerItem, type Study } from './study.ts'

export class RequestsByItem {
  readonly #perItem: number
  readonly #requests = new Growing(Int32Array, 0)
  #items = 0

  constructor(study: Study) {
    this.#perItem = cellsPerItem(study)
  }

  /** Calls for fitting and of a search belong to no item that is reported. */
  add(call: Pick<CallRecord, 'index' | 'attempts' | 'requests'>): void {
    const { index } = call
    if (index < 0) return
    const item = Math.floor(index / this.#perItem)
    this.#requests.set(item, this.#requests.at(item) + requestsSent(call))
    this.#items = Math.max(this.#items, item + 1)
  }

  /** Of items from this cell of the running order on. */
  from(cell: number): number {
    let sum = 0
    for (let item = Math.ceil(cell / this.#perItem); item < this.#items; item++) sum += this.#requests.at(item)
    return sum
  }
}
