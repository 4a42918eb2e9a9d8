/** Which items are exposed originals, which are their fresh twins, and how they pair up. */
import { type Category, groupRows, type Measure, type Observations } from '../../../domain/index.ts'

export interface TwinNames {
  /** Attributes that may say which side an item is on, in order of preference. */
  readonly attributes: readonly string[]
  /** Their levels for items that may have been seen, and for those that cannot have been. */
  readonly exposed: readonly string[]
  readonly fresh: readonly string[]
  /** Attributes that may name the pair. */
  readonly pairs: readonly string[]
}

export interface Twins {
  readonly attribute: string
  /** By item code: 1 exposed, −1 fresh, 0 neither. */
  readonly side: Int8Array
  /** By item code: dense pair number, −1 outside any pair. */
  readonly pairOf: Int32Array
  readonly pairs: number
  /** Cluster of each pair, dense; pairs of one passage are not independent. */
  readonly cluster: Int32Array
  readonly clustered: boolean
  readonly exposedLevel: string
  readonly freshLevel: string
}

export type TwinSearch =
  | { readonly found: Twins }
  | { readonly found: undefined; readonly because: 'no-attribute' }
  | {
      readonly found: undefined
      readonly because: 'unknown-levels'
      readonly attribute: string
      readonly levels: string
    }
  | { readonly found: undefined; readonly because: 'no-pairs'; readonly attribute: string }

/** Looks for twins among the items of one measure. Without a pair attribute, clusters that hold both sides are pairs. */
export function findTwins(observations: Observations, measure: Measure, names: TwinNames): TwinSearch {
  const attribute = names.attributes.find((name) => isUsed(observations.attributes.get(name), measure.rows))
  const column = attribute === undefined ? undefined : observations.attributes.get(attribute)
  if (attribute === undefined || column === undefined) return { found: undefined, because: 'no-attribute' }
  const sideOfCode = column.values.map((level) => sideOf(level, names))
  if (!sideOfCode.includes(1) || !sideOfCode.includes(-1)) {
    return { found: undefined, because: 'unknown-levels', attribute, levels: column.values.slice(0, 6).join(', ') }
  }
  const side = new Int8Array(observations.item.values.length)
  const byItem = groupRows(measure.rows, [observations.item.codes])
  for (const row of byItem.first) {
    side[observations.item.codes[row] ?? 0] = sideOfCode[column.codes[row] ?? -1] ?? 0
  }
  const named = names.pairs.map((name) => observations.attributes.get(name)).find((pair) => isUsed(pair, measure.rows))
  const paired = pairItems({ observations, first: byItem.first, side, pair: named ?? observations.cluster })
  if (paired.pairs === 0) return { found: undefined, because: 'no-pairs', attribute }
  const level = (wanted: number) => column.values[sideOfCode.indexOf(wanted)] ?? ''
  return { found: { attribute, side, ...paired, exposedLevel: level(1), freshLevel: level(-1) } }
}

function isUsed(column: Category | undefined, rows: Int32Array): boolean {
  return column !== undefined && rows.some((row) => (column.codes[row] ?? -1) >= 0)
}

function sideOf(level: string, { exposed, fresh }: TwinNames): number {
  const word = level
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
  if (exposed.includes(word)) return 1
  return fresh.includes(word) ? -1 : 0
}

interface Pairing {
  readonly observations: Observations
  /** First row of each item. */
  readonly first: Int32Array
  readonly side: Int8Array
  readonly pair: Category
}

function pairItems({ observations, first, side, pair }: Pairing) {
  const { item, cluster } = observations
  const sides = new Map<number, number>()
  for (const row of first) {
    const [name, own] = [pair.codes[row] ?? -1, side[item.codes[row] ?? 0] ?? 0]
    if (name >= 0 && own !== 0) sides.set(name, (sides.get(name) ?? 0) | (own > 0 ? 1 : 2))
  }
  const whole = [...sides].filter(([, both]) => both === 3).map(([name]) => name)
  const numberOf = new Map(whole.sort((a, b) => a - b).map((name, number) => [name, number]))
  const pairOf = new Int32Array(item.values.length).fill(-1)
  // Pairs that share the cluster of any of their items belong together; where pairs are the clusters, each is its own.
  const clusterName = new Int32Array(whole.length).fill(-1)
  for (const row of first) {
    const number = numberOf.get(pair.codes[row] ?? -1)
    if (number === undefined || side[item.codes[row] ?? 0] === 0) continue
    pairOf[item.codes[row] ?? 0] = number
    if ((clusterName[number] ?? -1) < 0) clusterName[number] = cluster.codes[row] ?? -1
  }
  const dense = new Map<number, number>()
  const codes = clusterName.map((name, number) => {
    const key = name < 0 ? -1 - number : name
    const known = dense.get(key)
    if (known !== undefined) return known
    dense.set(key, dense.size)
    return dense.size - 1
  })
  return { pairOf, pairs: whole.length, cluster: codes, clustered: dense.size < whole.length }
}
