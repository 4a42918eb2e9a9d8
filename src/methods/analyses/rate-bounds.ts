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
import { boundsTable, thresholdTable } from './rate-bounds/displays.ts'
import { type RateBounds, rateBoundsOf } from './rate-bounds/rate-bounds-of.ts'
import { rateEvidence, thresholdKey } from './rate-bounds/rate-evidence.ts'

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
    sentences: z.number().int().min(1).default(6).describe('models described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table; all are in the evidence'),
  }),
  assumptions: ['items-drawn-independently', 'trials-fixed-in-advance'],
  references: [
    'Clopper and Pearson 1934, Biometrika 26',
    'Waudby-Smith and Ramdas 2024, Journal of the Royal Statistical Society B 86 (bound on a mean of clusters)',
    'Korn and Graubard 1998, Survey Methodology 24 (effective sample size)',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const { level, rows, sentences, judgeFound, judgeKnown } = parameters
    const measures = leadingMeasures(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const binary = measures.filter(({ scale }) => scale === 'binary')
    if (binary.length === 0) return cannotSay({ code: 'needs-yes-no-scores', values: { measures: measures.length } })
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
    if (bounds.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    return {
      status: binary.length < measures.length ? 'partly' : 'answered',
      statements:
        bounds.length <= sentences
          ? bounds.map((each) => statementOf(each, level))
          : [{ code: 'rate-bounds-in-table', values: { bounds: bounds.length, level: formatLevel(level) } }],
      evidence: bounds.flatMap(rateEvidence),
      problems: [],
      figures: [],
      tables: [boundsTable(bounds, { level, rows }), thresholdTable(bounds, rows)].filter(
        (table) => table.rows.length > 0,
      ),
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

/** Without a bound nothing is excluded. */
function upperOf(outcome: { readonly kind: string; readonly interval?: { readonly upper: number } }): number {
  return outcome.interval?.upper ?? 1
}
