/** Would the same items, answered again, get the same scores? */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
  type Measure,
  type Observations,
  scoreFormat,
} from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import { type Agreement, agreementOf } from './rerun-agreement/agreement.ts'
import { type AnswerAgreement, answerAgreement, answerStatements, answerTable } from './rerun-agreement/answers.ts'
import { cachedRepeats } from './rerun-agreement/cached-repeats.ts'
import { agreementTable, passCurves } from './rerun-agreement/displays.ts'
import { statementsOf } from './rerun-agreement/statements.ts'

export const rerunAgreement = defineAnalysis({
  name: 'rerun-agreement',
  title: 'Would a rerun agree?',
  question: 'reliability',
  version: 5,
  summary: 'Splits the noise of a score into items and reruns, and counts how often repeats of one item disagree.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of every interval'),
    cachedShare: z
      .number()
      .gt(0.5)
      .max(1)
      .default(0.9)
      .describe('share of items with identical repeats that suggests a cache'),
    sentences: z
      .number()
      .int()
      .min(1)
      .default(6)
      .describe('models and measures described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table'),
  }),
  assumptions: ['repeats-independent-given-item', 'repeats-are-reruns-under-the-same-settings', 'items-independent'],
  references: [
    'Miller 2024, Adding error bars to evals, arXiv 2411.00640',
    'Wang 2025, Measuring all the noises of LLM evals, arXiv 2512.21326',
    'Shrout and Fleiss 1979, Psychological Bulletin 86',
    'Atil et al. 2024, arXiv 2408.04667 (agreement at temperature 0)',
    'Chen et al. 2021, arXiv 2107.03374 (pass@k); Yao et al. 2024, arXiv 2406.12045 (pass^k)',
  ],
  analyze({ observations, parameters }): AnalysisResult {
    const { level, cachedShare, rows } = parameters
    const measures = leadingMeasures(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const all = measures.flatMap((measure) =>
      measure.models.map((model) => agreementOf(observations, { measure, model, level })),
    )
    const agreements = all.filter((agreement) => agreement !== undefined)
    if (agreements.length === 0) {
      return cannotSay({ code: 'needs-repeats-for-agreement', values: { items: observations.item.values.length } })
    }
    const without = all.length - agreements.length
    const answers = agreements.flatMap((agreement) => {
      const own = agreement.measure.models.find(({ model }) => model === agreement.model)?.rows
      return own === undefined ? [] : answerAgreement(observations, { agreement, rows: own, level })
    })
    return {
      status: without > 0 ? 'partly' : 'answered',
      statements: [...statementsOf(agreements, { ...parameters, without }), ...answerStatements(answers, level)],
      evidence: [...agreements.flatMap(agreementEvidence), ...answers.flatMap(answerEvidence)],
      problems: [...copied(observations, { measures, cachedShare }), ...agreements.flatMap(neverDiffer)],
      figures: passCurves(agreements),
      tables: [agreementTable(agreements, rows), ...(answers.length === 0 ? [] : [answerTable(answers, rows)])],
    }
  },
})

/** One look per task and model: scorers share the responses that would be copies. */
function copied(
  observations: Observations,
  { measures, cachedShare }: { readonly measures: readonly Measure[]; readonly cachedShare: number },
): readonly Caveat[] {
  const seen = new Set<string>()
  return measures.flatMap(({ task, models }) =>
    models.flatMap(({ model, rows }): readonly Caveat[] => {
      const subject = `${task} / ${model}`
      if (seen.has(subject)) return []
      seen.add(subject)
      const found = cachedRepeats(observations, { rows, share: cachedShare })
      if (found === undefined) return []
      const { sign, compared, identical } = found
      return [
        {
          code: 'suspect-cached-repeats',
          severity: 'caution',
          values: { task, model, sign, compared, identical },
          subject,
        },
      ]
    }),
  )
}

/** Deterministic decoding and copies look alike here; a reader should know that one of the two is the case. */
function neverDiffer({ measure, model, noise, repeatedCells }: Agreement): readonly Caveat[] {
  if (repeatedCells < 20 || noise.withinVariance > 0 || noise.mean === 0 || noise.mean === 1) return []
  const values = { measure: measure.key, model, cells: repeatedCells }
  return [{ code: 'repeats-identical', severity: 'note', values, subject: `${measure.key} / ${model}` }]
}

function agreementEvidence(agreement: Agreement): readonly Evidence[] {
  const { measure, model, repeatedCells, mostRepeats, envelope, runIcc, passes } = agreement
  const key = `${measure.task}/${measure.scorer}/${model}`
  const these = `over the population that the ${repeatedCells} repeated items were drawn from`
  const of = `${measure.scorer} scores of ${model} on ${measure.task}`
  const evidence = (
    name: string,
    more: Pick<Evidence, 'label' | 'estimand' | 'outcome'> & Partial<Evidence>,
  ): Evidence => ({
    key: `${key}/${name}`,
    subject: { measure: measure.key, model },
    format: 'rate',
    evidenceClass: more.outcome.kind === 'not-estimable' ? 'descriptive' : 'asymptotic',
    ...more,
    label: `${model}: ${more.label}`,
  })
  const scoreUnit = scoreFormat(measure.scale)
  return [
    evidence('flip-rate', {
      label: 'two runs of one item disagree',
      estimand: `probability that two runs of the same item get different ${of}, ${these}`,
      outcome: agreement.flip,
    }),
    evidence('identical-share', {
      label: `items scored the same in all ${mostRepeats} runs`,
      estimand: `share of items whose ${of} are the same in every run, ${these}; falls with the number of runs`,
      outcome: agreement.unanimous,
    }),
    evidence('within-variance', {
      label: 'variance from run to run',
      estimand: `variance of one run of a fixed item, mean over items, ${of}, ${these}`,
      format: 'number',
      outcome: agreement.within,
    }),
    evidence('icc-1', {
      label: 'ICC(1,1), share of variance between items',
      estimand: `share of the variance of single ${of} that lies between items and would be there again, ${these}`,
      format: 'number',
      outcome: agreement.icc,
      evidenceClass: agreement.icc.kind === 'not-estimable' ? 'descriptive' : 'model-based',
    }),
    ...(runIcc === undefined
      ? []
      : [
          evidence('icc-a1', {
            label: 'ICC(A,1), absolute agreement of whole runs',
            estimand: `share of the variance of single ${of} that lies between items, shifts of whole runs counted as error, ${these}`,
            format: 'number',
            outcome: runIcc,
            evidenceClass: runIcc.kind === 'not-estimable' ? 'descriptive' : 'model-based',
          }),
        ]),
    ...(envelope === undefined
      ? []
      : (['best', 'worst'] as const).map((end) =>
          evidence(`envelope-${end}`, {
            label: `${end} run of each item`,
            estimand: `mean over items of the ${end} of their runs, ${of}, ${these}; widens with the number of runs`,
            format: scoreUnit,
            outcome: envelope[end],
          }),
        )),
    ...passes.flatMap(({ k, any, all }) => [
      evidence(`pass-at-${k}`, {
        label: `pass@${k}, at least one of ${k} runs passes`,
        estimand: `probability that at least one of ${k} runs of an item passes, ${of}, ${these}`,
        outcome: any,
      }),
      evidence(`pass-hat-${k}`, {
        label: `pass^${k}, all of ${k} runs pass`,
        estimand: `probability that all of ${k} runs of an item pass, ${of}, ${these}`,
        outcome: all,
      }),
    ]),
  ]
}

function answerEvidence({ agreement, repeated, mostRepeats, two, all, modal }: AnswerAgreement): readonly Evidence[] {
  const { measure, model } = agreement
  const key = `${measure.task}/${measure.scorer}/${model}`
  const answers = `answers that ${measure.scorer} read from ${model} on ${measure.task}, over the population that the ${repeated} repeated items were drawn from`
  const evidence = (
    name: string,
    [label, estimand]: readonly [string, string],
    outcome: AnswerAgreement['two'],
  ): Evidence => ({
    key: `${key}/${name}`,
    label: `${model}: ${label}`,
    subject: { measure: measure.key, model },
    estimand: `${estimand}, ${answers}`,
    format: 'rate',
    outcome,
    evidenceClass: outcome.kind === 'estimate' ? 'asymptotic' : 'descriptive',
  })
  return [
    evidence(
      'answers-agree-2',
      ['two runs of one item answer alike', 'probability that two runs of one item give the same answer'],
      two,
    ),
    ...(mostRepeats > 2
      ? [
          evidence(
            `answers-agree-${mostRepeats}`,
            [
              `${mostRepeats} runs of one item answer alike`,
              `probability that ${mostRepeats} runs of one item give the same answer`,
            ],
            all,
          ),
        ]
      : []),
    evidence(
      'answers-modal',
      [
        'share of the commonest answer',
        'share of the runs of an item that give its commonest answer; larger where runs are few',
      ],
      modal,
    ),
  ]
}
