/** How bad might the worst query be at ten, a hundred, a thousand times the queries tested? A forecast, not a guarantee. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  measuresOf,
  type RunRecord,
} from '../../domain/index.ts'
import { forecastFigures, forecastTable } from './tail-forecast/displays.ts'
import { type ForecastTail, forecastTail } from './tail-forecast/forecast-tail.ts'
import { badMeasures, holdsRates, itemRates } from './tail-forecast/item-rates.ts'
import { problemsOf, statementsOf } from './tail-forecast/statements.ts'

export const tailForecastAnalysis = defineAnalysis({
  name: 'tail-forecast',
  title: 'How bad might the worst query be in deployment?',
  question: 'prediction',
  version: 2,
  summary:
    'Forecasts the worst query at 10, 100 and 1000 times the queries tested from the tail of their rates, with a backtest.',
  parameters: z.object({
    scorers: z
      .union([z.array(z.string().min(1)), z.string().min(1)])
      .optional()
      .describe(
        'scorers whose 1 is bad behaviour, joined by |; without it, those named after attacks, harm or jailbreaks',
      ),
    level: z.number().gt(0).lt(1).default(0.95).describe('level of every forecast interval, under its model'),
    repeats: z.number().int().min(2).default(10).describe('repeats from which the mean of an item counts as its rate'),
    tailSize: z.number().int().min(2).default(10).describe('largest rates that the tail is fitted to'),
    factors: z
      .array(z.number().gt(1).max(1000))
      .min(1)
      .default([10, 100, 1000])
      .describe('multiples of the tested queries that are forecast'),
    splits: z.number().int().min(20).default(200).describe('random splits of the backtest'),
    items: z.number().int().min(1).default(50_000).describe('items up to which a forecast is made in a report'),
    sentences: z
      .number()
      .int()
      .min(1)
      .default(6)
      .describe('models and measures described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table'),
  }),
  assumptions: [
    'queries-like-those-tested',
    'tail-exponential-in-log-log-rate',
    'rates-known-well',
    'number-of-tries-fixed-in-advance',
  ],
  references: [
    'Jones et al. 2025, Forecasting rare language model behaviors, arXiv 2502.16797',
    'Pickands 1975, Annals of Statistics 3 (excesses over a threshold)',
  ],
  analyze({ observations, runs, parameters, random }): AnalysisResult {
    const scorers = typeof parameters.scorers === 'string' ? parameters.scorers.split('|') : parameters.scorers
    const unknown = scorers?.find((name) => !observations.scorer.values.includes(name))
    if (unknown !== undefined) {
      const known = observations.scorer.values.map((name) => `“${name}”`).join(', ')
      return cannotSay({ code: 'scorer-not-found', values: { name: unknown, known } })
    }
    const measures = badMeasures(measuresOf(observations), scorers)
    if (measures.length === 0)
      return cannotSay({ code: 'needs-bad-behaviour', values: { scorers: observations.scorer.values.length } })
    if (stoppedAtSuccess(runs)) return cannotSay({ code: 'forecast-needs-fixed-tries', values: {} })
    const rates = measures
      .flatMap((measure) => measure.models.map((model) => itemRates(observations, { measure, model })))
      .filter((each) => holdsRates(each, parameters.repeats))
    const certain = rates.filter(({ rates: values }) => values.includes(1))
    const found = rates
      .filter(({ rates: values }) => values.length <= parameters.items && !values.includes(1))
      .map((each) => forecastTail(each, { ...parameters, random: random.split(each.measure.key).split(each.model) }))
    const done = found.filter(({ horizons }) => horizons.some(({ forecast }) => forecast.kind === 'tail-forecast'))
    const alreadyCertain = certain.slice(0, parameters.sentences).map(({ measure, model }) => ({
      code: 'worst-query-already-certain',
      values: { measure: measure.key, model },
    }))
    const [first, ...others] = alreadyCertain
    if (done.length === 0 && found.length === 0 && first !== undefined) return cannotSay(first, ...others)
    if (done.length === 0) {
      const values = {
        repeats: parameters.repeats,
        needed: 11 * parameters.tailSize,
        items: Math.max(0, ...found.map(({ rates: values }) => values.length)),
        positive: Math.max(0, ...found.map(({ positive }) => positive)),
      }
      return cannotSay({ code: rates.length === 0 ? 'needs-rates-per-item' : 'needs-longer-tail', values })
    }
    return {
      status: done.length < found.length || found.length < rates.length ? 'partly' : 'answered',
      statements: [...statementsOf(done, parameters), ...alreadyCertain],
      evidence: done.flatMap(forecastEvidence),
      problems: problemsOf(done),
      figures: forecastFigures(done),
      tables: [forecastTable(done, parameters.rows)],
    }
  },
})

/** Tries that went on until one succeeded make rates that lean high, the more the rarer the success. */
function stoppedAtSuccess(runs: readonly RunRecord[]): boolean {
  return runs.some(({ caveats }) => caveats.some(({ code }) => code === 'tries-stopped-at-success'))
}

function forecastEvidence({ measure, model, rates, horizons }: ForecastTail): readonly Evidence[] {
  return horizons.map(({ factor, queries, forecast }): Evidence => {
    const outcome = forecast.kind === 'not-estimable' ? forecast : forecast.likelihood
    return {
      key: `${measure.task}/${measure.scorer}/${model}/worst-of-${factor}-times`,
      label: `${model}: exceeded by one query in ${queries}`,
      subject: { measure: measure.key, model },
      estimand: `probability of a ${measure.scorer} score of 1 for ${model} that one query in ${queries} exceeds, of queries like the ${rates.length} of ${measure.task}, forecast from the tail of these`,
      format: 'rate',
      outcome,
      evidenceClass: outcome.kind === 'estimate' ? 'forecast' : 'descriptive',
    }
  })
}
