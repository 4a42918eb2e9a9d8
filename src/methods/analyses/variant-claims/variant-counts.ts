/** Passes of one model under each variant, one response per item, and the same on two halves of the items. */
import {
  categoryAt,
  clustersOf,
  groupRows,
  type Measure,
  type ModelRows,
  type Observations,
  variantLabel,
} from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import type { BinomialCount } from '../../../stats/index.ts'

export interface VariantPasses {
  readonly measure: Measure
  readonly model: string
  readonly labels: readonly string[]
  /** Passes per variant, over all items and over either half. */
  readonly passes: readonly BinomialCount[]
  readonly halves: readonly [readonly BinomialCount[], readonly BinomialCount[]]
  readonly items: number
  /** Mean over variants of each item; undefined where an item lacks a response under some variant. */
  readonly itemMeans: Float64Array | undefined
  readonly clustered: boolean
  /** Whether repeats were left out: of several responses to an item under a variant the first counts. */
  readonly repeated: boolean
}

/** A variant is an assignment of levels, under one technique where there are several. */
export function variantPasses(
  observations: Observations,
  {
    measure,
    model: { model, rows },
    random,
  }: { readonly measure: Measure; readonly model: ModelRows; readonly random: Random },
): VariantPasses {
  const { variant, technique, missing, score } = observations
  const scored = rows.filter((row) => missing[row] === 0)
  const byVariant = groupRows(scored, [variant.codes, technique.codes])
  const byItem = groupRows(scored, [observations.item.codes])
  const cells = groupRows(scored, [observations.item.codes, variant.codes, technique.codes])
  const half = new Int32Array(byItem.count)
  for (let i = 0; i < half.length; i++) half[i] = i % 2
  random.shuffle(half)
  const zero = () => Array.from({ length: byVariant.count }, () => ({ successes: 0, trials: 0 }))
  const [all, first, second] = [zero(), zero(), zero()]
  const seen = new Uint8Array(cells.count)
  const passesOfItem = new Float64Array(byItem.count)
  for (let i = 0; i < scored.length; i++) {
    const cell = cells.groupOf[i] ?? 0
    if (seen[cell] === 1) continue
    seen[cell] = 1
    const at = byVariant.groupOf[i] ?? 0
    const passed = score[scored[i] ?? 0] === 1 ? 1 : 0
    const item = byItem.groupOf[i] ?? 0
    passesOfItem[item] = (passesOfItem[item] ?? 0) + passed
    for (const counts of [all, half[item] === 0 ? first : second]) {
      const each = counts[at]
      if (each === undefined) continue
      each.successes += passed
      each.trials++
    }
  }
  return {
    measure,
    model,
    labels: Array.from(byVariant.first, (row) =>
      [variantLabel(observations.variants[variant.codes[row] ?? 0] ?? {}), categoryAt(technique, row)]
        .filter((part) => part !== undefined)
        .join(' / '),
    ),
    passes: all,
    halves: [first, second],
    items: byItem.count,
    itemMeans:
      cells.count === byItem.count * byVariant.count
        ? passesOfItem.map((passes) => passes / byVariant.count)
        : undefined,
    clustered: clustersOf(observations, byItem).count < byItem.count,
    repeated: cells.count < scored.length,
  }
}

/** Failures instead of passes. */
export function failuresOf(passes: readonly BinomialCount[]): readonly BinomialCount[] {
  return passes.map(({ successes, trials }) => ({ successes: trials - successes, trials }))
}
