/** Which rates a fixed number of yes/no responses excludes: exact one-sided bounds, thresholds, and what a prior would say. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  formatLevel,
  leadingMeasures,
  testedFamily,
} from '../../domain/index.ts'
import { boundsTable, rareTable, thresholdTable } from './rate-bounds/displays.ts'
import { type ExposureRate, exposureRate } from './rate-bounds/exposure-rate.ts'
import { type RateBounds, rateBoundsOf } from './rate-bounds/rate-bounds-of.ts'
import { exposureEvidence, rateEvidence, thresholdKey } from './rate-bounds/rate-evidence.ts'

export const rateBounds = defineAnalysis({
  name: 'rate-bounds',
  title: 'Which rates are excluded?',
  question: 'guarantee',
  version: 2,
  summary:
    'One-sided bounds on the rate of a yes/no score, exact where responses are independent and by cluster where not.',
  parameters: z.object({
    level: z.number().gt(0.5).lt(1).default(0.95).describe('confidence of each one-sided bound, each on its own'),
    thresholds: z
      .array(z.number().gt(0).lt(1))
      .default([])
      .describe('rates of a score of 1 that are to be exceeded, fixed before looking; exact p-values'),
    judgeFound: z.number().int().min(0).optional().describe('known events that the judge flagged, of judgeKnown'),
    judgeKnown: z.number().int().min(1).optional().describe('known events that the judge was shown'),
    below: z
      .array(z.number().gt(0).lt(1))
      .default([0.01, 0.001, 0.0001])
      .describe('rates of a rare score for which stated priors say how probable it is that it is below'),
    rareShare: z.number().gt(0).max(0.5).default(0.05).describe('largest share of responses that counts as rare'),
    uses: z
      .number()
      .int()
      .min(1)
      .default(1000)
      .describe('independent uses for the promise that none shows a rare score'),
    exposure: z
      .string()
      .min(1)
      .optional()
      .describe(
        'attribute of items that says how long each goes on: turns, hours, tokens; bounds events per unit of it',
      ),
    sentences: z.number().int().min(1).default(6).describe('models described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table; all are in the evidence'),
  }),
  assumptions: ['items-drawn-independently', 'trials-fixed-in-advance'],
  references: [
    'Clopper and Pearson 1934, Biometrika 26',
    'Waudby-Smith and Ramdas 2024, Journal of the Royal Statistical Society B 86 (bound on a mean of clusters)',
    'Korn and Graubard 1998, Survey Methodology 24 (effective sample size)',
    'Garwood 1936, Biometrika 28 (events per exposure)',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const { level, rows, sentences, judgeFound, judgeKnown, exposure, uses } = parameters
    const measures = leadingMeasures(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const binary = measures.filter(({ scale }) => scale === 'binary')
    const exposed =
      exposure === undefined
        ? []
        : measures.flatMap((measure) =>
            measure.models.flatMap((model) =>
              exposureRate(observations, { measure, model, attribute: exposure, level }),
            ),
          )
    if (binary.length + exposed.length === 0)
      return cannotSay({ code: 'needs-yes-no-scores', values: { measures: measures.length } })
    const judge =
      judgeFound === undefined || judgeKnown === undefined ? undefined : { successes: judgeFound, trials: judgeKnown }
    const bounds = binary.flatMap((measure) =>
      measure.models.flatMap((model) =>
        rateBoundsOf(observations, {
          ...parameters,
          judge,
          measure,
          model,
          random: random.split(measure.key).split(model.model),
        }),
      ),
    )
    if (bounds.length + exposed.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    return {
      status: binary.length < measures.length ? 'partly' : 'answered',
      statements: [
        ...(bounds.length <= sentences
          ? bounds.map((each) => statementOf(each, level))
          : [{ code: 'rate-bounds-in-table', values: { bounds: bounds.length, level: formatLevel(level) } }]),
        ...exposed.slice(0, sentences).map((each) => exposureStatement(each, level)),
      ],
      evidence: [...bounds.flatMap((each) => rateEvidence(each, uses)), ...exposed.flatMap(exposureEvidence)],
      problems: [],
      figures: [],
      tables: [
        boundsTable(bounds, { level, rows }),
        rareTable(bounds, parameters),
        thresholdTable(bounds, rows),
      ].filter((table) => table.rows.length > 0),
      ledgers: testedFamily({
        family: 'rates above thresholds',
        alpha: 1 - level,
        procedure: 'confirm',
        hypotheses: bounds.flatMap((each) =>
          each.kind === 'independent'
            ? each.tests.map(({ threshold, outcome }) => ({ key: thresholdKey(each, threshold), test: outcome }))
            : [],
        ),
      }).ledgers,
    }
  },
})

function statementOf(bounds: RateBounds, level: number) {
  const { measure, model, units, clustered } = bounds
  const shared = { model, measure: measure.key, units, level: formatLevel(level) }
  if (bounds.kind === 'independent')
    return { code: 'rate-bounds-exact', values: { ...shared, lower: bounds.lower, upper: bounds.upper } }
  const { event, anyEvent, meanRate } = bounds
  return {
    code: clustered ? 'rate-bounds-clusters' : 'rate-bounds-repeats',
    values: { ...shared, event, anyEvent: upperOf(anyEvent), meanRate: upperOf(meanRate) },
  }
}

function exposureStatement(
  { measure, model, attribute, events, exposure, atLeast, atMost }: ExposureRate,
  level: number,
) {
  const names = { model, measure: measure.key, attribute }
  if (atMost.kind === 'not-estimable' || atLeast.kind === 'not-estimable')
    return { code: 'no-rate-per-exposure', values: names }
  return {
    code: 'rate-per-exposure',
    values: {
      ...names,
      events,
      exposure,
      lower: atLeast.interval.lower,
      upper: atMost.interval.upper,
      level: formatLevel(level),
    },
  }
}

/** Without a bound nothing is excluded. */
function upperOf(outcome: { readonly kind: string; readonly interval?: { readonly upper: number } }): number {
  return outcome.interval?.upper ?? 1
}
