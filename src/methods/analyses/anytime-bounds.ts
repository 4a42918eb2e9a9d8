/** What can be asserted even if somebody watched the results and stopped when they liked them. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
  scoreFormat,
  testedFamily,
} from '../../domain/index.ts'
import { type ClaimLedger, type HypothesisTest, pValueFromEValue } from '../../stats/index.ts'
import { boundsFigures, boundsTable, claimTable, quantileTable } from './anytime-bounds/displays.ts'
import type { ItemQuantile } from './anytime-bounds/item-quantiles.ts'
import { type ModelBounds, modelBounds, type RareClaim } from './anytime-bounds/model-bounds.ts'
import { statementsOf } from './anytime-bounds/statements.ts'

export const anytimeBounds = defineAnalysis({
  name: 'anytime-bounds',
  title: 'What holds however often one looked?',
  question: 'guarantee',
  version: 2,
  summary: 'Bounds every score, and every rare event against stated thresholds, validly at any moment of stopping.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of every bound, at all moments at once'),
    thresholds: z
      .array(z.number().gt(0).lt(1))
      .min(1)
      .default([1e-2, 1e-3, 1e-4])
      .describe('rates that a rare event is to be shown to stay below'),
    rareShare: z
      .number()
      .gt(0)
      .max(0.5)
      .default(0.05)
      .describe('share of items up to which the rarer outcome counts as a rare event'),
    uses: z.number().int().min(1).default(1000).describe('uses in deployment that a promise is made for'),
    tolerated: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.05)
      .describe('chance of any event over these uses that a promise allows'),
    bettingUnits: z
      .number()
      .int()
      .min(1)
      .default(20_000)
      .describe(
        'items up to which the betting interval is computed, in a hundred passes; a formula bounds larger samples',
      ),
    quantiles: z
      .array(z.number().gt(0).lt(1))
      .default([0.05, 0.5])
      .describe('shares of items whose graded scores are bounded: 0.05 says what 95 % of items reach'),
    quantileFrom: z
      .number()
      .int()
      .min(10)
      .default(100)
      .describe('items from which on the bounds on quantiles hold, to be fixed before looking'),
    sentences: z
      .number()
      .int()
      .min(1)
      .default(6)
      .describe('models and measures described in words; tables hold the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure; all are in the evidence'),
  }),
  assumptions: [
    'items-drawn-independently',
    'model-did-not-change-during-the-run',
    'score-range-0-to-1-where-all-scores-lie-there',
  ],
  references: [
    'Robbins 1970, Annals of Mathematical Statistics 41 (beta mixture)',
    'Waudby-Smith and Ramdas 2024, Journal of the Royal Statistical Society B 86 (betting)',
    'Howard and Ramdas 2022, Bernoulli 28 (quantiles); Maurer and Pontil 2009 (large samples)',
    'Ramdas, Grünwald, Vovk and Shafer 2023, Statistical Science 38 (e-processes)',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const measures = leadingMeasures(observations)
    const bounds = measures.flatMap((measure) =>
      measure.models.map((model) =>
        modelBounds(observations, {
          ...parameters,
          measure,
          model,
          random: random.split(measure.key).split(model.model),
        }),
      ),
    )
    const known = bounds.filter(({ anytime, quantiles }) => anytime.kind === 'estimate' || quantiles.length > 0)
    if (bounds.every(({ units }) => units === 0)) return cannotSay({ code: 'no-observations', values: {} })
    if (known.length === 0) return cannotSay({ code: 'needs-scores-in-range', values: { measures: measures.length } })
    return {
      status: bounds.every(({ anytime }) => anytime.kind === 'estimate') ? 'answered' : 'partly',
      statements: statementsOf(known, parameters),
      evidence: bounds.flatMap((each) => boundEvidence(each, parameters.level)),
      problems: [],
      figures: boundsFigures(known, parameters.rows),
      tables: [
        boundsTable(known, parameters.rows),
        quantileTable(known, parameters.rows),
        claimTable(known, parameters.rows),
      ].filter(({ rows }) => rows.length > 0),
      ledgers: bounds.flatMap((each) => claimLedgers(each, parameters.level)),
    }
  },
})

function boundEvidence(bounds: ModelBounds, level: number): readonly Evidence[] {
  const { measure, model, units, clustered, anytime, fixed, rare, quantiles } = bounds
  const key = boundsKey(bounds)
  const unit = clustered ? 'clusters' : 'items'
  const share = { subject: { measure: measure.key, model }, format: 'rate' } as const
  const mean = `mean ${measure.scorer} score of ${model} on ${measure.task}${clustered ? ', every cluster weighing alike' : ''}, over the population that the ${units} ${unit} were drawn from`
  const graded = (outcome: ModelBounds['anytime']) => (outcome.kind === 'estimate' ? 'guarantee' : 'descriptive')
  return [
    {
      ...share,
      key: `${key}/anytime`,
      label: `${model}: mean, valid at any moment of stopping`,
      estimand: `${mean}; holds at every number of ${unit} at once`,
      outcome: anytime,
      evidenceClass: graded(anytime),
    },
    {
      ...share,
      key: `${key}/fixed-number`,
      label: `${model}: mean, valid at this number of ${unit} only`,
      estimand: `${mean}; holds only if the number of ${unit} was fixed before`,
      outcome: fixed,
      evidenceClass: graded(fixed),
    },
    ...quantiles.flatMap((each) => quantileEvidence(bounds, each)),
    ...(rare === undefined
      ? []
      : [
          {
            ...share,
            key: `${key}/event-rate`,
            label: `${model}: chance that one of the ${unit} shows a score of ${rare.event}`,
            estimand: `probability that one of the ${unit} of ${measure.task}, asked as often as here, has a ${measure.scorer} score of ${rare.event} for ${model}; holds at every number of ${unit} at once`,
            outcome: rare.bound,
            evidenceClass: graded(rare.bound),
          } as const,
          ...rare.claims.map(
            (claim): Evidence => ({
              ...share,
              format: 'p-value',
              key: claimKey(bounds, claim),
              label: `${model}: is that chance below ${claim.rateBelow}?`,
              estimand: `whether the probability that one of the ${unit} of ${measure.task} has a ${measure.scorer} score of ${rare.event} for ${model} is below ${claim.rateBelow}`,
              outcome: claimTest(claim, { units, level }),
              evidenceClass: 'guarantee',
            }),
          ),
        ]),
  ]
}

function quantileEvidence(bounds: ModelBounds, { probability, anytime, fixed }: ItemQuantile): readonly Evidence[] {
  const { measure, model, units, clustered } = bounds
  const unit = clustered ? 'clusters' : 'items'
  const key = `${boundsKey(bounds)}/quantile-${probability}`
  const share = {
    subject: { measure: measure.key, model },
    format: scoreFormat(measure.scale),
    evidenceClass: 'guarantee',
  } as const
  const estimand = `mean ${measure.scorer} score that a share of ${probability} of ${unit} does not exceed, for ${model} on ${measure.task}, over the population that the ${units} ${unit} were drawn from`
  return [
    {
      ...share,
      key,
      label: `${model}: score that a share of ${probability} of ${unit} does not exceed, valid at any moment of stopping`,
      estimand: `${estimand}; holds at every number of ${unit} at once`,
      outcome: anytime,
    },
    {
      ...share,
      key: `${key}-fixed`,
      label: `${model}: score that a share of ${probability} of ${unit} does not exceed, at this number of ${unit} only`,
      estimand: `${estimand}; holds only if the number of ${unit} was fixed before`,
      outcome: fixed,
      evidenceClass: fixed.kind === 'estimate' ? 'guarantee' : 'descriptive',
    },
  ]
}

/** From the largest threshold down, each at the full error rate until one is not shown. */
function claimLedgers(bounds: ModelBounds, level: number): readonly ClaimLedger[] {
  const { measure, model, rare, units } = bounds
  return testedFamily({
    family: `rate thresholds of ${model} on ${measure.key}`,
    alpha: 1 - level,
    procedure: 'fixed-sequence',
    hypotheses: (rare?.claims ?? []).map((claim) => ({
      key: claimKey(bounds, claim),
      test: claimTest(claim, { units, level }),
    })),
  }).ledgers
}

function boundsKey({ measure, model }: ModelBounds): string {
  return `${measure.task}/${measure.scorer}/${model}`
}

function claimKey(bounds: ModelBounds, { rateBelow }: RareClaim): string {
  return `${boundsKey(bounds)}/below-${rateBelow}`
}

/** The e-value as a test: 1/e bounds the p-value at any moment of stopping. */
function claimTest(
  { rateBelow, logEvidence, supported }: RareClaim,
  { units, level }: { readonly units: number; readonly level: number },
): HypothesisTest {
  return {
    kind: 'test',
    statistic: logEvidence,
    pValue: pValueFromEValue(Math.exp(Math.min(700, logEvidence))),
    alternative: 'less',
    nullValue: rateBelow,
    n: units,
    method: 'rare-rate-e-process',
    assumptions: ['independent-trials', 'constant-rate'],
    caveats:
      !supported && logEvidence >= -Math.log(1 - level)
        ? [{ code: 'larger-threshold-not-shown', severity: 'note', values: { rateBelow } }]
        : [],
  }
}
