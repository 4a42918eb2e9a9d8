/** What each score is worth: its interval for these items and for the population they were drawn from. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  classOfMean,
  defineAnalysis,
  type Evidence,
  scoreFormat,
} from '../../domain/index.ts'
import { figuresOf, headerTable, meanTable } from './headline-estimates/displays.ts'
import { type HeaderFigure, headerFigures } from './headline-estimates/header-figures.ts'
import { type ModelMean, modelMeans } from './headline-estimates/model-means.ts'
import { statementsOf } from './headline-estimates/statements.ts'

const parameters = z.object({
  level: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.95)
    .describe('confidence of every interval, two-sided unless it says otherwise'),
  rareRate: z.number().gt(0).lt(1).default(1e-4).describe('rate that the planner for clean samples aims to exclude'),
  work: z
    .number()
    .int()
    .min(0)
    .default(2_000_000)
    .describe('responses × draws spent on resampling clusters, items and runs; larger tables are not resampled'),
  sentences: z
    .number()
    .int()
    .min(1)
    .default(6)
    .describe('models and measures described in words; tables hold the rest'),
  rows: z.number().int().min(1).default(60).describe('rows shown per table and figure; all are in the evidence'),
})

export const headlineEstimates = defineAnalysis({
  name: 'headline-estimates',
  title: 'What is each score worth?',
  question: 'guarantee',
  version: 3,
  summary: 'Gives every mean score an interval for exactly these items and one for the population behind them.',
  parameters,
  assumptions: ['items-drawn-independently', 'score-range-0-to-1-where-all-scores-lie-there', 'scores-are-right'],
  references: [
    'Clopper and Pearson 1934, Biometrika 26',
    'Korn and Graubard 1998, Survey Methodology 24',
    'Miller 2024, Adding error bars to evals, arXiv 2411.00640',
    'Hanley and Lippman-Hand 1983, JAMA 249 (rule of three)',
    'Davison and Hinkley 1997, Bootstrap Methods, §3.8 (resampling of nested data)',
  ],
  analyze({ observations, runs, parameters, random }): AnalysisResult {
    const means = modelMeans(observations, { level: parameters.level, work: parameters.work, random })
    const scored = means.filter(({ scored }) => scored > 0)
    const headers = headerFigures(observations, { runs, level: parameters.level })
    if (scored.length === 0 && headers.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    return {
      status: scored.length < means.length || headers.length > 0 ? 'partly' : 'answered',
      statements: statementsOf({ means: scored, headers }, parameters),
      evidence: [...means.flatMap(meanEvidence), ...headers.flatMap(headerEvidence)],
      problems: [],
      figures: figuresOf(scored, parameters.rows),
      tables: [meanTable(means, parameters.rows), headerTable(headers, parameters.rows)].filter(
        ({ rows }) => rows.length > 0,
      ),
    }
  },
})

function meanEvidence(mean: ModelMean): readonly Evidence[] {
  const { measure, model, items, population, fixedItems, naive, variants, techniques } = mean
  const averaged =
    variants * techniques > 1 ? `, each item averaged over its ${variants} variants and ${techniques} techniques` : ''
  const score = `mean ${measure.scorer} score of ${model} on ${measure.task}${averaged}`
  const behind = `${score}, over the population that the ${items} items were drawn from`
  const share = { subject: { measure: measure.key, model }, format: scoreFormat(measure.scale) } as const
  const key = `${measure.task}/${measure.scorer}/${model}`
  const evidence: Evidence[] = [
    {
      ...share,
      key: `${key}/population`,
      label: `${model}: mean for items like these`,
      estimand: behind,
      outcome: population,
      evidenceClass: classOfMean(population),
    },
    {
      ...share,
      key: `${key}/fixed-items`,
      label: `${model}: mean on exactly these items`,
      estimand: `${score}, on exactly these ${items} items, over reruns`,
      outcome: fixedItems,
      evidenceClass: fixedItems.kind === 'estimate' ? 'asymptotic' : 'descriptive',
    },
    {
      ...share,
      key: `${key}/naive-rows`,
      label: `${model}: as if every row were an independent item`,
      estimand: `${behind}; wrong where items repeat or cluster, shown to explain what other tools print`,
      outcome: naive,
      evidenceClass: 'descriptive',
    },
  ]
  if (mean.wilson !== undefined) {
    const label = `${model}: Wilson score interval`
    evidence.push({
      ...share,
      key: `${key}/population-wilson`,
      label,
      estimand: behind,
      outcome: mean.wilson,
      evidenceClass: 'asymptotic',
    })
  }
  if (mean.resampled !== undefined) {
    const { outcome, seedPath } = mean.resampled
    evidence.push({
      ...share,
      key: `${key}/population-resampled`,
      label: `${model}: clusters, items and runs resampled`,
      estimand: behind,
      outcome,
      evidenceClass: outcome.kind === 'estimate' ? 'asymptotic' : 'descriptive',
      seedPath,
    })
  }
  if (mean.oneSided !== undefined) {
    const label = `${model}: one-sided exact bound`
    evidence.push({
      ...share,
      key: `${key}/population-one-sided`,
      label,
      estimand: behind,
      outcome: mean.oneSided,
      evidenceClass: 'guarantee',
    })
  }
  return evidence
}

function headerEvidence({
  path,
  run,
  model,
  task,
  scorer,
  metric,
  n,
  outcome,
  oneSided,
}: HeaderFigure): readonly Evidence[] {
  const share = {
    subject: { run, path, model, measure: `${task} / ${scorer}` },
    estimand: `rate of ${scorer} for ${model} on ${task}, over the population that the ${n ?? 'unknown number of'} items were drawn from, taking the header’s word for the count and the items as independent`,
    format: 'rate',
    // The rows that would show repeats, clusters and missing answers are not there: no guarantee can rest on this.
    evidenceClass: 'descriptive',
  } as const
  const key = `header/${run}/${scorer}/${metric}`
  return [
    { ...share, key, label: `${model}: ${metric} as printed, without its rows`, outcome },
    ...(oneSided === undefined
      ? []
      : [
          {
            ...share,
            key: `${key}/one-sided`,
            label: `${model}: one-sided exact bound of the printed ${metric}`,
            outcome: oneSided,
          },
        ]),
  ]
}
