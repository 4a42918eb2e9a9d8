/** All that is computed of one items × variants table. */
import type { ScoreScale } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import {
  bootstrapBiasCorrected,
  boundedMeanInterval,
  clusterMean,
  meanInterval,
  type NotEstimable,
  nextValueInterval,
  notEstimable,
  type Outcome,
  type SimultaneousIntervals,
  simultaneousIntervals,
  type VarianceComponents,
  type VariantSpread,
  varianceComponents,
  variantSpread,
} from '../../../stats/index.ts'
import type { VariantTable } from './variant-table.ts'

export interface MeasuredSpread {
  readonly table: VariantTable
  readonly spread: VariantSpread
  /** Simultaneous bands of the variants; not for scores without a known range. */
  readonly bands: SimultaneousIntervals | NotEstimable
  readonly average: Outcome
  /** The procedure "take the best variant", scored on items that did not choose it. */
  readonly chosen: Outcome
  /** Score of one more variant drawn like these, on the same items. */
  readonly next: Outcome
  /** Mean over items of the lowest and the highest cell of each item. */
  readonly worstPerItem: Outcome
  readonly bestPerItem: Outcome
  readonly components: VarianceComponents | NotEstimable
  readonly seedPath: string
}

export interface SpreadOptions {
  readonly level: number
  /** Most draws of permutations and bootstraps. */
  readonly draws: number
  /** Cells × draws that may be spent; large tables get fewer draws, and every Monte-Carlo p states its resolution. */
  readonly work: number
  readonly random: Random
}

/** Undefined for a table with one variant or fewer than two complete items. */
export function measureSpread(table: VariantTable, options: SpreadOptions): MeasuredSpread | undefined {
  const { values, cluster, clusters, measure } = table
  const columns = table.variants.length
  if (columns < 2 || table.items.length < 2) return undefined
  const { level, random } = options
  const clustered = clusters < table.items.length
  const codes = clustered ? cluster : undefined
  const shared = { values, columns, clusters: codes, level }
  const spread = variantSpread({
    ...shared,
    draws: drawsFor({ ...options, cost: values.length, least: values.length > 100_000 ? 99 : 199 }),
    random: random.split('permutation'),
  })
  if (spread.kind === 'not-estimable') return undefined
  const overItems = (reduce: (row: Float64Array) => number): Outcome => {
    const scores = reduceRows({ values, columns, reduce })
    return meanOf({ values: scores, codes, scale: measure.scale, level })
  }
  return {
    table,
    spread,
    bands:
      measure.scale === 'unbounded'
        ? notEstimable('range-of-score-unknown')
        : simultaneousIntervals({
            ...shared,
            range: { lower: 0, upper: 1 },
            draws: drawsFor({ ...options, cost: bandCost(values, clusters), least: 100 }),
            random: random.split('bands'),
          }),
    average: overItems(rowMean),
    chosen: bootstrapBiasCorrected({
      values,
      candidates: columns,
      cluster,
      clusters,
      level,
      draws: drawsFor({ ...options, cost: values.length / 2 + clusters, least: 120 }),
      random: random.split('chosen'),
    }),
    next: nextValueInterval({
      values: spread.means,
      range: measure.scale === 'unbounded' ? undefined : { lower: 0, upper: 1 },
      level,
    }),
    worstPerItem: overItems((row) => row.reduce((a, b) => Math.min(a, b))),
    bestPerItem: overItems((row) => row.reduce((a, b) => Math.max(a, b))),
    components: varianceComponents({
      values: table.runs ?? values,
      variants: columns,
      runsPerCell: table.runs === undefined ? 1 : table.repeats,
    }),
    seedPath: random.path,
  }
}

/** A multiplier is a normal deviate, about as dear as 20 cells; both count in cells of a permutation. */
export function bandCost(values: Float64Array, clusters: number): number {
  return values.length / 6 + 3 * clusters
}

interface Budget {
  readonly draws: number
  readonly work: number
  /** Of one draw, in permuted cells. */
  readonly cost: number
  readonly least: number
}

/** A function of the table's size alone, so that no other table moves the number. */
export function drawsFor({ draws, work, cost, least }: Budget): number {
  return Math.max(least, Math.min(draws, Math.floor(work / Math.max(1, cost))))
}

interface RowReduction {
  readonly values: Float64Array
  readonly columns: number
  readonly reduce: (row: Float64Array) => number
}

function reduceRows({ values, columns, reduce }: RowReduction): Float64Array {
  return Float64Array.from({ length: values.length / columns }, (_, item) =>
    reduce(values.subarray(item * columns, (item + 1) * columns)),
  )
}

function rowMean(row: Float64Array): number {
  let sum = 0
  for (const value of row) sum += value
  // Rounding must not carry a mean of equal scores past the end of their range.
  const mean = sum / row.length
  return row.every((value) => value === row[0]) ? (row[0] ?? mean) : mean
}

interface MeanInput {
  readonly values: Float64Array
  readonly codes: Int32Array | undefined
  readonly scale: ScoreScale
  readonly level: number
}

function meanOf({ values, codes, scale, level }: MeanInput): Outcome {
  if (scale !== 'unbounded') {
    return boundedMeanInterval({ values, clusters: codes, range: { lower: 0, upper: 1 }, level })
  }
  return codes === undefined
    ? meanInterval({ values, skewness: 'allow', level })
    : clusterMean({ values, clusters: codes, correction: 'cr2', level })
}
