/** How much more a model shows when it is asked in a better way. */
import { z } from 'zod'
import {
  type AnalysisResult,
  adjustedTest,
  cannotSay,
  classOfTest,
  defineAnalysis,
  differenceFormat,
  type Evidence,
  leadingMeasures,
} from '../../domain/index.ts'
import type { HypothesisTest } from '../../stats/index.ts'
import { gapFigures, gapTable } from './technique-gap/displays.ts'
import { gapKey, type ModelGaps, modelGaps, type TechniqueGap } from './technique-gap/model-gaps.ts'
import { statementsOf } from './technique-gap/statements.ts'

export const techniqueGap = defineAnalysis({
  name: 'technique-gap',
  title: 'How much more can be elicited?',
  question: 'prediction',
  version: 4,
  summary:
    'Compares each elicitation technique with the direct one on shared items, with its cost, and corrects the best for having been chosen.',
  parameters: z.object({
    level: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.95)
      .describe('confidence of intervals; 1 − level is the family-wise error rate per model'),
    baseline: z
      .string()
      .optional()
      .describe(
        'technique to compare with; without it the one named direct, none, default, baseline or zero-shot, else the first by name',
      ),
    draws: z.number().int().min(200).default(1000).describe('bootstrap draws behind the corrected best technique'),
    sentences: z
      .number()
      .int()
      .min(1)
      .default(6)
      .describe('models and measures described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure'),
  }),
  assumptions: ['items-drawn-independently', 'techniques-never-saw-targets', 'techniques-not-tuned-on-these-items'],
  references: [
    'Tsamardinos, Greasidou and Borboudakis 2018, Machine Learning 107 (bootstrap bias corrected selection)',
    'Davidson et al. 2023, AI capabilities can be significantly improved without expensive retraining, arXiv 2312.07413',
    'Miller 2024, Adding error bars to evals, arXiv 2411.00640',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const measures = leadingMeasures(observations)
    const all = measures.flatMap((measure) =>
      measure.models.map((model) => modelGaps(observations, { measure, model, ...parameters, random })),
    )
    const found = all.filter((gaps) => gaps !== undefined)
    if (found.length === 0) {
      const names = observations.technique.values
      return cannotSay({
        code: 'needs-two-techniques',
        values: { techniques: names.length === 0 ? 'none' : names.join(', ') },
      })
    }
    return {
      status: found.length < all.length ? 'partly' : 'answered',
      statements: statementsOf(found, parameters),
      evidence: found.flatMap(gapEvidence),
      problems: [],
      figures: gapFigures(found, parameters.rows),
      tables: [gapTable(found, parameters.rows)],
      ledgers: found.flatMap(({ ledgers }) => ledgers),
    }
  },
})

function gapEvidence(found: ModelGaps): readonly Evidence[] {
  const { measure, model, baseline, gaps, best } = found
  const format = differenceFormat(measure.scale)
  return [
    ...gaps.flatMap((gap) => techniqueEvidence(found, gap)),
    ...(best === undefined
      ? []
      : [
          {
            key: `${measure.task}/${measure.scorer}/${model}/best-technique`,
            label: `${model}: gain of the best of ${gaps.length + 1} techniques, corrected for the choice`,
            subject: { measure: measure.key, model },
            estimand: `mean ${measure.scorer} score of ${model} on ${measure.task} under the technique that is best on some items, on other items of the same population, minus that of ${baseline}`,
            format,
            outcome: best.corrected,
            // Other techniques, or more effort, may elicit more: a gap found is never the largest there is.
            evidenceClass:
              best.corrected.kind === 'estimate' ? ('lower-bound-only' as const) : ('descriptive' as const),
            seedPath: best.seedPath,
          },
        ]),
  ]
}

function techniqueEvidence(found: ModelGaps, gap: TechniqueGap): readonly Evidence[] {
  const { measure, model, baseline } = found
  const { technique, shared, gap: outcome, test } = gap
  const key = gapKey(found, technique)
  const share = {
    subject: { measure: measure.key, model, technique, baseline },
    estimand: `mean ${measure.scorer} score of ${model} on ${measure.task} with ${technique} minus with ${baseline}, over the population that the ${shared.items.length} shared items were drawn from`,
    format: differenceFormat(measure.scale),
  }
  return [
    {
      ...share,
      key: `${key}/gap`,
      label: `${model}: ${technique} minus ${baseline}`,
      outcome,
      evidenceClass: outcome.kind === 'estimate' ? 'asymptotic' : 'descriptive',
    },
    {
      ...share,
      key: `${key}/test`,
      label: `${model}: ${technique} against ${baseline}, test`,
      outcome: test,
      evidenceClass: classOfTest(test),
    },
    ...adjustedTests(gap).map((adjusted) => ({
      ...share,
      key: `${key}/holm`,
      label: `${model}: ${technique} against ${baseline}, test after ${gap.comparisons} techniques`,
      outcome: adjusted,
      evidenceClass: classOfTest(test),
    })),
  ]
}

function adjustedTests({ test, adjusted: pValue, comparisons }: TechniqueGap): readonly HypothesisTest[] {
  if (test.kind !== 'test' || pValue === undefined) return []
  return [adjustedTest(test, { pValue, comparisons, code: 'adjusted-for-techniques' })]
}
