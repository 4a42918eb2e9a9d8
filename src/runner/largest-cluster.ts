import type { StudyItem } from '../domain/index.ts'

/** Items of the largest cluster; 1 where every item stands alone. */
export function largestCluster(items: readonly StudyItem[]): number {
  const sizes = new Map<string, number>()
  let largest = 1
  for (const { cluster } of items) {
    if (cluster === undefined) continue
    const size = (sizes.get(cluster) ?? 0) + 1
    sizes.set(cluster, size)
    largest = Math.max(largest, size)
  }
  return largest
}
