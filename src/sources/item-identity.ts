/**
 * Keeps items apart that share an id but not a text: a split that was shuffled or revised between two runs would
 * otherwise pair different questions with one another.
 */
import type { ObservationRow } from '../domain/index.ts'
import type { Caveat } from '../stats/index.ts'

export class ItemIdentity {
  /** Hash that an id of a task stands for: task → item → hash of the first row that named it. */
  readonly #hashes = new Map<string, Map<string, string>>()
  readonly #renamed = new Map<string, { readonly task: string; readonly items: Set<string> }>()

  /** The row, its item renamed where the id already stands for another text. */
  apart(row: ObservationRow): ObservationRow {
    const { task, item, itemHash } = row
    if (itemHash === undefined) return row
    let items = this.#hashes.get(task)
    if (items === undefined) {
      items = new Map()
      this.#hashes.set(task, items)
    }
    const known = items.get(item)
    if (known === undefined) {
      items.set(item, itemHash)
      return row
    }
    if (known === itemHash) return row
    const renamed = this.#renamed.get(row.run)
    if (renamed === undefined) this.#renamed.set(row.run, { task, items: new Set([item]) })
    else renamed.items.add(item)
    return { ...row, item: `${item} (${itemHash.slice(0, 8)})` }
  }

  /** What was renamed since the last call, by run. */
  takeCaveats(): readonly { readonly run: string; readonly caveat: Caveat }[] {
    const caveats = [...this.#renamed].map(([run, { task, items }]) => ({
      run,
      caveat: { code: 'item-ids-reused', severity: 'caution' as const, values: { task, items: items.size } },
    }))
    this.#renamed.clear()
    return caveats
  }
}
