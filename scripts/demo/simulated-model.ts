/** Two invented models whose truth is known, so that a reader can check what the report says of them. */
import type { Random } from '../../src/random/index.ts'

export const northwind = 'northwind/large-2'
export const kestrel = 'kestrel/small-1'
export const models = [northwind, kestrel] as const
export type ModelName = (typeof models)[number]

export interface DemoItem {
  readonly id: string
  readonly cluster: string
  /** Log-odds subtracted from every model's ability. */
  readonly difficulty: number
}

/** Items in clusters of unequal size; items of one cluster share part of their difficulty. */
export function drawItems(options: {
  readonly random: Random
  readonly clusterSizes: readonly number[]
  readonly clusterName: string
}): readonly DemoItem[] {
  const { random, clusterSizes, clusterName } = options
  return clusterSizes.flatMap((size, c) => {
    const cluster = `${clusterName}-${String(c + 1).padStart(2, '0')}`
    const shared = 0.9 * random.normal()
    return Array.from({ length: size }, (_, i) => ({
      id: `${cluster}-q${i + 1}`,
      cluster,
      difficulty: shared + 1.5 * random.normal(),
    }))
  })
}

/** 1 / (1 + e^−x): probability of a right answer from log-odds. */
export function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

export function draw(random: Random, chance: number): 0 | 1 {
  return random.uniform() < chance ? 1 : 0
}

/** Sizes from 1 up that sum to `items`, as unequal as real passages are. */
export function unequalSizes(options: {
  readonly random: Random
  readonly clusters: number
  readonly items: number
}): readonly number[] {
  const { random, clusters, items } = options
  const weights = Array.from({ length: clusters }, () => 0.15 + random.uniform() ** 2)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const sizes = weights.map((weight) => Math.max(1, Math.round((weight / total) * items)))
  for (let i = 0; sizes.reduce((sum, size) => sum + size, 0) !== items; i = (i + 1) % clusters) {
    const missing = items - sizes.reduce((sum, size) => sum + size, 0)
    const size = sizes[i] ?? 1
    if (missing > 0) sizes[i] = size + 1
    else if (size > 1) sizes[i] = size - 1
  }
  return sizes
}
