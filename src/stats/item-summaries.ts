/** Runs grouped by item, each item reduced to one number, with the cluster its item belongs to. */
import { checkCodes } from './check-inputs.ts'
import { type ClusterCodes, groupClusters } from './clusters.ts'
import { fail } from './fail.ts'

export interface RepeatedRuns {
  /** One finite value per run: a score, or the code of an answer. */
  readonly values: ArrayLike<number>
  /** Item code per run. */
  readonly items: ArrayLike<number>
  /** Cluster code per run, the same for all runs of an item; `undefined` where items are independent. */
  readonly clusters: ClusterCodes
}

export interface ItemSummaries {
  /** One number per usable item, in order of item codes. */
  readonly summaries: Float64Array
  /** Cluster code per usable item, where clusters were given. */
  readonly clusters: ClusterCodes
  /** Items with too few runs: left out, never counted as zero. */
  readonly leftOut: number
}

/** Reduces the runs of every item that has at least `least` of them; runs reach `summarise` in ascending order. */
export function itemSummaries(
  { values, items, clusters }: RepeatedRuns,
  { least, summarise }: { readonly least: number; readonly summarise: (runs: Float64Array) => number },
): ItemSummaries {
  const grouped = groupClusters(values, items)
  const clusterOfItem = clusters === undefined ? undefined : clustersOfItems({ items, clusters })
  const codes = Float64Array.from(new Set(Array.from(items))).sort()
  const summaries: number[] = []
  const kept: number[] = []
  for (let g = 0; g < grouped.count; g++) {
    const runs = grouped.values.subarray(grouped.starts[g], grouped.starts[g + 1])
    if (runs.length < least) continue
    summaries.push(summarise(runs))
    kept.push(clusterOfItem?.get(codes[g] ?? Number.NaN) ?? 0)
  }
  return {
    summaries: Float64Array.from(summaries),
    clusters: clusterOfItem === undefined ? undefined : kept,
    leftOut: grouped.count - summaries.length,
  }
}

function clustersOfItems({ items, clusters }: { items: ArrayLike<number>; clusters: ArrayLike<number> }) {
  checkCodes(clusters, items.length)
  const clusterOf = new Map<number, number>()
  for (let row = 0; row < items.length; row++) {
    const item = items[row] ?? Number.NaN
    const cluster = clusters[row] ?? Number.NaN
    const known = clusterOf.get(item)
    if (known === undefined) clusterOf.set(item, cluster)
    else if (known !== cluster)
      fail('item-in-two-clusters', { item, clusters: `${known}, ${cluster}` }, 'give every item one cluster')
  }
  return clusterOf
}
