/** What would a rerun show? */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  type Figure,
  formatInterval,
  formatLevel,
  formatNumber,
  leadingMeasures,
  type Statement,
  scoreFormat,
  type Table,
} from '../../domain/index.ts'
import { type DecidedPair, decidedPairs } from './rerun-prediction/decided-pairs.ts'
import { type ModelRerun, modelRerun } from './rerun-prediction/model-reruns.ts'

export const rerunPrediction = defineAnalysis({
  name: 'rerun-prediction',
  title: 'What would a rerun show?',
  question: 'prediction',
  version: 3,
  summary: 'Predicts the mean of a rerun on the same and on new items, and whether decided comparisons would hold.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('probability that the prediction interval holds the rerun'),
    sentences: z
      .number()
      .int()
      .min(1)
      .default(6)
      .describe('models, measures and pairs described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure'),
  }),
  assumptions: ['nothing-changed-between-runs', 'rerun-of-the-same-size', 'items-drawn-independently'],
  references: [
    'Goodman 1992, Statistics in Medicine 11 (replication probability)',
    'Killeen 2005, Psychological Science 16',
    'Thatcher 1964, Journal of the Royal Statistical Society B 26 (binomial prediction)',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const { level, sentences, rows } = parameters
    const measures = leadingMeasures(observations)
    const reruns = measures.flatMap((measure) =>
      measure.models.map((model) => modelRerun(observations, { measure, model, level })),
    )
    const known = reruns.filter(
      ({ sameItems, newItems }) => sameItems.kind === 'estimate' || newItems.kind === 'estimate',
    )
    if (known.length === 0) return cannotSay({ code: 'no-rerun-to-predict', values: {} })
    const pairs = measures.flatMap((measure) => decidedPairs(observations, { measure, level, random }))
    const complete = reruns.every(
      ({ sameItems, newItems }) => sameItems.kind === 'estimate' && newItems.kind === 'estimate',
    )
    const left = Math.max(0, known.length - sentences)
    const compared = measures.some(({ models }) => models.length > 1)
    return {
      status: complete ? 'answered' : 'partly',
      statements: [
        ...known.slice(0, sentences).flatMap((rerun) => rerunWords(rerun, level)),
        ...(left > 0 ? [{ code: 'more-reruns-in-table', values: { left } }] : []),
        ...pairs.slice(0, sentences).map(pairWords),
        ...(compared && pairs.length === 0 ? [{ code: 'no-decided-comparison', values: {} }] : []),
        { code: 'rerun-assumes-nothing-changed', values: {} },
      ],
      evidence: [...reruns.flatMap(rerunEvidence), ...pairs.map(pairEvidence)],
      problems: [],
      figures: figuresOf(known, rows),
      tables: [rerunTable(reruns, rows), pairTable(pairs, rows)].filter((table) => table.rows.length > 0),
    }
  },
})

function rerunWords({ measure, model, items, sameItems, newItems }: ModelRerun, level: number): readonly Statement[] {
  const format = scoreFormat(measure.scale)
  const names = { measure: measure.key, model, items, level: formatLevel(level) }
  const [same, fresh] = [formatInterval(sameItems, format), formatInterval(newItems, format)]
  if (fresh !== null && same !== null) return [{ code: 'rerun-both', values: { ...names, same, fresh } }]
  if (fresh !== null) return [{ code: 'rerun-new-items', values: { ...names, fresh } }]
  return same === null ? [] : [{ code: 'rerun-same-items', values: { ...names, same } }]
}

function pairWords({ measure, better, worse, items, direction, significant }: DecidedPair): Statement {
  const agrees = direction.kind === 'estimate' ? direction.value : Number.NaN
  return {
    code: 'direction-agrees',
    values: { measure: measure.key, better, worse, items, agrees, again: significant.predictive },
  }
}

function rerunEvidence({ measure, model, items, sameItems, newItems }: ModelRerun): readonly Evidence[] {
  const share = { subject: { measure: measure.key, model }, format: scoreFormat(measure.scale) }
  const key = `${measure.task}/${measure.scorer}/${model}`
  const mean = `mean ${measure.scorer} score of ${model} on ${measure.task} in a rerun of the same size`
  return [
    {
      ...share,
      key: `${key}/rerun-same-items`,
      label: `${model}: rerun on exactly these items`,
      estimand: `${mean} on exactly these ${items} items`,
      outcome: sameItems,
      evidenceClass: sameItems.kind === 'estimate' ? 'model-based' : 'descriptive',
    },
    {
      ...share,
      key: `${key}/rerun-new-items`,
      label: `${model}: rerun on new items of the same kind`,
      estimand: `${mean} on ${items} new items from the population that these were drawn from`,
      outcome: newItems,
      // The exact interval is as sure as its premise that nothing changes, which no data here can show.
      evidenceClass: newItems.kind === 'estimate' ? 'model-based' : 'descriptive',
    },
  ]
}

function pairEvidence({ measure, better, worse, items, direction }: DecidedPair): Evidence {
  return {
    key: `${measure.task}/${measure.scorer}/${better} over ${worse}/direction-agrees`,
    label: `${better} ahead of ${worse} again`,
    subject: { measure: measure.key, better, worse },
    estimand: `probability that ${better} scores higher than ${worse} on ${measure.task} in a rerun on ${items} new items of the same kind`,
    format: 'rate',
    outcome: direction,
    evidenceClass: 'model-based',
  }
}

function figuresOf(reruns: readonly ModelRerun[], limit: number): readonly Figure[] {
  const groups = Map.groupBy(reruns, ({ measure }) => (measure.scale === 'unbounded' ? measure.key : 'mean score'))
  return Array.from(groups, ([axis, group]): Figure => {
    const rows = group.flatMap(({ measure, model, items, sameItems, newItems }) =>
      [
        { label: `${model}, same items`, outcome: sameItems },
        { label: `${model}, new items`, outcome: newItems },
      ].flatMap(({ label, outcome }) =>
        outcome.kind === 'estimate'
          ? [
              {
                label,
                group: measure.key,
                value: outcome.value,
                lower: outcome.interval.lower,
                upper: outcome.interval.upper,
                n: items,
              },
            ]
          : [],
      ),
    )
    const shown = rows.slice(0, limit)
    const left = rows.length - shown.length
    return {
      kind: 'intervals',
      title: 'Where a rerun would land',
      description:
        `Prediction intervals for the mean of a rerun, on the same items and on new ones, ${shown.length} in all` +
        `${left > 0 ? ` (${left} more are in the table)` : ''}. The difference between the two is what the choice of items adds.`,
      format: scoreFormat(group[0]?.measure.scale ?? 'unbounded'),
      axis,
      rows: shown,
    }
  })
}

function rerunTable(reruns: readonly ModelRerun[], limit: number): Table {
  return {
    title: 'Prediction intervals for a rerun',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'items', label: 'Items', format: 'count' },
      { key: 'mean', label: 'This run', format: 'text' },
      { key: 'same', label: 'Rerun, same items', format: 'text' },
      { key: 'fresh', label: 'Rerun, new items', format: 'text' },
    ],
    rows: reruns.slice(0, limit).map(({ measure, model, items, sameItems, newItems }) => {
      const format = scoreFormat(measure.scale)
      const known = newItems.kind === 'estimate' ? newItems : sameItems
      return {
        measure: measure.key,
        model,
        items,
        mean: known.kind === 'estimate' ? formatNumber(known.value, format) : null,
        same: formatInterval(sameItems, format),
        fresh: formatInterval(newItems, format),
      }
    }),
    omittedRows: Math.max(0, reruns.length - limit),
  }
}

function pairTable(pairs: readonly DecidedPair[], limit: number): Table {
  return {
    title: 'Would decided comparisons hold?',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'better', label: 'Better', format: 'text' },
      { key: 'worse', label: 'Worse', format: 'text' },
      { key: 'p', label: 'p', format: 'p-value' },
      { key: 'agrees', label: 'Rerun points the same way', format: 'rate' },
      { key: 'again', label: 'Rerun significant again', format: 'rate' },
    ],
    rows: pairs.slice(0, limit).map(({ measure, better, worse, test, direction, significant }) => ({
      measure: measure.key,
      better,
      worse,
      p: test.pValue,
      agrees: direction.kind === 'estimate' ? direction.value : null,
      again: significant.predictive,
    })),
    omittedRows: Math.max(0, pairs.length - limit),
  }
}
