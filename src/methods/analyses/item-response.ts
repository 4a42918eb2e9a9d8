/** Do the items measure one thing, and which of them go against the rest? */
import { z } from 'zod'
import { type AnalysisResult, cannotSay, defineAnalysis, type Evidence, leadingMeasures } from '../../domain/index.ts'
import { type AnalysedItems, analyseItems, itemKey } from './item-response/analyse-items.ts'
import { abilityTable, itemCurves, itemTable } from './item-response/displays.ts'
import { responseMatrix } from './item-response/response-matrix.ts'
import { problemsOf, statementsOf } from './item-response/statements.ts'

export const itemResponse = defineAnalysis({
  name: 'item-response',
  title: 'Do the items pull together?',
  question: 'reliability',
  version: 3,
  summary:
    'Finds items that able rows miss and weak rows solve, and puts items and models on one scale where rows suffice.',
  parameters: z.object({
    level: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.95)
      .describe('confidence of intervals; 1 − level is the false discovery rate'),
    modelsForItems: z
      .number()
      .int()
      .min(4)
      .default(12)
      .describe('models below which no item is judged; variants of one model are no independent witnesses'),
    rowsForScale: z.number().int().min(2).default(12).describe('rows below which no item response model is fitted'),
    rowsForSlopes: z.number().int().min(30).default(30).describe('rows below which all items share one slope (1PL)'),
    cells: z
      .number()
      .int()
      .min(1)
      .default(60_000)
      .describe('largest rows × items to which an item response model is fitted'),
    sentences: z.number().int().min(1).default(6).describe('measures described in words; the tables hold the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table'),
  }),
  assumptions: [
    'rows-independent',
    'one-ability-per-row',
    'responses-independent-given-ability',
    'abilities-normal-among-these-rows',
  ],
  references: [
    'Henrysson 1963, Psychometrika 28 (item-rest correlation)',
    'Bock and Aitkin 1981, Psychometrika 46 (marginal maximum likelihood)',
    'Ponocny 2001, Psychometrika 66 (one slope, given the sums of rows and items)',
    'Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const measures = leadingMeasures(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const all = measures.map((measure) =>
      analyseItems(responseMatrix(observations, measure), { ...parameters, random }),
    )
    const found = all.filter(
      ({ analysed, models, fit }) =>
        analysed.length > 2 && (models >= parameters.modelsForItems || fit.kind === 'item-response-fit'),
    )
    if (found.length === 0) {
      const rows = Math.max(...all.map((each) => each.rows))
      return cannotSay({
        code: 'needs-rows-for-items',
        values: {
          models: Math.max(...all.map(({ models }) => models)),
          rows,
          needed: parameters.modelsForItems,
          scale: parameters.rowsForScale,
        },
      })
    }
    return {
      status:
        found.length < all.length || found.some(({ fit }) => fit.kind === 'not-estimable') ? 'partly' : 'answered',
      statements: statementsOf(found, parameters),
      evidence: found.flatMap(itemEvidence),
      problems: problemsOf(found),
      figures: itemCurves(found),
      tables: [itemTable(found, parameters.rows), abilityTable(found, parameters.rows)].filter(
        ({ rows }) => rows.length > 0,
      ),
      ledgers: found.flatMap(({ ledgers }) => ledgers),
    }
  },
})

function itemEvidence({ measure, rows, models, items, analysed, slopesDiffer }: AnalysedItems): readonly Evidence[] {
  const subject = { measure: measure.key }
  const flagged = analysed.filter(({ verdict }) => verdict === 'against-the-rest')
  return [
    {
      key: `${measure.task}/${measure.scorer}/slopes-differ`,
      label: `${measure.key}: do items discriminate differently?`,
      subject,
      estimand: `one slope for all ${items.length} items of ${measure.task} against one each, given ${rows} rows of models and variants`,
      format: 'p-value',
      outcome: slopesDiffer,
      evidenceClass: slopesDiffer.kind === 'test' ? 'model-based' : 'descriptive',
    },
    ...flagged.flatMap(({ item, correlation, against }): readonly Evidence[] => [
      {
        key: `${itemKey(measure, item)}/item-rest`,
        label: `${item}: correlation with the rest`,
        subject: { ...subject, item },
        estimand: `correlation of the ${measure.scorer} scores of ${item} with the mean of the other items of ${measure.task}, over models like these ${models}`,
        format: 'number',
        outcome: correlation,
        evidenceClass: 'asymptotic',
      },
      {
        key: `${itemKey(measure, item)}/against`,
        label: `${item}: does it go against the rest?`,
        subject: { ...subject, item },
        estimand: `whether ${item} goes against the other items of ${measure.task}, over models like these ${models}; one of ${analysed.length} items`,
        format: 'p-value',
        outcome: against,
        evidenceClass: 'asymptotic',
      },
    ]),
  ]
}
