/**
 * Chooses which sample metadata becomes attributes for subgroups: short texts, booleans, and integers with few values.
 *
 * Ids and free text have about as many values as there are samples; a key is let go of once it shows too many, so that
 * memory stays small. Which keys survive depends on the set of values alone, never on the order of the samples.
 */
import { collapsed, removedFromSummary } from './sample-record.ts'

const mostKeys = 20
const mostTrackedKeys = 400
const longestValue = 80
const mostValues = 200
const mostIntegers = 50

export interface AttributeChoice {
  readonly keys: readonly string[]
  /** Usable keys beyond the limit, left out in the order of their names. */
  readonly leftOut: number
}

export class AttributeKeys {
  /** Distinct values by key; undefined for a key that was let go of. */
  readonly #values = new Map<string, Set<string> | undefined>()
  readonly #integers = new Set<string>()

  /** The value as attribute text, or undefined where the key cannot become an attribute or the value is absent. */
  keep(key: string, value: unknown): string | undefined {
    if (value === null || value === undefined || value === '') return undefined
    let values = this.#values.get(key)
    if (values === undefined) {
      if (this.#values.has(key) || this.#values.size >= mostTrackedKeys) return undefined
      values = new Set()
      this.#values.set(key, values)
    }
    const text = attributeText(value)
    if (typeof value === 'number') this.#integers.add(key)
    if (text !== undefined) values.add(text)
    // One fraction, list or long text shows that the key is no category; half a column would mislead.
    if (text === undefined || values.size > (this.#integers.has(key) ? mostIntegers : mostValues)) {
      this.#values.set(key, undefined)
      return undefined
    }
    return text
  }

  /**
   * After all samples: the keys to show, without the one that serves as cluster. A key with a value of its own for
   * nearly every item makes no subgroups and is left out as well.
   */
  choose({ clusterKey, items }: { clusterKey: string | undefined; items: number }): AttributeChoice {
    const usable = [...this.#values]
      .filter(([key, values]) => values !== undefined && key !== clusterKey && values.size <= items / 2)
      .map(([key]) => key)
      .sort()
    return { keys: usable.slice(0, mostKeys), leftOut: Math.max(0, usable.length - mostKeys) }
  }
}

function attributeText(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined
  if (typeof value !== 'string' || value.length > 4 * longestValue || value === removedFromSummary) return undefined
  const text = collapsed(value)
  return text.length > longestValue ? undefined : text
}
