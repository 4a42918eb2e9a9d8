/** Collects the lines of a samples file: numbers repeats that have no number, and keeps what can be a subgroup. */
import { createHash } from 'node:crypto'
import type { ObservationRow } from '../../domain/index.ts'
import type { InstanceObservation } from './instance-observation.ts'

/** More distinct values are texts, not subgroups. */
const mostValues = 50

interface HeldRow {
  readonly row: ObservationRow
  readonly content: string
}

export class InstanceRows {
  readonly #emit: (row: ObservationRow) => void
  readonly #held = new Map<string, HeldRow[]>()
  /** Values of each attribute; undefined where there are too many. */
  readonly #values = new Map<string, Set<string> | undefined>()
  #repeated = 0

  constructor(emit: (row: ObservationRow) => void) {
    this.#emit = emit
  }

  /** Cells whose repeats had no number. */
  get repeated(): number {
    return this.#repeated
  }

  add(
    { own, row }: InstanceObservation,
    place: Pick<ObservationRow, 'run' | 'source' | 'sourceRow'>,
    text: string,
  ): void {
    const whole: ObservationRow = { ...row, ...place }
    if (own) {
      this.#emit(whole)
      return
    }
    for (const [name, value] of Object.entries(row.attributes ?? {})) this.#count(name, value)
    const key = JSON.stringify([row.model, row.task, row.scorer, row.item, row.itemHash])
    const cell = this.#held.get(key)
    // By a hash: in order of score the first repeats would all be the worse ones.
    const held = { row: whole, content: createHash('sha256').update(text).digest('hex') }
    if (cell === undefined) this.#held.set(key, [held])
    else cell.push(held)
  }

  finish(): void {
    for (const cell of this.#held.values()) {
      if (cell.length > 1) this.#repeated++
      cell.sort((a, b) => (a.content < b.content ? -1 : 1))
      for (const [index, { row }] of cell.entries())
        this.#emit({ ...row, replicate: index + 1, attributes: this.#subgroups(row.attributes) })
    }
    this.#held.clear()
  }

  #count(name: string, value: string): void {
    const known = this.#values.get(name)
    if (known === undefined) {
      if (!this.#values.has(name)) this.#values.set(name, new Set([value]))
    } else if (known.add(value).size > mostValues) this.#values.set(name, undefined)
  }

  #subgroups(attributes: ObservationRow['attributes']): Record<string, string> {
    return Object.fromEntries(Object.entries(attributes ?? {}).filter(([name]) => this.#values.get(name) !== undefined))
  }
}
