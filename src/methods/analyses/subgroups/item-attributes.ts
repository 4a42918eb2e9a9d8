/** Which attributes split the items of a measure into groups that can be compared. */
import type { Measure, Observations } from '../../../domain/index.ts'

export interface ItemAttribute {
  readonly name: string
  /** Levels with enough items, in order of their text. */
  readonly levels: readonly string[]
  /** Position in `levels` by item code; −1 for items without a value or in a level too small to show. */
  readonly levelOfItem: Int32Array
  /** Items inside `levels`, items outside, and levels left out as too small. */
  readonly covered: number
  readonly outside: number
  readonly smallLevels: number
}

export interface AttributeLimits {
  readonly mostLevels: number
  readonly fewestItems: number
  readonly mostAttributes: number
  readonly except: readonly string[]
}

export interface AttributeChoice {
  readonly attributes: readonly ItemAttribute[]
  /** Attributes that would have qualified, beyond the most that are shown. */
  readonly leftOut: readonly string[]
  /** Attributes with 2 or more levels that all (but one) are too small. */
  readonly tooSmall: readonly string[]
}

/**
 * Attributes that are constant within items and have two or more levels with enough items. The most useful come first:
 * those that cover more items, then those with fewer levels, then by name.
 */
export function chooseAttributes(
  observations: Observations,
  measure: Measure,
  limits: AttributeLimits,
): AttributeChoice {
  const qualified: ItemAttribute[] = []
  const tooSmall: string[] = []
  for (const [name, column] of observations.attributes) {
    if (limits.except.includes(name)) continue
    const codeOfItem = constantCodes({ observations, measure, codes: column.codes })
    if (codeOfItem === undefined) continue
    const counts = new Int32Array(column.values.length)
    let items = 0
    for (const code of codeOfItem) {
      if (code === absent) continue
      items++
      if (code >= 0) counts[code] = (counts[code] ?? 0) + 1
    }
    const used = counts.filter((count) => count > 0).length
    if (used < 2 || used > limits.mostLevels) continue
    const kept = column.values
      .map((value, code) => ({ value, code }))
      .filter(({ code }) => (counts[code] ?? 0) >= limits.fewestItems)
    if (kept.length < 2) {
      tooSmall.push(name)
      continue
    }
    const position = new Int32Array(column.values.length).fill(-1)
    for (const [at, { code }] of kept.entries()) position[code] = at
    const covered = kept.reduce((sum, { code }) => sum + (counts[code] ?? 0), 0)
    qualified.push({
      name,
      levels: kept.map(({ value }) => value),
      levelOfItem: codeOfItem.map((code) => (code < 0 ? -1 : (position[code] ?? -1))),
      covered,
      outside: items - covered,
      smallLevels: used - kept.length,
    })
  }
  qualified.sort((a, b) => b.covered - a.covered || a.levels.length - b.levels.length || (a.name < b.name ? -1 : 1))
  return {
    attributes: qualified.slice(0, limits.mostAttributes),
    leftOut: qualified.slice(limits.mostAttributes).map(({ name }) => name),
    tooSmall,
  }
}

/** Marks item codes that this measure does not use. */
const absent = -2

interface AttributeColumn {
  readonly observations: Observations
  readonly measure: Measure
  readonly codes: Int32Array
}

/** Attribute code by item code (−1 where no row names one); undefined where rows of one item disagree. */
function constantCodes({ observations, measure, codes }: AttributeColumn): Int32Array | undefined {
  const { codes: itemCodes, values } = observations.item
  const codeOfItem = new Int32Array(values.length).fill(absent)
  for (let i = 0; i < measure.rows.length; i++) {
    const row = measure.rows[i] ?? 0
    const item = itemCodes[row] ?? 0
    const [known, code] = [codeOfItem[item] ?? absent, codes[row] ?? -1]
    if (known < 0) codeOfItem[item] = code
    else if (code >= 0 && code !== known) return undefined
  }
  return codeOfItem
}
