/** Runs grouped by item, to be reduced to one number each, with the cluster the item belongs to. */
import { checkCodes } from './check-inputs.ts'
import { type ClusterCodes, groupByCode } from './clusters.ts'
import { fail } from './fail.ts'

export interface RepeatedRuns {
  /** One finite value per run: a score, or the code of an answer. */
  readonly values: ArrayLike<number>
  /** Item code per run. */
  readonly items: ArrayLike<number>
  /** Cluster code per run, the same for all runs of an item; `undefined` where items are independent. */
  readonly clusters: ClusterCodes
}

export interface RepeatedItems {
  /** One number per usable item, in order of item codes; an item's runs come in ascending order. */
  readonly summarise: (of: (runs: Float64Array) => number) => Float64Array
  /** Usable items. */
  readonly count: number
  /** Cluster code per usable item, where clusters were given. */
  readonly clusters: ClusterCodes
  /** Items with too few runs: left out, never counted as zero. */
  readonly leftOut: number
}

/** The items that have at least `least` runs. */
export function repeatedItems(
  { values, items, clusters }: RepeatedRuns,
  { least }: { readonly least: number },
): RepeatedItems {
  const { count, sizes, starts, values: grouped, clusterOf: itemOf } = groupByCode(values, items)
  const clusterOfItem = clusters === undefined ? undefined : clustersOfItems({ items, itemOf, count, clusters })
  const kept: number[] = []
  for (let item = 0; item < count; item++) if ((sizes[item] ?? 0) >= least) kept.push(item)
  return {
    summarise: (of) => {
      const summaries = new Float64Array(kept.length)
      for (const [at, item] of kept.entries()) summaries[at] = of(grouped.subarray(starts[item], starts[item + 1]))
      return summaries
    },
    count: kept.length,
    clusters: clusterOfItem === undefined ? undefined : kept.map((item) => clusterOfItem[item] ?? 0),
    leftOut: count - kept.length,
  }
}

function clustersOfItems({
  items,
  itemOf,
  count,
  clusters,
}: {
  readonly items: ArrayLike<number>
  /** Number of each row's item, 0 … count − 1. */
  readonly itemOf: Int32Array
  readonly count: number
  readonly clusters: ArrayLike<number>
}): Float64Array {
  checkCodes(clusters, items.length)
  const clusterOf = new Float64Array(count).fill(Number.NaN)
  for (let row = 0; row < itemOf.length; row++) {
    const item = itemOf[row] ?? 0
    const cluster = clusters[row] ?? Number.NaN
    const known = clusterOf[item] ?? Number.NaN
    if (Number.isNaN(known)) clusterOf[item] = cluster
    else if (known !== cluster)
      fail(
        'item-in-two-clusters',
        { item: items[row] ?? Number.NaN, clusters: `${known}, ${cluster}` },
        'give every item one cluster',
      )
  }
  return clusterOf
}
