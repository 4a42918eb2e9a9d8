/** The samples of one log by item and epoch; where one is written twice, the last wins. */
import type { SampleRecord } from './sample-record.ts'

export class SampleTable {
  readonly #records: SampleRecord[] = []
  /** By epoch, then item: no text is made for a key. */
  readonly #index = new Map<number, Map<string, number>>()
  #duplicates = 0

  /** Samples in the order in which their keys first appeared. */
  get records(): readonly SampleRecord[] {
    return this.#records
  }

  /** Records that a later one of the same item and epoch replaced. */
  get duplicates(): number {
    return this.#duplicates
  }

  put(record: SampleRecord): void {
    if (this.#set(record)) this.#duplicates++
  }

  /** Puts a fuller reading of a sample in the place of a thinner one. */
  replace(record: SampleRecord): void {
    this.#set(record)
  }

  get(item: string, epoch: number): SampleRecord | undefined {
    const at = this.#index.get(epoch)?.get(item)
    return at === undefined ? undefined : this.#records[at]
  }

  /** Whether there was a record before. */
  #set(record: SampleRecord): boolean {
    let items = this.#index.get(record.epoch)
    if (items === undefined) {
      items = new Map()
      this.#index.set(record.epoch, items)
    }
    const at = items.get(record.item)
    if (at !== undefined) {
      this.#records[at] = record
      return true
    }
    items.set(record.item, this.#records.length)
    this.#records.push(record)
    return false
  }
}
