/** The spread of scores over variants beside the spread that chance alone would show. */
import type { Random } from '../random/index.ts'
import { checkDraws, checkLevel } from './check-inputs.ts'
import { cochranQ, columnTotals, incomplete, rowVariances, squaredSpread, varyingRows } from './cochran-q.ts'
import { clusterRows, completeRows, sortedRows, type VariantTable } from './complete-rows.ts'
import { aboutAHundred, type OnProgress } from './progress.ts'
import { type NotEstimable, notEstimable, type TestOutcome } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface VariantSpreadOptions extends VariantTable {
  /** Of the null band: 0.95 gives the middle 95 % of spreads under no difference. */
  readonly level: number
  readonly draws: number
  readonly random: Random
}

export interface VariantSpread {
  readonly kind: 'variant-spread'
  /** Mean score of each variant over the complete items. */
  readonly means: readonly number[]
  /** Largest minus smallest mean. */
  readonly spread: number
  /** Mean and band of the spread if variants did not matter. */
  readonly nullMean: number
  readonly nullBand: { readonly lower: number; readonly upper: number; readonly level: number }
  /** Permutation test of the spread. */
  readonly spreadTest: TestOutcome
  /** Cochran's Q with its permutation p, and with its χ² p. */
  readonly permutationQ: TestOutcome
  readonly chiSquaredQ: TestOutcome
  readonly items: number
  readonly incompleteItems: number
  /** Items (clusters) on which variants differ: all the information there is. */
  readonly varyingItems: number
}

/**
 * Permutes the variants within every item (within every cluster, jointly) and recomputes both the range of the means and
 * Cochran's Q: one set of permutations, two tests (Pitman 1938). p = (b + 1)/(B + 1), exact in level at any size.
 *
 * Works for graded scores and cell means. Items that lack a variant are left out and counted. Where variants never differ
 * the null spread is 0 and both tests have p = 1: chance could not have shown anything either. Refuses fewer than 2 items.
 *
 * variantSpread({ values, columns: 10, clusters: undefined, level: 0.95, draws: 9999, random })
 */
export function variantSpread(options: VariantSpreadOptions, onProgress?: OnProgress): VariantSpread | NotEstimable {
  const { columns: k, level, draws, random } = options
  checkLevel(level)
  checkDraws(draws, 99)
  const complete = completeRows(options)
  const units = clusterRows(complete, k)
  const n = units.length / k
  if (n < 2) return notEstimable('too-few-values', { needed: 2, given: n })
  const totals = Float64Array.from({ length: k }, (_, j) =>
    exactSum(Float64Array.from({ length: n }, (_, i) => units[i * k + j] ?? 0)),
  )
  const spread = rangeOf(totals) / complete.items
  const rows = varyingRows(units, k)
  const varyingItems = rows.length / k
  const observed = { range: rangeOf(columnTotals(rows, k)), squares: squaredSpread(columnTotals(rows, k)) }
  const null_ = permuted({ rows, k, draws, random, observed }, onProgress)
  const shared = {
    kind: 'test',
    resolution: 1 / (draws + 1),
    alternative: 'two-sided',
    nullValue: 0,
    n,
    assumptions: ['clusters-independent', 'variants-exchangeable-within-items'],
    caveats: incomplete(complete.incompleteItems),
  } as const
  const rowVariance = exactSum(rowVariances(rows, k))
  return {
    kind: 'variant-spread',
    means: Array.from(totals, (total) => total / complete.items),
    spread,
    nullMean: exactSum(null_.ranges) / draws / complete.items,
    nullBand: {
      lower: (null_.ranges[Math.floor(((1 - level) / 2) * draws)] ?? 0) / complete.items,
      upper: (null_.ranges[Math.ceil(((1 + level) / 2) * draws) - 1] ?? 0) / complete.items,
      level,
    },
    spreadTest: {
      ...shared,
      statistic: spread,
      pValue: (null_.rangeAsLarge + 1) / (draws + 1),
      method: 'variant-spread-permutation',
    },
    permutationQ: {
      ...shared,
      statistic: rowVariance > 0 ? observed.squares / rowVariance : 0,
      pValue: (null_.squaresAsLarge + 1) / (draws + 1),
      method: 'cochran-q-permutation',
    },
    chiSquaredQ: cochranQ(options),
    items: complete.items,
    incompleteItems: complete.incompleteItems,
    varyingItems,
  }
}

interface Permuting {
  readonly rows: Float64Array
  readonly k: number
  readonly draws: number
  readonly random: Random
  readonly observed: { readonly range: number; readonly squares: number }
}

interface NullSpread {
  /** Ranges of the column totals, ascending. */
  readonly ranges: Float64Array
  readonly rangeAsLarge: number
  readonly squaresAsLarge: number
}

function permuted({ rows, k, draws, random, observed }: Permuting, onProgress: OnProgress | undefined): NullSpread {
  // Sorted rows in sorted order: the draws then depend on the set of rows alone, not on the order of items.
  const shuffled = sortedRows(sortedInside(rows, k), k)
  const ranges = new Float64Array(draws)
  // Sums taken in another order may differ in their last digits and must still count as equal.
  const rangeThreshold = observed.range * (1 - 1e-10)
  const squaresThreshold = observed.squares * (1 - 1e-10)
  let [rangeAsLarge, squaresAsLarge] = [0, 0]
  const totals = new Float64Array(k)
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; draw++) {
    tell(draw)
    totals.fill(0)
    for (let start = 0; start < shuffled.length; start += k) {
      // Fisher–Yates; a permutation of a permuted row is as uniform as one of the original.
      for (let j = k - 1; j > 0; j--) {
        const other = random.integer(j + 1)
        const kept = shuffled[start + j] ?? 0
        const moved = shuffled[start + other] ?? 0
        shuffled[start + j] = moved
        shuffled[start + other] = kept
        totals[j] = (totals[j] ?? 0) + moved
      }
      totals[0] = (totals[0] ?? 0) + (shuffled[start] ?? 0)
    }
    const range = rangeOf(totals)
    ranges[draw] = range
    if (range >= rangeThreshold) rangeAsLarge++
    if (squaredSpread(totals) >= squaresThreshold) squaresAsLarge++
  }
  return { ranges: ranges.sort(), rangeAsLarge, squaresAsLarge }
}

/** A permuted row forgets its order anyway. */
function sortedInside(rows: Float64Array, k: number): Float64Array {
  const sorted = rows.slice()
  for (let start = 0; start < sorted.length; start += k) sorted.subarray(start, start + k).sort()
  return sorted
}

function rangeOf(totals: Float64Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const total of totals) {
    if (total < low) low = total
    if (total > high) high = total
  }
  return high - low
}
