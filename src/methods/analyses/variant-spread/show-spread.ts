/** Figures and tables of variant spread. */
import type { Figure, IntervalRow, Observations, Table } from '../../../domain/index.ts'
import { designStandardError } from '../../../stats/index.ts'
import type { ModelOrder } from './compare-order.ts'
import type { FactorEffect } from './factor-effects.ts'
import type { MeasuredSpread } from './measure-spread.ts'
import { decisiveP } from './spread-findings.ts'
import { spreadLabel, type VariantTable } from './variant-table.ts'

export interface ShownEffects {
  readonly table: VariantTable
  readonly effects: readonly FactorEffect[]
}

/** Clearest differences first. */
function clearestFirst(measured: readonly MeasuredSpread[]): readonly MeasuredSpread[] {
  return measured.toSorted((a, b) => decisiveP(a) - decisiveP(b))
}

export function spreadFigures(measured: readonly MeasuredSpread[], most: number): readonly Figure[] {
  return clearestFirst(measured)
    .slice(0, most)
    .map((each): Figure => {
      const { table, spread } = each
      const rows = bandRows(each).toSorted((a, b) => b.value - a.value)
      const center = spread.means.reduce((sum, mean) => sum + mean, 0) / spread.means.length
      const half = spread.nullBand.upper / 2
      const bounded = table.measure.scale !== 'unbounded'
      const clip = (value: number) => (bounded ? Math.max(0, Math.min(1, value)) : value)
      return {
        kind: 'spread',
        title: `Score per variant: ${spreadLabel(table)}`,
        description:
          `Scores of ${rows.length} variants on the same ${table.items.length} items, from ${rows.at(-1)?.label ?? ''} (lowest) ` +
          `to ${rows[0]?.label ?? ''} (highest), with the band that the whole range would fit into if variants did not matter.`,
        format: bounded ? 'rate' : 'score',
        axis: 'score',
        rows,
        center,
        nullBand: { lower: clip(center - half), upper: clip(center + half), level: spread.nullBand.level },
      }
    })
}

/** Simultaneous bands where there are any; else the bare means, drawn without a width they do not have. */
function bandRows({ table, spread, bands }: MeasuredSpread): readonly IntervalRow[] {
  return table.labels.map((label, column) => {
    const value = spread.means[column] ?? Number.NaN
    const band = bands.kind === 'simultaneous-intervals' ? bands.columns[column] : undefined
    const { lower, upper } = band?.interval ?? { lower: value, upper: value }
    return { label, value, lower, upper, n: table.clusters }
  })
}

/** The items whose score depends most on the variant, of the models that are most sensitive. */
export function heatMaps(
  measured: readonly MeasuredSpread[],
  {
    observations,
    most,
    rows: limit,
  }: { readonly observations: Observations; readonly most: number; readonly rows: number },
): readonly Figure[] {
  return clearestFirst(measured)
    .filter(({ spread }) => spread.varyingItems > 0)
    .slice(0, most)
    .map(({ table }): Figure => {
      const k = table.variants.length
      const columns = Math.min(k, 40)
      const order = Array.from(table.items.keys())
        .map((row) => ({ row, variance: rowVariance(table.values.subarray(row * k, (row + 1) * k)) }))
        // Items are in order of their names, and the sort is stable.
        .sort((a, b) => b.variance - a.variance)
      const shown = order.slice(0, limit)
      return {
        kind: 'heat-map',
        title: `Items that depend most on the variant: ${spreadLabel(table)}`,
        description: `Scores of the ${shown.length} items that vary most over ${columns} of ${k} variants, most brittle first.`,
        format: table.measure.scale === 'unbounded' ? 'score' : 'rate',
        rowLabels: shown.map(({ row }) => observations.item.values[table.items[row] ?? -1] ?? ''),
        columnLabels: table.labels.slice(0, columns),
        values: shown.flatMap(({ row }) => Array.from(table.values.subarray(row * k, row * k + columns))),
        omittedRows: order.length - shown.length,
      }
    })
}

function rowVariance(row: Float64Array): number {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length
  return row.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

export function effectFigures(shown: readonly ShownEffects[], most: number): readonly Figure[] {
  return shown
    .filter(({ effects }) => effects.length > 0)
    .slice(0, most)
    .map(({ table, effects }): Figure => {
      const rows = effects.flatMap(({ factor, level, against, outcome }): readonly IntervalRow[] => {
        if (outcome.kind !== 'estimate') return []
        const { lower, upper } = outcome.interval
        return [
          { label: `${level} against ${against}`, group: factor, value: outcome.value, lower, upper, n: outcome.n },
        ]
      })
      return {
        kind: 'intervals',
        title: `What each factor does: ${spreadLabel(table)}`,
        description: `Effects of ${rows.length} levels on the score, paired by item, with simultaneous intervals; 0 means no effect.`,
        format: table.measure.scale === 'unbounded' ? 'difference' : 'points',
        axis: 'difference in score',
        rows,
        reference: 0,
      }
    })
}

export function spreadTables(measured: readonly MeasuredSpread[], limit: number): readonly Table[] {
  const shown = measured.slice(0, limit)
  const omittedRows = Math.max(0, measured.length - limit)
  const variants = measured.flatMap((each) =>
    bandRows(each).map(({ label, value, lower, upper }, column) => ({
      ...namesOf(each.table),
      variant: label,
      score: value,
      lower: lower === upper ? null : lower,
      upper: lower === upper ? null : upper,
      unscored: each.table.unscored[column] ?? null,
    })),
  )
  return [
    {
      title: 'Spread over variants, beside what chance shows',
      columns: [
        ...nameColumns,
        { key: 'variants', label: 'Variants', format: 'count' },
        { key: 'items', label: 'Items under all', format: 'count' },
        { key: 'incomplete', label: 'Items left out', format: 'count' },
        { key: 'varying', label: 'Items (clusters) that vary', format: 'count' },
        { key: 'worst', label: 'Worst', format: 'score' },
        { key: 'average', label: 'Average', format: 'score' },
        { key: 'best', label: 'Best', format: 'score' },
        { key: 'spread', label: 'Spread', format: 'score' },
        { key: 'nullMean', label: 'Spread by chance', format: 'score' },
        { key: 'nullUpper', label: 'Chance stays below', format: 'score' },
        { key: 'pSpread', label: 'p (spread)', format: 'p-value' },
        { key: 'q', label: 'Cochran’s Q', format: 'number' },
        { key: 'pQ', label: 'p (Q, χ²)', format: 'p-value' },
      ],
      rows: shown.map(({ table, spread }) => ({
        ...namesOf(table),
        variants: table.variants.length,
        items: table.items.length,
        incomplete: table.incompleteItems,
        varying: spread.varyingItems,
        worst: Math.min(...spread.means),
        average: spread.means.reduce((sum, mean) => sum + mean, 0) / spread.means.length,
        best: Math.max(...spread.means),
        spread: spread.spread,
        nullMean: spread.nullMean,
        nullUpper: spread.nullBand.upper,
        pSpread: spread.spreadTest.kind === 'test' ? spread.spreadTest.pValue : null,
        q: spread.chiSquaredQ.kind === 'test' ? spread.chiSquaredQ.statistic : null,
        pQ: spread.chiSquaredQ.kind === 'test' ? spread.chiSquaredQ.pValue : null,
      })),
      omittedRows,
    },
    {
      title: 'Where the variance of a score comes from',
      columns: [
        ...nameColumns,
        { key: 'item', label: 'Items', format: 'number' },
        { key: 'variant', label: 'Variants', format: 'number' },
        { key: 'interaction', label: 'Item × variant', format: 'number' },
        { key: 'rerun', label: 'Rerun', format: 'number' },
        { key: 'one', label: 'Standard error under one new variant', format: 'score' },
        { key: 'all', label: 'Averaged over as many variants', format: 'score' },
        { key: 'twice', label: 'One variant, twice the items', format: 'score' },
      ],
      rows: shown.flatMap(({ table, components }) => {
        if (components.kind === 'not-estimable') return []
        const { items, variants: count, runsPerCell } = components
        const error = (design: { readonly items: number; readonly variants: number }) =>
          designStandardError(components, { ...design, runsPerCell })
        return [
          {
            ...namesOf(table),
            item: components.item,
            variant: components.variant,
            interaction: components.interaction,
            rerun: components.rerun ?? null,
            one: error({ items, variants: 1 }),
            all: error({ items, variants: count }),
            twice: error({ items: 2 * items, variants: 1 }),
          },
        ]
      }),
      omittedRows,
    },
    {
      title: 'Score of each variant',
      columns: [
        ...nameColumns,
        { key: 'variant', label: 'Variant', format: 'text' },
        { key: 'score', label: 'Score', format: 'score' },
        { key: 'lower', label: 'from (all at once)', format: 'score' },
        { key: 'upper', label: 'to', format: 'score' },
        { key: 'unscored', label: 'Responses without a score', format: 'rate' },
      ],
      rows: variants.slice(0, limit),
      omittedRows: Math.max(0, variants.length - limit),
    },
  ]
}

export function orderTable(orders: readonly ModelOrder[], limit: number): Table {
  const rows = orders.flatMap(({ first, variants, items, pairs }) =>
    pairs.map(({ upper, lower, reversed, gaps, interaction, gapDepends, established }) => ({
      task: first.measure.task,
      scorer: first.measure.scorer,
      technique: first.technique ?? null,
      upper,
      lower,
      variants,
      items,
      reversed,
      smallest: gaps.kind === 'simultaneous-intervals' ? gaps.worst.value : null,
      largest: gaps.kind === 'simultaneous-intervals' ? gaps.best.value : null,
      p: interaction.kind === 'test' ? interaction.pValue : null,
      depends: gapDepends === 'yes' ? 'yes' : 'not shown',
      established: established === 'established' ? 'yes' : 'not shown',
    })),
  )
  const leftOut = orders.reduce((sum, { pairsLeftOut }) => sum + pairsLeftOut, 0)
  return {
    title: 'Does the order of neighbouring models depend on the variant?',
    columns: [
      { key: 'task', label: 'Task', format: 'text' },
      { key: 'scorer', label: 'Scorer', format: 'text' },
      { key: 'technique', label: 'Technique', format: 'text' },
      { key: 'upper', label: 'Higher on average', format: 'text' },
      { key: 'lower', label: 'Lower on average', format: 'text' },
      { key: 'variants', label: 'Variants', format: 'count' },
      { key: 'items', label: 'Items', format: 'count' },
      { key: 'reversed', label: 'Variants that reverse the order', format: 'count' },
      { key: 'smallest', label: 'Smallest gap', format: 'difference' },
      { key: 'largest', label: 'Largest gap', format: 'difference' },
      { key: 'p', label: 'p (gap the same under all)', format: 'p-value' },
      { key: 'depends', label: 'Gap depends on the variant', format: 'text' },
      { key: 'established', label: 'Reversal beyond chance', format: 'text' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit) + leftOut,
  }
}

const nameColumns = [
  { key: 'task', label: 'Task', format: 'text' },
  { key: 'scorer', label: 'Scorer', format: 'text' },
  { key: 'model', label: 'Model', format: 'text' },
  { key: 'technique', label: 'Technique', format: 'text' },
] as const

function namesOf({ measure, model, technique }: VariantTable) {
  return { task: measure.task, scorer: measure.scorer, model, technique: technique ?? null }
}
