/** Do those who judge the same responses agree beyond chance, and does the order of presentation sway them? */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  classOfMean,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
  type Observations,
  type RunRecord,
} from '../../domain/index.ts'
import type { Outcome, TestOutcome } from '../../stats/index.ts'
import { agreementTable, pairTable } from './judge-agreement/displays.ts'
import { type OrderBias, orderBiases, orderFactor, orderKey } from './judge-agreement/order-bias.ts'
import { type PanelAgreement, panelAgreement, type RaterPair } from './judge-agreement/panel-agreement.ts'
import { judgePanels, scorerPanels } from './judge-agreement/rating-panels.ts'
import { orderFamily, problemsOf, statementsOf } from './judge-agreement/statements.ts'

export const judgeAgreement = defineAnalysis({
  name: 'judge-agreement',
  title: 'Do the judges agree?',
  question: 'validity',
  version: 3,
  summary:
    'Measures agreement beyond chance between scorers, raters or judging models, with intervals that lean wide, and the pull of presentation order.',
  parameters: z.object({
    raters: z
      .enum(['auto', 'scorers', 'models'])
      .default('auto')
      .describe('who rates: the scorers of a response, or models whose parsed answers are judgements of the items'),
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of every interval'),
    rely: z.number().gt(0).lt(1).default(0.8).describe('lower bound of alpha from which judges may be relied on'),
    tentative: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.667)
      .describe('lower bound of alpha below which nothing may be concluded'),
    consistent: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.9)
      .describe('share of equal decisions in both orders that is expected'),
    work: z
      .number()
      .int()
      .min(1)
      .default(20_000_000)
      .describe('largest (units + categories) × categories for which alpha is computed'),
    pairs: z.number().int().min(1).default(45).describe('pairs of raters compared one by one in each panel'),
    sentences: z.number().int().min(1).default(6).describe('panels described in words; the tables hold the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table'),
  }),
  assumptions: ['units-independent', 'raters-judged-without-knowing-each-other', 'raters-were-asked-the-same'],
  references: [
    'Cohen 1960, Educational and Psychological Measurement 20; Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72',
    'Krippendorff 2011, Computing Krippendorff’s alpha-reliability',
    'Gwet 2008, British Journal of Mathematical and Statistical Psychology 61 (AC1)',
    'Zheng et al. 2023, arXiv 2306.05685 (order of presentation)',
  ],
  analyze({ observations, runs, parameters }): AnalysisResult {
    const measures = leadingMeasures(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const asModels = parameters.raters === 'models' || (parameters.raters === 'auto' && holdsJudgements(runs))
    const panels = asModels ? judgePanels(observations, measures) : scorerPanels(observations, measures)
    const agreements = panels.map((panel) =>
      panelAgreement(panel, {
        ...parameters,
        mostPairs: parameters.pairs,
      }),
    )
    const factor = asModels ? orderFactor(observations) : undefined
    const orders = factor === undefined ? [] : orderBiases(observations, { measures, factor, level: parameters.level })
    if (agreements.length === 0 && orders.length === 0) return cannotSay(missing(observations))
    return {
      status: asModels && orders.length === 0 ? 'partly' : 'answered',
      statements: statementsOf({ agreements, orders, asModels }, parameters),
      evidence: [...agreements.flatMap(panelEvidence), ...orders.flatMap(orderEvidence)],
      problems: problemsOf({ agreements, orders }, parameters),
      figures: [],
      tables: [agreementTable(agreements, parameters.rows), pairTable(agreements, parameters.rows)].filter(
        ({ rows }) => rows.length > 0,
      ),
      ledgers: orderFamily(orders, parameters.level).ledgers,
    }
  },
})

/** The source says so where a table gives decisions and the truth about them. */
function holdsJudgements(runs: readonly RunRecord[]): boolean {
  return runs.some(({ settings }) => settings.answers === 'judgements')
}

function missing({ scorer, model }: Observations) {
  return {
    code: 'needs-several-raters',
    values: { scorers: scorer.values.length, models: model.values.length },
  }
}

function panelEvidence(agreement: PanelAgreement): readonly Evidence[] {
  const { panel, pairs, alpha, fleiss, gwet, gwetWeighted, uniform, chance } = agreement
  const { task, model, raters, ratings } = panel
  const key = `${task}/${model ?? 'judges'}/${panel.scores}`
  const units = `over the population that the ${ratings.units} ${model === undefined ? 'judged items' : 'items'} were drawn from`
  const whose = model === undefined ? `of the items of ${task}` : `of the responses of ${model} to ${task}`
  const share = {
    subject: { task, ...(model === undefined ? {} : { model }) },
    format: 'number',
  } as const
  const all = (name: string, label: string, outcome: Outcome | TestOutcome): Evidence => ({
    ...share,
    key: `${key}/${name}`,
    label: `${task}${model === undefined ? '' : ` / ${model}`}: ${label}`,
    estimand: `${label} between ${raters.length} raters ${whose}, ${units}`,
    outcome,
    evidenceClass: outcome.kind === 'not-estimable' ? 'descriptive' : 'asymptotic',
  })
  return [
    all('alpha', `Krippendorff’s alpha, ${panel.kind}`, alpha),
    all('fleiss', 'Fleiss’ kappa', fleiss),
    ...(fleiss.kind === 'estimate'
      ? [
          {
            ...all('fleiss-chance', 'Fleiss’ kappa of 0, agreement by chance only,', chance),
            format: 'p-value' as const,
          },
        ]
      : []),
    all('gwet', 'Gwet’s AC1', gwet),
    ...(gwetWeighted === undefined ? [] : [all('gwet-quadratic', 'Gwet’s AC2, quadratic weights,', gwetWeighted)]),
    all('brennan-prediger', `Brennan–Prediger${panel.categories.length === 2 ? ' (PABAK)' : ''}`, uniform),
    ...pairs.flatMap((pair): readonly Evidence[] =>
      pairOutcomes(pair).map(({ name, label, outcome }) => ({
        ...share,
        subject: { ...share.subject, first: pair.first, second: pair.second },
        key: `${key}/${pair.first} − ${pair.second}/${name}`,
        label: `${pair.first} and ${pair.second}: ${label}`,
        estimand: `${label} between ${pair.first} and ${pair.second} ${whose}, ${units}`,
        outcome,
        evidenceClass: outcome.kind === 'estimate' ? 'asymptotic' : 'descriptive',
      })),
    ),
  ]
}

function pairOutcomes({ plain, weighted, linear }: RaterPair) {
  const ways = [
    { name: 'kappa', label: 'Cohen’s kappa', fit: plain },
    { name: 'kappa-quadratic', label: 'Cohen’s kappa, quadratic weights', fit: weighted },
    { name: 'kappa-linear', label: 'Cohen’s kappa, linear weights', fit: linear },
  ]
  return ways.flatMap(({ fit, ...way }) =>
    fit === undefined ? [] : [{ ...way, outcome: fit.kind === 'kappa' ? fit.kappa : fit }],
  )
}

function orderEvidence(order: OrderBias): readonly Evidence[] {
  const { task, judge, items, levels, consistency, lean, test } = order
  const share = { subject: { task, judge }, format: 'rate' } as const
  const key = orderKey(order)
  const over = `over the population that the ${items} items judged in both orders were drawn from`
  return [
    {
      ...share,
      key: `${key}/consistency`,
      label: `${judge}: same decision in both orders`,
      estimand: `share of items of ${task} that ${judge} decides alike in “${levels[0]}” and “${levels[1]}”, ${over}`,
      outcome: consistency,
      evidenceClass: classOfMean(consistency),
    },
    {
      ...share,
      format: 'points',
      key: `${key}/lean`,
      label: `${judge}: pull towards what stands first`,
      estimand: `share of items of ${task} on which ${judge} moves to what stands first minus to what stands second, ${over}`,
      outcome: lean,
      evidenceClass: lean.kind === 'estimate' ? 'asymptotic' : 'descriptive',
    },
    {
      ...share,
      format: 'p-value',
      key: `${key}/test`,
      label: `${judge}: test of no pull`,
      estimand: `whether ${judge} moves to what stands first as often as to what stands second on ${task}, ${over}`,
      outcome: test,
      evidenceClass: test.kind === 'test' ? 'guarantee' : 'descriptive',
    },
  ]
}
