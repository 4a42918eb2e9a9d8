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
  const number = new Int32Array(scored.length).fill(-1)
  for (const [at, model] of part.entries()) number[model] = at
  const kept = all.first
    .map((_, k) => k)
    .filter((k) => (number[all.first[k] ?? 0] ?? -1) >= 0 && (number[all.second[k] ?? 0] ?? -1) >= 0)
  const cluster = dense(kept.map((k) => all.named[k] ?? 0))
  const inside = new Set(part.map((model) => scored[model]?.model))
  return {
    measure,
    models: part.map((model) => scored[model]?.model ?? ''),
    leftOut: table.models.map(({ model }) => model).filter((model) => !inside.has(model)),
    battles: {
      models: part.length,
      first: kept.map((k) => number[all.first[k] ?? 0] ?? 0),
      second: kept.map((k) => number[all.second[k] ?? 0] ?? 0),
      outcome: Float64Array.from(kept, (k) => all.outcome[k] ?? 0),
    },
    cluster: cluster.codes,
    clusters: cluster.count,
    items: dense(kept.map((k) => all.item[k] ?? 0)).count,
  }
}

interface AllBattles {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly outcome: Float64Array
  readonly item: Int32Array
  /** Cluster by its code; items without one are numbered below all of them, so that the two kinds cannot meet. */
  readonly named: Int32Array
}

function fight(table: CellTable, models: readonly ModelCells[]): AllBattles {
  const size = ((models.length * (models.length - 1)) / 2) * table.items.length
  const first = new Int32Array(size)
  const second = new Int32Array(size)
  const item = new Int32Array(size)
  const named = new Int32Array(size)
  const outcome = new Float64Array(size)
  const names = Int32Array.from(table.items, (code, at) => {
    const name = table.models.reduce((most, { cluster }) => Math.max(most, cluster[at] ?? -1), -1)
    return name < 0 ? -1 - code : name
  })
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
        named[count] = names[at] ?? 0
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
    named: named.subarray(0, count),
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

function dense(codes: Int32Array): { readonly codes: Int32Array; readonly count: number } {
  const known = new Map<number, number>()
  const result = codes.map((code) => {
    const number = known.get(code) ?? known.size
    known.set(code, number)
    return number
  })
  return { codes: result, count: known.size }
}
