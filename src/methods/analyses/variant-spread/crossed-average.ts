/** The average where items and variants are both draws: an interval for other items under other variants like these. */
import {
  formatInterval,
  type Statement,
  scoreFormat,
  scoreRange,
  type Table,
  withinRange,
} from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import { crossedBootstrap, type Outcome, twoWayClusterMean } from '../../../stats/index.ts'
import type { MeasuredSpread } from './measure-spread.ts'
import { spreadLabel, type VariantTable } from './variant-table.ts'

export interface CrossedAverage {
  readonly table: VariantTable
  /** Items (clusters) drawn, these variants fixed. */
  readonly itemsOnly: Outcome
  readonly both: Outcome
  /** Beside it, where the table is small enough to be resampled. */
  readonly bootstrap: Outcome | undefined
  readonly seedPath: string
}

export interface CrossedOptions {
  readonly level: number
  /** Cells × draws that may be spent on the bootstrap. */
  readonly work: number
  readonly random: Random
}

/** With two variants there is one degree of freedom, and nothing to say. */
const fewestVariants = 3
const draws = 400

export function crossedAverage(
  { table, average }: Pick<MeasuredSpread, 'table' | 'average'>,
  { level, work, random }: CrossedOptions,
): readonly CrossedAverage[] {
  const { values, cluster, measure, variants } = table
  const columns = variants.length
  if (columns < fewestVariants) return []
  const first = Int32Array.from(values, (_, cell) => cluster[Math.floor(cell / columns)] ?? 0)
  const second = Int32Array.from(values, (_, cell) => cell % columns)
  const range = scoreRange(measure.scale)
  return [
    {
      table,
      itemsOnly: average,
      both: noNarrower(
        twoWayClusterMean({ values, first, second, level, ...(range === undefined ? {} : { range }) }),
        average,
      ),
      bootstrap:
        draws * values.length > work
          ? undefined
          : withinRange(crossedBootstrap({ of: { values }, first, second, level, draws, random }), measure.scale),
      seedPath: random.path,
    },
  ]
}

/**
 * Where variants show no variance of their own, t limits can lie inside the limits for these variants, which allow for more: more
 * chance cannot make an average surer.
 */
function noNarrower(both: Outcome, itemsOnly: Outcome): Outcome {
  if (both.kind === 'not-estimable' || itemsOnly.kind === 'not-estimable') return both
  const lower = Math.min(both.interval.lower, itemsOnly.interval.lower)
  const upper = Math.max(both.interval.upper, itemsOnly.interval.upper)
  if (lower === both.interval.lower && upper === both.interval.upper) return both
  return {
    ...both,
    interval: { ...both.interval, lower, upper },
    method: `${both.method}-or-items-only`,
    caveats: [...both.caveats, { code: 'variants-show-no-variance', severity: 'note', values: {} }],
  }
}

/** The average that moves most when variants are no longer taken for all there are. */
export function crossedStatement(crossed: readonly CrossedAverage[]): readonly Statement[] {
  const [widest] = crossed
    .flatMap(({ table, itemsOnly, both }) =>
      itemsOnly.kind === 'estimate' && both.kind === 'estimate' ? [{ table, itemsOnly, both }] : [],
    )
    .toSorted((a, b) => widening(b) - widening(a))
  if (widest === undefined || widening(widest) <= 1) return []
  const { table, itemsOnly, both } = widest
  const { measure, model } = table
  return [
    {
      code: measure.scale === 'unbounded' ? 'variants-drawn-too-in-score' : 'variants-drawn-too',
      values: {
        task: measure.task,
        scorer: measure.scorer,
        model,
        variants: table.variants.length,
        average: both.value,
        lower: both.interval.lower,
        upper: both.interval.upper,
        fixedLower: itemsOnly.interval.lower,
        fixedUpper: itemsOnly.interval.upper,
        level: both.interval.level,
      },
    },
  ]
}

interface Intervals {
  readonly itemsOnly: Extract<Outcome, { kind: 'estimate' }>
  readonly both: Extract<Outcome, { kind: 'estimate' }>
}

function widening({ itemsOnly, both }: Intervals): number {
  const width = ({ interval }: Intervals['both']): number => interval.upper - interval.lower
  return width(both) / width(itemsOnly)
}

export function crossedTable(crossed: readonly CrossedAverage[], limit: number): Table {
  return {
    title: 'The average over variants, by what is taken as drawn at random',
    columns: [
      { key: 'what', label: 'Model and measure', format: 'text' },
      { key: 'variants', label: 'Variants', format: 'count' },
      { key: 'average', label: 'Average', format: 'score' },
      { key: 'items', label: 'Items drawn, these variants', format: 'text' },
      { key: 'both', label: 'Items and variants drawn', format: 'text' },
      { key: 'bootstrap', label: 'The same by crossed bootstrap', format: 'text' },
    ],
    rows: crossed.slice(0, limit).map(({ table, itemsOnly, both, bootstrap }) => {
      const format = scoreFormat(table.measure.scale)
      return {
        what: spreadLabel(table),
        variants: table.variants.length,
        average: both.kind === 'estimate' ? both.value : null,
        items: formatInterval(itemsOnly, format),
        both: formatInterval(both, format),
        bootstrap: bootstrap === undefined ? 'not resampled' : formatInterval(bootstrap, format),
      }
    }),
    omittedRows: Math.max(0, crossed.length - limit),
  }
}
