/** Does the order of the models depend on the variant? */
import type { Random } from '../../../random/index.ts'
import {
  type Concordance,
  cochranQ,
  kendallW,
  type NotEstimable,
  notEstimable,
  type SimultaneousIntervals,
  simultaneousIntervals,
  type TestOutcome,
} from '../../../stats/index.ts'
import { bandCost, drawsFor, type SpreadOptions } from './measure-spread.ts'
import { denseClusters, type VariantTable } from './variant-table.ts'

export interface ModelOrder {
  readonly first: VariantTable
  readonly technique: string | undefined
  readonly models: readonly string[]
  readonly variants: number
  readonly items: number
  /** Agreement of the variants on the order of the models, on items that all models share. */
  readonly concordance: Concordance | NotEstimable
  readonly pairs: readonly PairOrder[]
  /** Neighbouring pairs that were not compared. */
  readonly pairsLeftOut: number
}

export interface PairOrder {
  /** The model with the higher mean over all variants. */
  readonly upper: string
  readonly lower: string
  readonly variants: number
  /** Variants under which the observed order is the reverse of the order of the means. */
  readonly reversed: number
  /** Gap upper − lower per variant, simultaneously: `best` is the largest gap, `worst` the smallest. */
  readonly gaps: SimultaneousIntervals | NotEstimable
  /** Whether the gap depends on the variant, by Cochran's Q of the gaps. */
  readonly interaction: TestOutcome
  /** Whether it surely does, variants of unequal difficulty and noise included. */
  readonly gapDepends: 'yes' | 'not-shown'
  /** Whether one variant surely puts one model first and another surely the other. */
  readonly established: 'established' | 'not-established'
  readonly seedPath: string
}

export interface OrderOptions extends SpreadOptions {
  readonly mostPairs: number
}

/** Tables of one measure and technique, one per model. Undefined with fewer than two comparable models. */
export function compareOrder(tables: readonly VariantTable[], options: OrderOptions): ModelOrder | undefined {
  const [first] = tables
  const all = shared(tables)
  if (first === undefined || tables.length < 2 || all.variants.length < 2 || all.items.length < 2) return undefined
  const ranked = tables
    .map((table) => ({ table, mean: meanOf(table, all) }))
    .toSorted((a, b) => b.mean - a.mean || (a.table.model < b.table.model ? -1 : 1))
    .map(({ table }) => table)
  const neighbours = ranked.slice(1).map((lower, i) => ({ upper: ranked[i] ?? lower, lower }))
  const chosen = neighbours.slice(0, options.mostPairs)
  const level = 1 - (1 - options.level) / Math.max(1, chosen.length)
  return {
    first,
    technique: first.technique,
    models: tables.map(({ model }) => model),
    variants: all.variants.length,
    items: all.items.length,
    concordance: kendallW({
      values: all.variants.flatMap((variant) => tables.map((table) => columnMean(table, all.items, variant))),
      objects: tables.length,
    }),
    pairs: chosen.flatMap(({ upper, lower }) => comparePair({ upper, lower, options: { ...options, level } })),
    pairsLeftOut: neighbours.length - chosen.length,
  }
}

interface Shared {
  readonly variants: readonly number[]
  readonly items: Int32Array
}

/** Variants and complete items that all tables hold. */
function shared(tables: readonly VariantTable[]): Shared {
  const inAll = (codes: Iterable<number>, of: (table: VariantTable) => Iterable<number>) => {
    const sets = tables.map((table) => new Set(of(table)))
    return [...codes].filter((code) => sets.every((set) => set.has(code)))
  }
  const [first] = tables
  return {
    variants: inAll(first?.variants ?? [], ({ variants }) => variants),
    items: Int32Array.from(inAll(first?.items ?? [], ({ items }) => items)),
  }
}

function meanOf(table: VariantTable, { variants, items }: Shared): number {
  return variants.reduce((sum, variant) => sum + columnMean(table, items, variant), 0) / variants.length
}

function columnMean(table: VariantTable, items: Int32Array, variant: number): number {
  const column = table.variants.indexOf(variant)
  let sum = 0
  for (const item of items) sum += cellOf(table, item, column)
  return sum / items.length
}

function cellOf({ values, variants, rowOfItem }: VariantTable, item: number, column: number): number {
  return values[(rowOfItem[item] ?? 0) * variants.length + column] ?? Number.NaN
}

interface PairInput {
  readonly upper: VariantTable
  readonly lower: VariantTable
  readonly options: SpreadOptions
}

function comparePair({ upper, lower, options }: PairInput): readonly PairOrder[] {
  const { variants, items } = shared([upper, lower])
  const columns = variants.length
  if (columns < 2 || items.length < 2) return []
  const values = new Float64Array(items.length * columns)
  const means = new Float64Array(columns)
  const columnsOf = (table: VariantTable) => variants.map((variant) => table.variants.indexOf(variant))
  const [ofUpper, ofLower] = [columnsOf(upper), columnsOf(lower)]
  for (const [row, item] of items.entries()) {
    for (let column = 0; column < columns; column++) {
      const gap = cellOf(upper, item, ofUpper[column] ?? 0) - cellOf(lower, item, ofLower[column] ?? 0)
      values[row * columns + column] = gap
      means[column] = (means[column] ?? 0) + gap
    }
  }
  const { cluster, clusters } = denseClusters(items, upper.clusterOfItem)
  const codes = clusters < items.length ? cluster : undefined
  const random = pairStream(options.random, upper.model, lower.model)
  const bands = (table: Float64Array, reach: number, stream: Random): SimultaneousIntervals | NotEstimable =>
    upper.measure.scale === 'unbounded'
      ? notEstimable('range-of-score-unknown')
      : simultaneousIntervals({
          values: table,
          columns,
          clusters: codes,
          range: { lower: -reach, upper: reach },
          level: options.level,
          draws: drawsFor({ ...options, cost: bandCost(values, clusters), least: 100 }),
          random: stream,
        })
  const gaps = bands(values, 1, random.split('gaps'))
  const deviations = bands(rowDeviations(values, columns), 2, random.split('deviations'))
  const reverses =
    gaps.kind === 'simultaneous-intervals' && gaps.best.interval.lower > 0 && gaps.worst.interval.upper < 0
  return [
    {
      upper: upper.model,
      lower: lower.model,
      variants: columns,
      reversed: means.filter((mean) => mean < 0).length,
      gaps,
      interaction: cochranQ({ values, columns, clusters: codes }),
      gapDepends: someExcludesZero(deviations) ? 'yes' : 'not-shown',
      established: reverses ? 'established' : 'not-established',
      seedPath: random.path,
    },
  ]
}

/** Each cell minus the mean of its row: what is left of the gaps once their average is taken out. */
function rowDeviations(values: Float64Array, columns: number): Float64Array {
  const deviations = new Float64Array(values.length)
  for (let start = 0; start < values.length; start += columns) {
    let sum = 0
    for (let column = 0; column < columns; column++) sum += values[start + column] ?? 0
    for (let column = 0; column < columns; column++) {
      const deviation = (values[start + column] ?? 0) - sum / columns
      // Rounding must not make rows without deviations look as if they varied.
      deviations[start + column] = Math.abs(deviation) < 1e-12 ? 0 : deviation
    }
  }
  return deviations
}

/** Intervals of their own noise, unlike Q, hold their level when variants differ in difficulty. */
function someExcludesZero(bands: SimultaneousIntervals | NotEstimable): boolean {
  if (bands.kind === 'not-estimable') return false
  return bands.columns.some(({ interval }) => interval.lower > 0 || interval.upper < 0)
}

/** Named by the two models in order of names: the stream does not depend on which of them leads. */
function pairStream(random: Random, a: string, b: string): Random {
  const [first, second] = a < b ? [a, b] : [b, a]
  return random.split(first).split(second)
}
