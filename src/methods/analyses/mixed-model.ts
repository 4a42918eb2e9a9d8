/** Which model passes more often once items, variants and their quirks with each model are modelled together. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
  type Measure,
  type Statement,
} from '../../domain/index.ts'
import { cellCount, crossedTable } from './mixed-model/crossed-table.ts'
import { contrastFigures, contrastTable, shareTable } from './mixed-model/displays.ts'
import { type FittedMeasure, fitMeasure } from './mixed-model/fit-measure.ts'
import { statementsOf } from './mixed-model/statements.ts'

export const mixedModel = defineAnalysis({
  name: 'mixed-model',
  title: 'What remains of a difference once items and wordings are modelled?',
  question: 'reliability',
  version: 4,
  summary: 'Fits a crossed logit with items, variants and item × model, and compares models with and without the last.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of every interval'),
    cells: z
      .number()
      .int()
      .min(1)
      .max(200_000)
      .default(20_000)
      .describe('largest number of cells (item × variant × model) of all measures together; at most 200,000'),
    models: z.number().int().min(2).default(12).describe('largest number of models in one fit'),
    fewestItems: z.number().int().min(5).default(10).describe('items below which nothing is fitted'),
    sentences: z.number().int().min(1).default(6).describe('contrasts described in words; the tables hold the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure; all are in the evidence'),
  }),
  assumptions: [
    'random-effects-normal',
    'logit-link',
    'responses-independent-given-effects',
    'variants-drawn-from-those-of-interest',
  ],
  references: [
    'Breslow and Clayton 1993, Journal of the American Statistical Association 88',
    'Bates, Mächler, Bolker and Walker 2015, Journal of Statistical Software 67 (Laplace fit of glmer)',
    'Barr, Levy, Scheepers and Tily 2013, Journal of Memory and Language 68 (interactions belong in the model)',
  ],
  analyze({ observations, parameters }): AnalysisResult {
    const { level, rows } = parameters
    const candidates = leadingMeasures(observations).filter(
      ({ scale, models }) => scale === 'binary' && models.length > 1,
    )
    if (candidates.length === 0)
      return cannotSay({ code: 'needs-binary-and-models', values: { models: observations.model.values.length } })
    const leftOut: Statement[] = []
    const fitted: FittedMeasure[] = []
    let cells = 0
    for (const measure of candidates) {
      const refusal = refuse(measure, parameters)
      const size = cellCount(observations, measure)
      if (refusal !== undefined) leftOut.push(refusal)
      else if (cells + size > parameters.cells)
        leftOut.push({
          code: 'mixed-model-too-large',
          values: { measure: measure.key, cells: size, limit: parameters.cells },
        })
      else {
        const table = crossedTable(observations, measure)
        const values = { measure: measure.key, items: table.items }
        if (table.variants < 2 && table.repeats < 2) leftOut.push({ code: 'mixed-model-needs-crossing', values })
        else if (table.items < parameters.fewestItems) leftOut.push({ code: 'mixed-model-few-items', values })
        else {
          cells += size
          fitted.push(fitMeasure(table, level))
        }
      }
    }
    const done = fitted.filter(({ full }) => full.kind === 'crossed-logit')
    const failed = fitted.filter(({ full }) => full.kind === 'not-estimable')
    if (fitted.length === 0) {
      const [first = { code: 'no-observations', values: {} }, ...others] = leftOut
      return cannotSay(first, ...others.slice(0, parameters.sentences))
    }
    return {
      status: done.length === 0 ? 'cannot-say' : leftOut.length + failed.length > 0 ? 'partly' : 'answered',
      statements: [
        ...statementsOf(done, parameters),
        ...failed.map(({ measure }) => ({ code: 'mixed-model-not-fitted', values: { measure: measure.key } })),
        ...leftOut.slice(0, parameters.sentences),
      ],
      evidence: fitted.flatMap(contrastEvidence),
      problems: [],
      figures: contrastFigures(done, rows),
      tables: done.length === 0 ? [] : [contrastTable(done, rows), shareTable(done, rows)],
    }
  },
})

function refuse({ key, models }: Measure, limits: { readonly models: number }): Statement | undefined {
  return models.length > limits.models
    ? { code: 'mixed-model-many-models', values: { measure: key, models: models.length, limit: limits.models } }
    : undefined
}

function contrastEvidence({ measure, contrasts, items, variants }: FittedMeasure): readonly Evidence[] {
  return contrasts.flatMap(({ first, second, full, plain }) => {
    const share = {
      subject: { measure: measure.key, first, second },
      format: 'difference',
    } as const
    const key = `${measure.task}/${measure.scorer}/${first} − ${second}`
    const estimand = `log odds that ${first} passes minus those of ${second} on ${measure.task} by ${measure.scorer}, for an item and variant of the kind the ${items} items and ${variants} variants were drawn from`
    return [
      {
        ...share,
        key: `${key}/log-odds`,
        label: `${first} minus ${second}: log odds, item × model modelled`,
        estimand,
        outcome: full,
        evidenceClass: full.kind === 'estimate' ? 'model-based' : 'descriptive',
      },
      {
        ...share,
        key: `${key}/log-odds-without-interaction`,
        label: `${first} minus ${second}: log odds, as if no item suited one model more`,
        estimand: `${estimand}, if no item suited one model more than another; overconfident where it does`,
        outcome: plain,
        evidenceClass: 'descriptive',
      },
    ] as const
  })
}
