/** How much does a score owe to the wording, the format and the conditions under which items were asked? */
import { z } from 'zod'
import { type AnalysisResult, cannotSay, defineAnalysis, measuresOf } from '../../domain/index.ts'
import { compareOrder } from './variant-spread/compare-order.ts'
import { crossedAverage, crossedStatement, crossedTable } from './variant-spread/crossed-average.ts'
import { factorEffects } from './variant-spread/factor-effects.ts'
import { type MeasuredSpread, measureSpread } from './variant-spread/measure-spread.ts'
import { effectFigures, heatMaps, orderTable, spreadFigures, spreadTables } from './variant-spread/show-spread.ts'
import { crossedEvidence, factorEvidence, orderEvidence, spreadEvidence } from './variant-spread/spread-evidence.ts'
import {
  oneVariantStatement,
  spreadFamily,
  spreadProblems,
  spreadStatements,
} from './variant-spread/spread-findings.ts'
import { type VariantTable, variantTables } from './variant-spread/variant-table.ts'

export const variantSpread = defineAnalysis({
  name: 'variant-spread',
  title: 'Does the wording decide the score?',
  question: 'robustness',
  version: 5,
  summary: 'Worst, average and best score over variants of the same items, beside the spread that chance alone shows.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('level at which all bands of one model hold at once'),
    draws: z.number().int().min(120).default(999).describe('most draws of permutations and bootstraps'),
    work: z
      .number()
      .int()
      .min(1)
      .default(2_000_000)
      .describe('cells × draws spent per procedure; larger tables get fewer draws, at least 99 to 199'),
    pairs: z
      .number()
      .int()
      .min(0)
      .default(8)
      .describe('neighbouring pairs of models compared per measure, from the top'),
    mostLevels: z.number().int().min(2).default(12).describe('factors with more levels get no effects of their own'),
    items: z.number().int().min(1).default(40).describe('items drawn per heat map, most brittle first'),
    figures: z.number().int().min(0).default(6).describe('spread figures drawn, clearest difference first'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table'),
  }),
  assumptions: ['clusters-independent', 'variants-exchangeable-within-items', 'variants-drawn-at-random'],
  references: [
    'Cochran 1950, The comparison of percentages in matched samples, Biometrika 37',
    'Pitman 1938, Significance tests which may be applied to samples from any populations III',
    'Chernozhukov, Chetverikov and Kato 2013, Gaussian approximations of maxima, Annals of Statistics 41',
    'Cameron, Gelbach and Miller 2011, Journal of Business and Economic Statistics 29 (two-way clusters)',
    'Owen 2007, Annals of Applied Statistics 1 (crossed bootstrap)',
    'Tsamardinos, Greasidou and Borboudakis 2018, Bootstrapping the out-of-sample predictions',
    'Sclar et al. 2023, FormatSpread; Mizrahi et al. 2024, State of What Art?',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const tables = measuresOf(observations).flatMap((measure) => variantTables(observations, measure))
    if (tables.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    if (tables.every(({ items }) => items.length === 0) && observations.missing.every((reason) => reason !== 0)) {
      return cannotSay({ code: 'no-scored-responses', values: { rows: observations.rows } })
    }
    const { level, draws, work, rows } = parameters
    const streamOf = ({ measure, model, technique }: VariantTable) =>
      random
        .split(measure.key)
        .split(model)
        .split(technique ?? '')
    const measured = tables.flatMap(
      (table) => measureSpread(table, { level, draws, work, random: streamOf(table) }) ?? [],
    )
    const single = tables.filter(({ variants, thinVariants }) => variants.length + thinVariants.length < 2)
    const apart = tables.filter((table) => !single.includes(table) && !measured.some((each) => each.table === table))
    if (measured.length === 0) {
      return cannotSay(
        apart.length > 0
          ? { code: 'variants-on-different-items', values: { tables: apart.length } }
          : oneVariantStatement(single),
      )
    }
    const orders = ordersOf(measured).flatMap((group) => {
      const [first] = group
      const stream = random
        .split('order')
        .split(first?.measure.key ?? '')
        .split(first?.technique ?? '')
      return compareOrder(group, { level, draws, work, random: stream, mostPairs: parameters.pairs }) ?? []
    })
    const effects = measured.map(({ table }) => ({
      table,
      effects: factorEffects(table, { level, mostLevels: parameters.mostLevels }),
    }))
    const crossed = measured.flatMap((each) =>
      crossedAverage(each, { level, work, random: streamOf(each.table).split('crossed') }),
    )
    const findings = { measured, orders, single, apart, level }
    return {
      status: single.length + apart.length > 0 ? 'partly' : 'answered',
      statements: [...spreadStatements(findings), ...crossedStatement(crossed)],
      evidence: [
        ...measured.flatMap(spreadEvidence),
        ...crossed.flatMap(crossedEvidence),
        ...effects.flatMap(({ table, effects: own }) => factorEvidence(table, own)),
        ...orders.flatMap(orderEvidence),
      ],
      problems: spreadProblems(findings),
      figures: [
        ...spreadFigures(measured, parameters.figures),
        ...heatMaps(measured, { observations, most: 2, rows: parameters.items }),
        ...effectFigures(effects, parameters.figures),
      ],
      tables: [...spreadTables(measured, rows), crossedTable(crossed, rows), orderTable(orders, rows)].filter(
        (table) => table.rows.length > 0,
      ),
      ledgers: spreadFamily(measured, level).ledgers,
    }
  },
})

/** Tables of one measure and technique, one per model, where there are two models or more. */
function ordersOf(measured: readonly MeasuredSpread[]): readonly (readonly VariantTable[])[] {
  const groups = Map.groupBy(
    measured.map(({ table }) => table),
    ({ measure, technique }) => JSON.stringify([measure.key, technique]),
  )
  return [...groups.values()].filter((group) => group.length > 1)
}
