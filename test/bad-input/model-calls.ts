/** Base calls of agreement, ranking, latent-trait, mixed and reliability models. */
import * as stats from '../../src/stats/index.ts'
import { type BaseCalls, pairCodes, range, stream, whole } from './sample-inputs.ts'

const ratings = () => ({ units: 6, raters: 2, values: Float64Array.of(1, 1, 2, 2, 3, 3, 1, 2, 2, 3, 1, 1) })
const pairCounts = () => ({
  models: 4,
  wins: Float64Array.of(0, 14, 18, 20, 10, 0, 15, 17, 6, 9, 0, 13, 4, 7, 11, 0),
  ties: Float64Array.of(0, 6, 3, 2, 6, 0, 5, 4, 3, 5, 0, 6, 2, 4, 6, 0),
})
const battles = () => ({
  models: 3,
  first: [0, 0, 1, 1, 2, 2, 0, 1, 2, 0],
  second: [1, 2, 0, 2, 0, 1, 1, 2, 0, 2],
  outcome: [1, 1, 0, 0.5, 1, 0, 0, 1, 1, 0.5],
})
const abilityFit = () => whole(stats.bradleyTerry({ ...pairCounts(), covarianceKind: 'sandwich' }) as stats.AbilityFit)
const crossed = () => ({
  values: [5, 6, 7, 3, 4, 8, 6, 5, 9, 2, 3, 4],
  objects: 3,
  items: 4,
  conditions: 1,
  runsPerCell: 1,
})
const study = () => whole(stats.generalizability({ ...crossed(), level: 0.95 }) as stats.GeneralizabilityStudy)
const scores = [1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0]
const components = () =>
  whole(stats.varianceComponents({ values: scores, variants: 2, runsPerCell: 2 }) as stats.VarianceComponents)
const logit = () => ({
  successes: [1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0],
  trials: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  design: new Float64Array(12).fill(1),
  columns: 1,
  factors: [{ name: 'item', levelOf: [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], levels: 4 }],
  units: { unitOf: [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], units: 4 },
})
const logitFit = () => whole(stats.crossedLogit(logit()) as stats.CrossedLogit)
/** Row r solves the items up to its ability, with one slip in three rows. */
const responses = () =>
  Float64Array.from({ length: 160 }, (_, k) => {
    const [row, item] = [Math.floor(k / 4), k % 4]
    const solves = row % 5 > item
    return (row % 3 === 0 && (row + item) % 4 === 0) !== solves ? 1 : 0
  })
const answers = (model: '1pl' | '2pl') => ({
  responses: responses(),
  persons: 40,
  items: 4,
  counts: Array.from({ length: 40 }, () => 1),
  model,
})
const answersFit = (model: '1pl' | '2pl') => whole(stats.itemResponseModel(answers(model)) as stats.ItemResponseFit)
const bootstrap = () =>
  whole(
    stats.abilityBootstrap({
      battles: battles(),
      cluster: pairCodes,
      draws: 50,
      random: stream(),
    }) as stats.AbilityBootstrap,
  )

export const modelCalls: BaseCalls = {
  gwetAgreement: () => [{ ratings: ratings(), weights: 'identity', level: 0.95, scale: [1, 2, 3] }],
  fleissKappa: () => [{ ratings: ratings(), weights: 'identity', level: 0.95, scale: [1, 2, 3] }],
  brennanPrediger: () => [{ ratings: ratings(), weights: 'linear', level: 0.95, scale: [1, 2, 3] }],
  cohenKappa: () => [{ table: [44, 5, 1, 7, 20, 3, 9, 5, 6], categories: 3, weights: 'identity', level: 0.95 }],
  krippendorffAlpha: () => [{ ratings: ratings(), scale: 'ordinal', level: 0.95, possible: [1, 2, 3, 4] }],
  agreementWeights: () => [3, 'linear'],
  intraclassCorrelation: () => [
    { values: [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8], columns: 4, form: '(A,1)', level: 0.95 },
  ],
  oneWayIcc: () => [
    { values: scores.flatMap((y) => [y, y, 1]), items: scores.flatMap((_, k) => [k, k, k]), level: 0.95 },
  ],
  itemResponseModel: () => [answers('1pl')],
  itemRestCorrelations: () => [{ responses: responses(), rows: 40, items: 4, level: 0.95 }],
  predictionPowered: () => [
    {
      truth: [1, 0, 1, 1],
      judge: [1, 0, 0, 1],
      unlabelled: [1, 0, 1, 1, 0, 0],
      tuning: 'tuned',
      level: 0.95,
      reference: 'normal',
      range,
    },
  ],
  stratifiedPredictionPowered: () => [
    {
      strata: [
        { weight: 0.5, truth: [1, 0, 1, 1], judge: [1, 0, 0, 1], unlabelled: [1, 0, 1, 1] },
        { weight: 0.5, truth: [1, 0, 1, 1], judge: [1, 0, 0, 1], unlabelled: [1, 0, 1, 1] },
      ],
      tuning: 'tuned',
      level: 0.95,
      reference: 'normal',
      range,
    },
  ],
  roganGladen: () => [
    {
      flagged: { count: 30, of: 100 },
      sensitivity: { count: 45, of: 50 },
      specificity: { count: 45, of: 50 },
      level: 0.95,
      interval: 'fieller',
    },
  ],
  crossedLogit: () => [logit()],
  logitContrast: () => [{ fit: logitFit(), weights: [1], level: 0.95 }],
  latentShares: () => [logitFit()],
  abilityBootstrap: () => [
    { battles: battles(), cluster: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], draws: 50, random: stream() },
  ],
  countPairs: () => [battles()],
  bradleyTerry: () => [{ ...pairCounts(), covarianceKind: 'model' }],
  abilityContrast: () => [{ fit: abilityFit(), first: 0, second: 1, level: 0.95 }],
  clusteredAbilities: () => [{ battles: battles(), cluster: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4] }],
  winComponents: () => [pairCounts()],
  eloRatings: () => [{ battles: battles(), step: 16, start: 1000 }],
  eloDispersion: () => [{ battles: battles(), step: 16, start: 1000, orders: 20, random: stream() }],
  rankSets: () => [{ fit: abilityFit(), level: 0.95, family: 'all-models' }],
  davidson: () => [pairCounts()],
  raoKupper: () => [pairCounts()],
  cyclicFlow: () => [{ counts: pairCounts(), draws: 50, random: stream() }],
  abilityFitTest: () => [pairCounts()],
  circularTriads: () => [[2, 2, 2, 0]],
  decisionStudy: () => [
    {
      study: study(),
      design: { items: 10, conditions: 1, runsPerCell: 1 },
      fixed: 'none',
      cutScore: 4,
      level: 0.95,
      draws: 200,
      random: stream(),
    },
  ],
  generalizability: () => [{ ...crossed(), level: 0.95 }],
  meanSquareLimits: () => [
    {
      terms: [
        { meanSquare: 3, degreesOfFreedom: 5, coefficient: 1 },
        { meanSquare: 1, degreesOfFreedom: 10, coefficient: -1 },
      ],
      level: 0.95,
    },
  ],
  varianceComponents: () => [{ values: [1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0], variants: 2, runsPerCell: 2 }],
  designStandardError: () => [components(), { items: 10, variants: 2, runsPerCell: 1 }],
  itemDependability: () => [components(), { variants: 2, runsPerCell: 1 }],
  bootstrapRankSets: () => [{ bootstrap: bootstrap(), level: 0.95 }],
  commonSlopeTest: () => {
    const { responses, persons, items } = answers('1pl')
    return [{ responses, persons, items, common: answersFit('1pl'), random: stream() }]
  },
}
