/** Battles from scores: on every item that two models share, the one with the higher score wins. */
import { cellTable, type Measure, type Observations, pairScores } from '../../../domain/index.ts'
import type { Battles } from '../../../stats/index.ts'

export interface ItemBattles {
  readonly measure: Measure
  readonly models: readonly string[]
  readonly battles: Battles
  /** Cluster of each battle: the item, or the cluster of the item where items share one. */
  readonly cluster: Int32Array
  readonly clusters: number
  /** Items on which at least one pair met. */
  readonly items: number
}

/** Undefined where there would be more battles than `limit`. */
export function itemBattles(
  observations: Observations,
  { measure, limit }: { readonly measure: Measure; readonly limit: number },
): ItemBattles | undefined {
  const table = cellTable(observations, measure)
  const { models } = table
  const pairs = (models.length * (models.length - 1)) / 2
  if (pairs * table.items.length > limit) return undefined
  const size = pairs * table.items.length
  const first = new Int32Array(size)
  const second = new Int32Array(size)
  const outcome = new Float64Array(size)
  const named = new Int32Array(size)
  const met = new Set<number>()
  let count = 0
  const names = new Map(
    Array.from(table.items, (code, at) => [code, Math.max(...models.map(({ cluster }) => cluster[at] ?? -1))] as const),
  )
  for (const [i, one] of models.entries()) {
    for (const [j, other] of models.entries()) {
      if (j <= i) continue
      const shared = pairScores(table, one, other)
      for (let k = 0; k < shared.items.length; k++) {
        const difference = (shared.first[k] ?? 0) - (shared.second[k] ?? 0)
        const item = shared.items[k] ?? 0
        const name = names.get(item) ?? -1
        met.add(item)
        first[count] = i
        second[count] = j
        outcome[count] = difference > 0 ? 1 : difference < 0 ? 0 : 0.5
        // Items without a cluster are numbered below all named ones, so that the two kinds cannot meet.
        named[count] = name < 0 ? -1 - item : name
        count++
      }
    }
  }
  const cluster = dense(named.subarray(0, count))
  return {
    measure,
    models: models.map(({ model }) => model),
    battles: {
      models: models.length,
      first: first.subarray(0, count),
      second: second.subarray(0, count),
      outcome: outcome.subarray(0, count),
    },
    cluster: cluster.codes,
    clusters: cluster.count,
    items: met.size,
  }
}

function dense(codes: Int32Array): { readonly codes: Int32Array; readonly count: number } {
  const known = new Map<number, number>()
  const result = codes.map((code) => {
    const number = known.get(code) ?? known.size
    known.set(code, number)
    return number
  })
  return { codes: result, count: known.size }
}
