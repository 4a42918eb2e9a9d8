/** What the spreads say in words. */
import { type Statement, type TestedFamily, testedFamily } from '../../../domain/index.ts'
import { type Caveat, detectableSpread } from '../../../stats/index.ts'
import type { ModelOrder, PairOrder } from './compare-order.ts'
import type { MeasuredSpread } from './measure-spread.ts'
import { spreadKey, type VariantTable } from './variant-table.ts'

export interface Findings {
  readonly measured: readonly MeasuredSpread[]
  readonly orders: readonly ModelOrder[]
  /** Tables with one variant, and tables whose variants share no two items. */
  readonly single: readonly VariantTable[]
  readonly apart: readonly VariantTable[]
  readonly level: number
}

const mostSpoken = 6
const mostProblems = 5

/** The test that decides: χ² where the table is large enough for it, since a permutation p cannot fall below 1/(B+1). */
function decisiveTest({ spread }: Pick<MeasuredSpread, 'spread'>) {
  const { chiSquaredQ, permutationQ } = spread
  const sparse =
    chiSquaredQ.kind === 'test' && chiSquaredQ.caveats.some(({ code }) => code === 'sparse-table-approximate-p')
  return chiSquaredQ.kind === 'test' && !sparse
    ? { name: 'cochran-q', test: chiSquaredQ }
    : { name: 'cochran-q-permutation', test: permutationQ }
}

export function decisiveP(measured: Pick<MeasuredSpread, 'spread'>): number {
  const { test } = decisiveTest(measured)
  return test.kind === 'test' ? test.pValue : 1
}

/** Holm over all tables of the report. */
export function spreadFamily(measured: readonly MeasuredSpread[], level: number): TestedFamily {
  return testedFamily({
    family: 'spreads over variants',
    alpha: 1 - level,
    procedure: 'confirm',
    hypotheses: measured.map((each) => {
      const { name, test } = decisiveTest(each)
      return { key: `${spreadKey(each.table)}/${name}`, test }
    }),
  })
}

/** Tables whose variants differ beyond chance, largest spread first. */
export function sensitiveTables(measured: readonly MeasuredSpread[], level: number): readonly MeasuredSpread[] {
  const { survives } = spreadFamily(measured, level)
  return measured.filter((_, i) => survives[i]).toSorted((a, b) => b.spread.spread - a.spread.spread)
}

export function spreadStatements({ measured, orders, single, apart, level }: Findings): readonly Statement[] {
  const sensitive = sensitiveTables(measured, level)
  const calm = measured.filter((each) => !sensitive.includes(each))
  const ordered = [...sensitive, ...calm]
  const statements = ordered
    .slice(0, mostSpoken)
    .map((each) => spreadStatement(each, sensitive.includes(each) ? 'variants-matter' : 'variants-not-shown-to-matter'))
  if (ordered.length > mostSpoken) {
    statements.push({
      code: 'more-spreads-in-table',
      values: { more: ordered.length - mostSpoken, sensitive: sensitive.length, tables: ordered.length },
    })
  }
  const [lead] = ordered
  return [
    ...statements,
    ...(lead === undefined ? [] : [...chosenStatement(measured), ...perItemStatement(lead), ...nextStatement(lead)]),
    ...orders.slice(0, mostSpoken).map(orderStatement),
    ...readerStatement(measured),
    ...(single.length === 0 ? [] : [{ code: 'some-with-one-variant', values: { tables: single.length } }]),
    ...(apart.length === 0 ? [] : [{ code: 'variants-on-different-items', values: { tables: apart.length } }]),
  ]
}

function spreadStatement({ table, spread, bands }: MeasuredSpread, code: string): Statement {
  const means = spread.means
  const values = {
    ...namesOf(table),
    variants: means.length,
    worst: Math.min(...means),
    best: Math.max(...means),
    average: means.reduce((sum, mean) => sum + mean, 0) / means.length,
    spread: spread.spread,
    nullMean: spread.nullMean,
    p: decisiveP({ spread }),
  }
  if (table.measure.scale === 'unbounded') return { code: `${code}-in-score`, values }
  const upper = bands.kind === 'simultaneous-intervals' ? bands.spread.interval.upper : 1
  return { code, values: { ...values, upper } }
}

/** The model whose best variant shrinks most when it is scored on other items than chose it. */
function chosenStatement(measured: readonly MeasuredSpread[]): readonly Statement[] {
  const [worst] = measured
    .flatMap(({ table, spread, chosen }) =>
      chosen.kind === 'estimate' ? [{ table, chosen, naive: Math.max(...spread.means) }] : [],
    )
    .toSorted((a, b) => b.naive - b.chosen.value - (a.naive - a.chosen.value))
  if (worst === undefined) return []
  const { table, chosen, naive } = worst
  const { lower, upper } = chosen.interval
  const values = { ...namesOf(table), variants: table.variants.length, naive, chosen: chosen.value, lower, upper }
  return [{ code: coded('best-variant-re-estimated', table), values }]
}

function perItemStatement({ table, worstPerItem, bestPerItem }: MeasuredSpread): readonly Statement[] {
  if (worstPerItem.kind !== 'estimate' || bestPerItem.kind !== 'estimate') return []
  const values = {
    ...namesOf(table),
    variants: table.variants.length,
    worst: worstPerItem.value,
    best: bestPerItem.value,
  }
  return [{ code: coded('worst-and-best-per-item', table), values }]
}

function nextStatement({ table, next }: MeasuredSpread): readonly Statement[] {
  if (next.kind !== 'estimate') return []
  const { lower, upper, level } = next.interval
  const variants = table.variants.length
  return [
    {
      code: coded('next-variant', table),
      values: { ...namesOf(table), variants, lower, upper, level, beats: 1 / (variants + 1) },
    },
  ]
}

function orderStatement(order: ModelOrder): Statement {
  const { measure } = order.first
  const w = order.concordance.kind === 'concordance' ? order.concordance.w : Number.NaN
  const reversed = order.pairs.filter((pair) => pair.reversed > 0).toSorted((a, b) => b.reversed - a.reversed)
  const [worst] = reversed
  const values = { task: measure.task, scorer: measure.scorer, models: order.models.length, variants: order.variants }
  if (worst === undefined) return { code: 'order-never-reverses', values: { ...values, pairs: order.pairs.length } }
  const established = order.pairs.find((pair) => pair.established === 'established')
  const dependent = reversed.find((pair) => pair.gapDepends === 'yes')
  const named = established ?? dependent ?? worst
  const perhaps = dependent === undefined ? 'order-reverses-perhaps-by-chance' : 'order-reverses-and-gap-depends'
  return {
    code: established === undefined ? perhaps : 'order-reverses',
    values: {
      ...values,
      upper: named.upper,
      lower: named.lower,
      reversed: named.reversed,
      w: Number.isNaN(w) ? 'not defined' : Number(w.toFixed(3)),
    },
  }
}

/** One metric read in two ways: a spread that a lenient reader does not see is the reader's. */
function readerStatement(measured: readonly MeasuredSpread[]): readonly Statement[] {
  const readings = Map.groupBy(measured, ({ table: { measure, model, technique } }) =>
    JSON.stringify([measure.task, measure.scorer.split(',')[0], model, technique]),
  )
  const [widest] = [...readings.values()]
    .filter((group) => group.length > 1)
    .map((group) => group.toSorted((a, b) => b.spread.spread - a.spread.spread))
    .map((group) => ({ more: group[0], less: group.at(-1) }))
    .flatMap(({ more, less }) => (more === undefined || less === undefined ? [] : [{ more, less }]))
    .toSorted((a, b) => b.more.spread.spread - b.less.spread.spread - (a.more.spread.spread - a.less.spread.spread))
  if (widest === undefined) return []
  const { more, less } = widest
  const values = {
    task: more.table.measure.task,
    model: more.table.model,
    more: more.table.measure.scorer,
    less: less.table.measure.scorer,
    moreSpread: more.spread.spread,
    lessSpread: less.spread.spread,
  }
  return [{ code: coded('spread-depends-on-reader', more.table), values }]
}

export function spreadProblems({ measured, orders, level }: Findings): readonly Caveat[] {
  const byMeasure = Map.groupBy(sensitiveTables(measured, level), ({ table }) => table.measure.key)
  const sensitive = [...byMeasure.values()].slice(0, mostProblems).flatMap((group): readonly Caveat[] => {
    const [worst] = group
    if (worst === undefined) return []
    const statement = spreadStatement(worst, 'variant-sensitive')
    const models = measured.filter(({ table }) => table.measure === worst.table.measure).length
    return [
      {
        code: statement.code,
        severity: 'caution',
        values: { ...statement.values, hits: group.length, models },
        subject: `${worst.table.measure.key}, ${worst.table.model}`,
      },
    ]
  })
  const reversing = orders
    .flatMap((order) => order.pairs.map((pair) => ({ order, pair })))
    .filter(({ pair }) => pair.established === 'established' || (pair.reversed > 0 && pair.gapDepends === 'yes'))
  return [...sensitive, ...reversing.slice(0, mostProblems).map(({ order, pair }) => reversal(order, pair))]
}

function reversal({ first: { measure }, variants }: ModelOrder, pair: PairOrder): Caveat {
  const { upper, lower, reversed, gaps, established } = pair
  const known = gaps.kind === 'simultaneous-intervals'
  return {
    code: established === 'established' ? 'ranking-reverses' : 'ranking-depends-on-variant',
    severity: 'caution',
    values: {
      task: measure.task,
      scorer: measure.scorer,
      upper,
      lower,
      reversed,
      variants,
      largest: known ? gaps.best.value : Number.NaN,
      smallest: known ? gaps.worst.value : Number.NaN,
    },
    subject: `${measure.key}, ${upper} and ${lower}`,
  }
}

/** Nothing has two variants: what it would take, from the scores at hand. */
export function oneVariantStatement(tables: readonly VariantTable[]): Statement {
  const [largest] = tables.toSorted((a, b) => b.clusters - a.clusters)
  if (largest === undefined || largest.clusters < 2) return { code: 'one-variant-only', values: {} }
  const { values, clusters, items } = largest
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  // Without a second variant nothing is known of the residual; all of the variance of scores is its upper bound.
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  if (!(variance > 0)) return { code: 'one-variant-only', values: {} }
  const detects = (variants: number) =>
    detectableSpread({ variants, units: clusters, variance, level: 0.95, power: 0.8 })
  return {
    code: coded('one-variant-would-take', largest),
    values: { ...namesOf(largest), items: items.length, units: clusters, five: detects(5), ten: detects(10) },
  }
}

function namesOf({ measure, model, technique }: VariantTable) {
  return {
    task: measure.task,
    scorer: measure.scorer,
    model: technique === undefined ? model : `${model} (${technique})`,
  }
}

/** Rates and other scores are written differently, so each has words of its own. */
function coded(code: string, { measure }: VariantTable): string {
  return measure.scale === 'unbounded' ? `${code}-in-score` : code
}
