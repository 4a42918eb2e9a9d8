/** What the score would be if people had judged every response, from the few that they did judge. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  classOfMean,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
} from '../../domain/index.ts'
import type { Outcome } from '../../stats/index.ts'
import { type CorrectedScore, correctScores } from './judge-correction/correct-scores.ts'
import { correctionFigures, correctionTable } from './judge-correction/displays.ts'
import { labelledScores } from './judge-correction/labelled-scores.ts'
import { problemsOf, statementsOf } from './judge-correction/statements.ts'
import { withoutLabels } from './judge-correction/without-labels.ts'

export const judgeCorrection = defineAnalysis({
  name: 'judge-correction',
  title: 'What would people have said?',
  question: 'validity',
  version: 3,
  summary:
    'Corrects a judge’s score by a random subset with human labels: judge alone, people alone, and both together. Intervals lean wide with few labels.',
  parameters: z.object({
    labels: z
      .string()
      .min(1)
      .optional()
      .describe('scorer or attribute that holds human labels; without it, one called human, gold, label or expert'),
    judge: z
      .string()
      .min(1)
      .optional()
      .describe('scorer that is corrected; without it, every other scorer with a range'),
    strata: z
      .string()
      .min(1)
      .optional()
      .describe('attribute within whose values the labelled were drawn; without it, one called stratum'),
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of every interval'),
    labelsWanted: z.number().int().min(2).default(100).describe('labels below which the correction is called thin'),
    perClass: z.number().int().min(1).default(30).describe('labels of each kind below which it is called thin'),
    sentences: z.number().int().min(1).default(6).describe('models described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure'),
  }),
  assumptions: ['labelled-drawn-at-random', 'labels-are-right', 'judge-not-tuned-on-these-labels', 'items-independent'],
  references: [
    'Rogan and Gladen 1978, American Journal of Epidemiology 107; Fieller 1954, Journal of the Royal Statistical Society B 16',
    'Angelopoulos et al. 2023, Prediction-powered inference, Science 382; PPI++, arXiv 2311.01453',
    'Fisch et al. 2024, Stratified prediction-powered inference, arXiv 2406.04291',
  ],
  analyze({ observations, parameters }): AnalysisResult {
    const { level, labels, judge, strata, rows } = parameters
    const measures = leadingMeasures(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const found = labelledScores(observations, { measures, labels, judge, strata }).map((each) =>
      correctScores(each, level),
    )
    if (found.length === 0) return cannotSay(withoutLabels(observations, { measures, labels, judge }))
    return {
      status: found.every(({ corrected }) => corrected.kind === 'estimate') ? 'answered' : 'partly',
      statements: statementsOf(found, parameters),
      evidence: found.flatMap(scoreEvidence),
      problems: problemsOf(found, parameters),
      figures: correctionFigures(found, rows),
      tables: [correctionTable(found, rows)],
    }
  },
})

function scoreEvidence(scores: CorrectedScore): readonly Evidence[] {
  const { task, model, judge, truthName, items, labelled } = scores
  const key = `${task}/${judge}/${model}`
  const share = { subject: { task, model, judge, labels: truthName }, format: 'rate' } as const
  const population = `over the population that the ${items} items were drawn from`
  const evidence = (
    name: string,
    [label, estimand]: readonly [string, string],
    outcome: Outcome,
    evidenceClass: Evidence['evidenceClass'] = 'asymptotic',
  ): Evidence => ({
    ...share,
    key: `${key}/${name}`,
    label: `${model}: ${label}`,
    estimand,
    outcome,
    evidenceClass: outcome.kind === 'estimate' ? evidenceClass : 'descriptive',
  })
  const truth = `mean ${truthName} score of ${model} on ${task}, ${population}`
  return [
    evidence(
      'corrected',
      ['judge corrected by labels (PPI++)', `${truth}, if the ${labelled} labelled are a random part`],
      scores.corrected,
    ),
    evidence(
      'human-only',
      ['labels alone', `${truth}, from the ${labelled} labelled alone`],
      scores.humanOnly,
      classOfMean(scores.humanOnly),
    ),
    evidence(
      'judge-only',
      ['judge alone', `mean ${judge} score of ${model} on ${task}, ${population}; what the judge says, right or wrong`],
      scores.judgeOnly,
      classOfMean(scores.judgeOnly),
    ),
    evidence(
      'untuned',
      ['judge corrected by labels, trusted in full (PPI)', `${truth}, if the ${labelled} labelled are a random part`],
      scores.untuned,
    ),
    evidence(
      'rogan-gladen',
      [
        'judge corrected by its error rates (Rogan–Gladen)',
        `${truth}, if the judge errs on the unlabelled as on the labelled`,
      ],
      scores.roganGladen,
      'model-based',
    ),
    evidence(
      'sensitivity',
      ['judge’s sensitivity', `share of responses labelled 1 that ${judge} scores 1, ${population}`],
      scores.sensitivity,
      classOfMean(scores.sensitivity),
    ),
    evidence(
      'specificity',
      ['judge’s specificity', `share of responses labelled 0 that ${judge} scores 0, ${population}`],
      scores.specificity,
      classOfMean(scores.specificity),
    ),
    {
      ...evidence(
        'selection',
        [
          'labelled minus unlabelled, by the judge',
          `mean ${judge} score of the labelled minus that of the unlabelled; 0 for a random part`,
        ],
        scores.selection,
      ),
      format: 'points',
    },
  ]
}
