/** Battles from scores: on every item that two models share, the one with the higher score wins. */
import {
  type CellTable,
  cellTable,
  type Measure,
  type ModelCells,
  type Observations,
  pairScores,
} from '../../../domain/index.ts'
import { type Battles, winComponents } from '../../../stats/index.ts'

export interface ItemBattles {
  readonly measure: Measure
  /** Models that chains of wins or ties connect; the battles number them in this order. */
  readonly models: readonly string[]
  /** Models outside: without a score, or with no chain of wins and ties in both directions. */
  readonly leftOut: readonly string[]
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
  const scored = table.models.filter((model) => model.scored.some((count) => count > 0))
  const pairs = (scored.length * (scored.length - 1)) / 2
  if (pairs * table.items.length > limit) return undefined
  const all = fight(table, scored)
  const part = largestPart({ models: scored.length, ...all })
  const inside = new Set(part.map((model) => scored[model]?.model))
  return {
    measure,
    models: part.map((model) => scored[model]?.model ?? ''),
    leftOut: table.models.map(({ model }) => model).filter((model) => !inside.has(model)),
    ...within(all, { part, models: scored.length, clusterOf: clustersOfItems(table) }),
  }
}

interface Part {
  readonly part: readonly number[]
  /** Models before any was left out. */
  readonly models: number
  readonly clusterOf: Int32Array
}

/** The battles between models of one part, with models, clusters and items numbered anew. */
function within(
  { first, second, outcome, item }: AllBattles,
  { part, models, clusterOf }: Part,
): Pick<ItemBattles, 'battles' | 'cluster' | 'clusters' | 'items'> {
  const number = new Int32Array(models).fill(-1)
  for (const [at, model] of part.entries()) number[model] = at
  const size = first.length
  const kept = {
    first: new Int32Array(size),
    second: new Int32Array(size),
    outcome: new Float64Array(size),
    cluster: new Int32Array(size),
  }
  const clusterNumber = new Int32Array(clusterOf.length).fill(-1)
  const met = new Uint8Array(clusterOf.length)
  let [count, clusters, items] = [0, 0, 0]
  for (let k = 0; k < size; k++) {
    const i = number[first[k] ?? 0] ?? -1
    const j = number[second[k] ?? 0] ?? -1
    if (i < 0 || j < 0) continue
    const at = item[k] ?? 0
    if (met[at] === 0) {
      met[at] = 1
      items++
    }
    const name = clusterOf[at] ?? 0
    if (clusterNumber[name] === -1) clusterNumber[name] = clusters++
    kept.first[count] = i
    kept.second[count] = j
    kept.outcome[count] = outcome[k] ?? 0
    kept.cluster[count] = clusterNumber[name] ?? 0
    count++
  }
  return {
    battles: {
      models: part.length,
      first: kept.first.subarray(0, count),
      second: kept.second.subarray(0, count),
      outcome: kept.outcome.subarray(0, count),
    },
    cluster: kept.cluster.subarray(0, count),
    clusters,
    items,
  }
}

interface AllBattles {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly outcome: Float64Array
  /** Place of the item in the table. */
  readonly item: Int32Array
}

function fight(table: CellTable, models: readonly ModelCells[]): AllBattles {
  const size = ((models.length * (models.length - 1)) / 2) * table.items.length
  const first = new Int32Array(size)
  const second = new Int32Array(size)
  const item = new Int32Array(size)
  const outcome = new Float64Array(size)
  const place = new Map(Array.from(table.items, (code, at) => [code, at] as const))
  const plain = table.itemOf.length === table.items.length
  let count = 0
  for (const [i, one] of models.entries()) {
    for (let j = i + 1; j < models.length; j++) {
      const other = models[j]
      if (other === undefined) continue
      const meet = (at: number, difference: number): void => {
        first[count] = i
        second[count] = j
        outcome[count] = difference > 0 ? 1 : difference < 0 ? 0 : 0.5
        item[count] = at
        count++
      }
      if (plain) {
        for (let at = 0; at < table.items.length; at++) {
          const difference = (one.score[at] ?? Number.NaN) - (other.score[at] ?? Number.NaN)
          if (!Number.isNaN(difference)) meet(at, difference)
        }
      } else {
        const shared = pairScores(table, one, other)
        for (let k = 0; k < shared.items.length; k++)
          meet(place.get(shared.items[k] ?? 0) ?? 0, (shared.first[k] ?? 0) - (shared.second[k] ?? 0))
      }
    }
  }
  return {
    first: first.subarray(0, count),
    second: second.subarray(0, count),
    outcome: outcome.subarray(0, count),
    item: item.subarray(0, count),
  }
}

/** The largest set of models that wins and ties connect both ways, ascending; of equally large ones the first. */
function largestPart({ models, first, second, outcome }: AllBattles & { readonly models: number }): readonly number[] {
  const wins = new Float64Array(models * models)
  for (let k = 0; k < first.length; k++) {
    const [i, j] = [first[k] ?? 0, second[k] ?? 0]
    wins[i * models + j] = (wins[i * models + j] ?? 0) + (outcome[k] ?? 0)
    wins[j * models + i] = (wins[j * models + i] ?? 0) + 1 - (outcome[k] ?? 0)
  }
  const { component } = winComponents({ models, wins })
  const parts = Map.groupBy(component.keys(), (model) => component[model] ?? 0)
  return [...parts.values()].toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))[0] ?? []
}

/** A number for the cluster of each item of the table; an item without a cluster is one of its own. */
function clustersOfItems({ items, models }: CellTable): Int32Array {
  const known = new Map<number, number>()
  return items.map((_, at) => {
    const name = models.reduce((most, { cluster }) => Math.max(most, cluster[at] ?? -1), -1)
    // Items alone are named below all codes, so that the two kinds cannot meet.
    const key = name < 0 ? -1 - at : name
    const number = known.get(key) ?? known.size
    known.set(key, number)
    return number
  })
}
