/** Would other items, other wordings and other runs have ranked and scored the models alike, and what would make them? */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
  type Measure,
} from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'
import { crossedScores } from './generalizability/crossed-scores.ts'
import { componentTable, curveFigures, extensionTable } from './generalizability/displays.ts'
import { problemsOf, statementsOf } from './generalizability/statements.ts'
import { decisionsBySize, type StudiedMeasure, studyMeasure } from './generalizability/study-measure.ts'

export const generalizabilityAnalysis = defineAnalysis({
  name: 'generalizability',
  title: 'Would other items and wordings rank the models alike?',
  question: 'reliability',
  version: 4,
  summary:
    'Splits the variance of scores into models, items, variants and their interactions, and says what more calls buy.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of every interval'),
    draws: z.number().int().min(200).default(1000).describe('draws for the intervals of g and Φ'),
    calls: z.number().int().min(1).default(1000).describe('calls per model whose best use is sought'),
    mostVariants: z.number().int().min(1).default(50).describe('variants that could be written at most'),
    wanted: z.number().gt(0).lt(1).default(0.8).describe('g and Φ from which scores may be relied on'),
    cells: z
      .number()
      .int()
      .min(1)
      .default(400_000)
      .describe('largest table (models × items × variants × repeats) that is analysed'),
    fewestItems: z.number().int().min(2).default(10).describe('complete items below which nothing is said'),
    sentences: z.number().int().min(1).default(6).describe('measures described in words; the tables hold the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table'),
  }),
  assumptions: [
    'models-items-variants-drawn-at-random',
    'effects-additive-and-normal-for-intervals',
    'items-independent',
  ],
  references: [
    'Cronbach, Gleser, Nanda and Rajaratnam 1972, The Dependability of Behavioral Measurements',
    'Brennan 2001, Generalizability Theory',
    'Ting et al. 1990, Journal of Statistical Computation and Simulation 35 (intervals of components)',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const { level, rows, cells, fewestItems } = parameters
    const measures = leadingMeasures(observations).filter(({ models }) => models.length > 1)
    if (measures.length === 0)
      return cannotSay({
        code: 'needs-models-for-generalizability',
        values: { models: observations.model.values.length },
      })
    const tooLarge: string[] = []
    const streamOf = (measure: Measure): Random => random.split(measure.key)
    const done = measures.flatMap((measure): readonly StudiedMeasure[] => {
      const table = crossedScores(observations, { measure, limit: cells })
      if (table === undefined) tooLarge.push(measure.key)
      if (table === undefined || table.models.length < 2 || table.conditions === 0) return []
      const studied = studyMeasure(table, { ...parameters, random: streamOf(measure) })
      return studied === undefined ? [] : [studied]
    })
    const [first] = done
    if (done.length === 0 && tooLarge.length === 0)
      return cannotSay({ code: 'needs-crossed-scores', values: { measures: measures.length, needed: fewestItems } })
    return {
      status: done.length === 0 ? 'cannot-say' : done.length < measures.length ? 'partly' : 'answered',
      statements: statementsOf(
        { done, tooLarge, without: measures.length - done.length - tooLarge.length },
        parameters,
      ),
      evidence: done.flatMap((each) => studyEvidence(each, level)),
      problems: problemsOf(done),
      figures:
        first === undefined
          ? []
          : curveFigures(first, decisionsBySize(first, { ...parameters, random: streamOf(first.measure) })),
      tables:
        done.length === 0
          ? []
          : [componentTable(done, rows), extensionTable(done, { calls: parameters.calls, limit: rows })],
    }
  },
})

function studyEvidence(
  { measure, models, conditions, runsPerCell, completeItems, now, study }: StudiedMeasure,
  level: number,
): readonly Evidence[] {
  const design = `${completeItems} items × ${conditions} variants × ${runsPerCell} runs`
  const share = { subject: { measure: measure.key }, format: 'number', evidenceClass: 'model-based' } as const
  const universe = `over models, items and variants like these ${models.length} models, ${completeItems} items and ${conditions} variants`
  return [
    {
      ...share,
      key: `${measure.task}/${measure.scorer}/g`,
      label: `${measure.key}: g, same order again`,
      estimand: `share of the variance of mean ${measure.scorer} scores between models that another draw of ${design} would show again as differences, ${universe}`,
      outcome: now.generalizability,
    },
    {
      ...share,
      key: `${measure.task}/${measure.scorer}/phi`,
      label: `${measure.key}: Φ, same scores again`,
      estimand: `share of the variance of mean ${measure.scorer} scores over draws of ${design} that lies between models, ${universe}`,
      outcome: now.dependability,
    },
    ...study.components.map(
      ({ effect, value, interval }): Evidence => ({
        ...share,
        key: `${measure.task}/${measure.scorer}/variance/${effect}`,
        label: `${measure.key}: variance, ${effect}`,
        estimand: `variance component of ${effect} in ${measure.scorer} scores on ${measure.task}, ${universe}`,
        outcome: {
          kind: 'estimate',
          value,
          interval: { ...interval, level },
          n: completeItems,
          method: 'expected-mean-squares',
          assumptions: ['scores-approximately-normal', 'facets-drawn-at-random'],
          caveats: study.caveats,
        },
      }),
    ),
  ]
}
