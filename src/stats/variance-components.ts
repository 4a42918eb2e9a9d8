/** How much of the noise of a score is item, variant, their interaction, and rerun. */
import { checkMatrix, checkPositive, checkWhole } from './check-inputs.ts'
import { isConstant } from './is-constant.ts'
import { type NotEstimable, notEstimable } from './result.ts'
import { meanOf } from './sample-moments.ts'
import { exactSum } from './special/exact-sum.ts'
import { twoWayMeanSquares } from './two-way-mean-squares.ts'

export interface VarianceComponents {
  readonly kind: 'variance-components'
  readonly grandMean: number
  /** Raw unbiased estimates: negative where noise exceeds signal. Show max(0, ·), average the raw ones. */
  readonly item: number
  readonly variant: number
  /** Interaction, with rerun noise in it where every cell was run once. */
  readonly interaction: number
  /** Noise of one run of one cell; absent where every cell was run once. */
  readonly rerun?: number
  readonly items: number
  readonly variants: number
  readonly runsPerCell: number
}

/**
 * Two-way random-effects components of a balanced items × variants × runs table by expected mean squares (Searle 1971).
 *
 * One run per cell: σ²_item = (MS_i − MS_r)/K, σ²_variant = (MS_v − MS_r)/n, σ²_interaction,e = MS_r. With R ≥ 2 runs
 * σ²_rerun is the mean within-cell variance and σ²_interaction that of cell means minus σ²_rerun/R. Refuses fewer than 2
 * items or variants, and tables without variation. Variants are taken as drawn at random from those of interest; with
 * fewer than about 5 of them σ²_variant is little more than a guess.
 *
 * varianceComponents({ values: [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7], variants: 4, runsPerCell: 1 }).item // => 2.55555555…
 */
export function varianceComponents({
  values,
  variants,
  runsPerCell,
}: {
  /** Item by item, variant by variant, run by run; complete. */
  readonly values: ArrayLike<number>
  readonly variants: number
  readonly runsPerCell: number
}): VarianceComponents | NotEstimable {
  checkWhole({ variants, runsPerCell }, { least: 1 })
  checkMatrix({ values, columns: variants * runsPerCell })
  const items = values.length / (variants * runsPerCell)
  if (items < 2 || variants < 2) return notEstimable('too-few-values', { needed: 2, given: Math.min(items, variants) })
  const all = Float64Array.from(values)
  if (isConstant(all)) return notEstimable('no-variation', { n: items, value: all[0] ?? Number.NaN })
  const cells = Float64Array.from({ length: items * variants }, (_, cell) => meanOf(cellOf(all, cell, runsPerCell)))
  const { row, column, residual, grandMean } = twoWayMeanSquares({ values: cells, columns: variants })
  const rerun = runsPerCell > 1 ? withinCells(all, cells, runsPerCell) : undefined
  return {
    kind: 'variance-components',
    grandMean,
    item: (row - residual) / variants,
    variant: (column - residual) / items,
    interaction: residual - (rerun === undefined ? 0 : rerun / runsPerCell),
    ...(rerun === undefined ? {} : { rerun }),
    items,
    variants,
    runsPerCell,
  }
}

export interface ScoreDesign {
  readonly items: number
  /** Variants drawn at random, crossed with the items. */
  readonly variants: number
  readonly runsPerCell: number
}

/**
 * Standard error of a score under new items and new variants: √(σ²_v/K + σ²_iv/(nK) + σ²_rerun/(nKR) + σ²_i/n).
 *
 * Negative components count as 0. With one run per cell in the data the rerun noise is part of the interaction, so plans
 * for more runs are then pessimistic. One variant is what a leaderboard reports: its SE holds σ²_v in full.
 *
 * designStandardError(components, { items: 500, variants: 1, runsPerCell: 1 })
 */
export function designStandardError(components: VarianceComponents, design: ScoreDesign): number {
  const { items, variants, runsPerCell } = design
  checkPositive({ items, variants, runsPerCell })
  const cells = items * variants
  return Math.sqrt(
    Math.max(0, components.variant) / variants +
      Math.max(0, components.item) / items +
      Math.max(0, components.interaction) / cells +
      (components.rerun ?? 0) / (cells * runsPerCell),
  )
}

/**
 * Dependability Φ of an item's score over K variants, σ²_i/(σ²_i + σ²_v/K + σ²_iv/K) (Brennan 2001): does the same item
 * stay hard? Not estimable where items do not vary beyond chance.
 */
export function itemDependability(
  components: VarianceComponents,
  design: Pick<ScoreDesign, 'variants' | 'runsPerCell'>,
): number | NotEstimable {
  const { variants, runsPerCell } = design
  checkPositive({ variants, runsPerCell })
  const item = components.item
  if (!(item > 0)) return notEstimable('items-do-not-vary', { items: components.items })
  const error =
    Math.max(0, components.variant) / variants +
    Math.max(0, components.interaction) / variants +
    (components.rerun ?? 0) / (variants * runsPerCell)
  return item / (item + error)
}

function cellOf(values: Float64Array, cell: number, runs: number): Float64Array {
  return values.subarray(cell * runs, (cell + 1) * runs)
}

function withinCells(values: Float64Array, cells: Float64Array, runs: number): number {
  const squares = values.map((value, at) => (value - (cells[Math.floor(at / runs)] ?? 0)) ** 2)
  return exactSum(squares) / (cells.length * (runs - 1))
}
