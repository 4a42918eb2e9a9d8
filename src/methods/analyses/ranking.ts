/** In which order do the models stand, how sure is it, and is there one order at all? */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
  type Measure,
} from '../../domain/index.ts'
import type { Estimate, Outcome, TestOutcome } from '../../stats/index.ts'
import { rankFigures, rankTable } from './ranking/displays.ts'
import { itemBattles } from './ranking/item-battles.ts'
import { eloOf, type RankedMeasure, rankModels } from './ranking/rank-models.ts'
import { runsAgree } from './ranking/runs-agree.ts'
import { problemsOf, statementsOf } from './ranking/statements.ts'

export const ranking = defineAnalysis({
  name: 'ranking',
  title: 'In which order do the models stand?',
  question: 'guarantee',
  version: 4,
  summary:
    'Ranks models by their wins on shared items, with rank sets that hold together, and asks whether one order fits.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence with which all rank sets hold together'),
    battles: z
      .number()
      .int()
      .min(1)
      .default(300_000)
      .describe('largest number of comparisons of one measure (pairs of models × items)'),
    draws: z.number().int().min(99).default(199).describe('simulated tournaments for the null of the cyclic share'),
    work: z
      .number()
      .int()
      .min(1)
      .default(5_000_000)
      .describe('largest comparisons × draws for that null, and comparisons × orders for the Elo diagnostic'),
    resamples: z.number().int().min(99).default(999).describe('resamples of items or clusters for the rank sets'),
    resamplingWork: z
      .number()
      .int()
      .min(1)
      .default(20_000_000)
      .describe('largest comparisons × resamples; beyond it rank sets are Bonferroni’s, which are wider'),
    orders: z.number().int().min(2).default(50).describe('random orders of the comparisons for the Elo diagnostic'),
    eloStep: z.number().gt(0).default(16).describe('step size K of the Elo diagnostic, in points'),
    fewestItems: z
      .number()
      .int()
      .min(2)
      .default(20)
      .describe('items, or clusters of them, below which nothing is ranked'),
    sentences: z.number().int().min(1).default(6).describe('measures described in words; the tables hold the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure; all are in the evidence'),
  }),
  assumptions: ['items-drawn-independently', 'higher-scores-are-better', 'margins-of-a-win-do-not-matter'],
  references: [
    'Bradley and Terry 1952, Biometrika 39; Davidson 1970, Journal of the American Statistical Association 65',
    'Rao and Kupper 1967, Journal of the American Statistical Association 62',
    'Mogstad, Romano, Shaikh and Wilhelm 2024, Review of Economic Studies 91 (inference for ranks)',
    'Jiang, Lim, Yao and Ye 2011, Mathematical Programming 127 (Hodge decomposition)',
    'Boubdir et al. 2023, arXiv 2311.17295 (Elo depends on order)',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const measures = leadingMeasures(observations).filter(({ models }) => models.length >= 3)
    if (measures.length === 0) {
      return cannotSay({ code: 'needs-three-models', values: { models: observations.model.values.length } })
    }
    const tooLarge: Measure[] = []
    let shown = 0
    const ranked = measures.flatMap((measure): readonly RankedMeasure[] => {
      const found = itemBattles(observations, { measure, limit: parameters.battles })
      if (found === undefined) tooLarge.push(measure)
      if (found === undefined) return []
      const options = { ...parameters, random: random.split(measure.key) }
      const each = rankModels(found, options)
      if (each.fit.kind === 'not-estimable') return [each]
      // Elo is no evidence: nothing is spent on measures whose rows nobody sees.
      const elo = shown < parameters.rows ? eloOf(found, options) : undefined
      shown += each.models.length
      return [{ ...each, elo }]
    })
    const done = ranked.filter(({ fit }) => fit.kind === 'ability-fit')
    return {
      status: done.length === 0 ? 'cannot-say' : done.length < measures.length ? 'partly' : 'answered',
      statements: statementsOf({ ranked, tooLarge }, parameters),
      evidence: ranked.flatMap((each) => rankingEvidence(each, parameters.level)),
      problems: ranked.flatMap((each) => problemsOf(each, parameters)),
      figures: rankFigures(done, parameters.rows),
      tables: done.length === 0 ? [] : [rankTable(done, parameters.rows)],
    }
  },
})

function rankingEvidence(ranked: RankedMeasure, level: number): readonly Evidence[] {
  const { measure, models, order, sets, setMethod, steps, fit, flow, fitTest, clusters, battles } = ranked
  const key = `${measure.task}/${measure.scorer}`
  const on = `on ${measure.task} by ${measure.scorer}, over the population that the ${clusters} items or clusters were drawn from`
  const whole = (name: string, label: string, estimand: string, outcome: Outcome | TestOutcome): Evidence => ({
    key: `${key}/${name}`,
    label: `${measure.key}: ${label}`,
    subject: { measure: measure.key },
    estimand,
    format: outcome.kind === 'test' ? 'p-value' : 'number',
    outcome,
    evidenceClass: outcome.kind === 'not-estimable' ? 'descriptive' : 'model-based',
  })
  if (fit.kind === 'not-estimable') return [whole('ranks', 'ranks', `rank of every model ${on}`, fit)]
  return [
    ...order.map((model, place): Evidence => {
      const { best = 1, worst = models.length } = sets[model] ?? {}
      const name = models[model] ?? ''
      return {
        key: `${key}/${name}/rank`,
        label: `${name}: rank`,
        subject: { measure: measure.key, model: name },
        estimand: `rank of ${name} among ${models.length} models by the chance to score higher on a shared item, ${on}; all rank sets together`,
        format: 'count',
        outcome: rankOutcome({ place, best, worst, clusters, level, method: `bradley-terry-rank-set-${setMethod}` }),
        evidenceClass: 'asymptotic',
      }
    }),
    ...steps.map((outcome, place): Evidence => {
      const [first = '', second = ''] = [models[order[place] ?? 0], models[order[place + 1] ?? 0]]
      return {
        key: `${key}/${first} − ${second}/ability`,
        label: `${first} minus ${second}: ability, log odds to win an item`,
        subject: { measure: measure.key, first, second },
        estimand: `Bradley–Terry ability of ${first} minus that of ${second}, ties as half wins, ${on}; one of ${steps.length} neighbours`,
        format: 'difference',
        outcome,
        evidenceClass: outcome.kind === 'estimate' ? 'asymptotic' : 'descriptive',
      }
    }),
    ...steps.map((step, place): Evidence => {
      const [first = '', second = ''] = [models[order[place] ?? 0], models[order[place + 1] ?? 0]]
      const outcome = runsAgree(step)
      return {
        key: `${key}/${first} − ${second}/runs-agree`,
        label: `${first} and ${second}: would two runs agree on their order?`,
        subject: { measure: measure.key, first, second },
        estimand: `probability that two runs, each on as many new items, put the same of ${first} and ${second} ahead, ${on}; one of ${steps.length} neighbours`,
        format: 'rate',
        outcome,
        evidenceClass: outcome.kind === 'estimate' ? 'model-based' : 'descriptive',
      }
    }),
    ...leaderEvidence(ranked, { key, on }),
    whole(
      'cyclic-share',
      'share that no ranking tells',
      `share of the squared flow of wins that is cyclic ${on}, against ${battles.first.length} independent comparisons by the fitted abilities`,
      flow.kind === 'not-estimable'
        ? flow
        : {
            kind: 'test',
            statistic: flow.ratio,
            pValue: flow.pValue,
            resolution: 1 / (flow.draws + 1),
            alternative: 'greater',
            nullValue: 0,
            n: battles.first.length,
            method: 'hodge-cyclic-share-parametric-bootstrap',
            assumptions: ['independent-battles'],
            caveats: [],
          },
    ),
    whole(
      'one-order',
      'do abilities fit the win rates?',
      `fit of Bradley–Terry to the win rates of every pair ${on}`,
      fitTest,
    ),
  ]
}

/** The first contrast in two other ways, which are not substituted for it. */
function leaderEvidence(
  { measure, models, order, independentStep, ties, tieStep }: RankedMeasure,
  { key, on }: { readonly key: string; readonly on: string },
): readonly Evidence[] {
  const [first = '', second = ''] = [models[order[0] ?? 0], models[order[1] ?? 0]]
  const way = (name: string, label: string, ability: string, outcome: Outcome | undefined): readonly Evidence[] =>
    outcome === undefined
      ? []
      : [
          {
            key: `${key}/${first} − ${second}/${name}`,
            label: `${first} minus ${second}: ability, ${label}`,
            subject: { measure: measure.key, first, second },
            estimand: `${ability} ability of ${first} minus that of ${second}, ${on}, as if no two comparisons shared an item`,
            format: 'difference',
            outcome,
            evidenceClass: 'descriptive',
          },
        ]
  const named = ties?.fit.model === 'rao-kupper' ? 'Rao–Kupper' : 'Davidson'
  return [
    ...way('ability-independent', 'comparisons as if independent', 'Bradley–Terry', independentStep),
    ...way('ability-ties', `ties by ${named}’s model`, named, tieStep),
  ]
}

interface RankFound {
  readonly place: number
  readonly best: number
  readonly worst: number
  readonly clusters: number
  readonly level: number
  readonly method: string
}

function rankOutcome({ place, best, worst, clusters, level, method }: RankFound): Estimate {
  return {
    kind: 'estimate',
    value: place + 1,
    interval: { lower: best, upper: worst, level, kind: 'confidence', side: 'two-sided' },
    n: clusters,
    method,
    assumptions: ['independent-units', 'abilities-on-one-scale'],
    caveats: [],
  }
}
