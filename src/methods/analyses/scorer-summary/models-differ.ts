/** Does a property of responses (unreadable, read differently) differ between models on the same items? */
import { clustersOf, groupRows, type Observations } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import { meanScoreTest, type TestOutcome } from '../../../stats/index.ts'

export interface ModelShares {
  /** Codes of items, with one value each. */
  readonly items: Int32Array
  readonly values: Float64Array
}

export interface ModelsDifferOptions {
  readonly models: readonly ModelShares[]
  /** Stratum of each item code: its cluster, or itself. */
  readonly strata: Int32Array
  readonly random: Random
}

/** Beyond this many units the χ² reference is close and a permutation would only cost time. */
const mostPermutedUnits = 2000

/**
 * Tests for a difference between models within items, or within clusters of items where there are clusters, on the
 * items that all models share. The unit is one model's total over one cluster.
 */
export function modelsDiffer({ models, strata, random }: ModelsDifferOptions): TestOutcome {
  const holders = new Int32Array(strata.length)
  for (const { items } of models) for (const item of items) holders[item] = (holders[item] ?? 0) + 1
  const units = models.flatMap(({ items, values }, group) => {
    const totals = new Map<number, number>()
    for (let i = 0; i < items.length; i++) {
      const item = items[i] ?? 0
      if (holders[item] !== models.length) continue
      const stratum = strata[item] ?? 0
      totals.set(stratum, (totals.get(stratum) ?? 0) + (values[i] ?? 0))
    }
    return Array.from(totals, ([stratum, value]) => ({ stratum, value, group }))
  })
  return meanScoreTest({
    values: units.map(({ value }) => value),
    groups: units.map(({ group }) => group),
    groupCount: models.length,
    strata: units.map(({ stratum }) => stratum),
    reference: units.length <= mostPermutedUnits ? { random, draws: 1999 } : 'chi-squared',
  })
}

/** Cluster of each item code over these rows, for `modelsDiffer`. */
export function strataOfItems(observations: Observations, rows: Int32Array): Int32Array {
  const byItem = groupRows(rows, [observations.item.codes])
  const { codes } = clustersOf(observations, byItem)
  const strata = new Int32Array(observations.item.values.length)
  for (let group = 0; group < byItem.count; group++) {
    strata[observations.item.codes[byItem.first[group] ?? 0] ?? 0] = codes[group] ?? 0
  }
  return strata
}
