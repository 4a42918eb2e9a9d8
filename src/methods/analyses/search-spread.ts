/** How far apart the two settings are that an adaptive search found, on items that it did not use. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  differenceFormat,
  type Evidence,
  formatInterval,
  formatLevel,
  formatNumber,
  measuresOf,
  type Statement,
  type Table,
} from '../../domain/index.ts'
import { type SearchedSpread, searchedSpread } from './search-spread/searched-spread.ts'

export const searchSpread = defineAnalysis({
  name: 'search-spread',
  title: 'How far apart are the ends of the search?',
  question: 'robustness',
  version: 3,
  summary:
    'Compares the best and the worst setting that a search found on items it did not use: a lower bound on the spread of all settings searched.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of intervals'),
  }),
  assumptions: ['items-drawn-independently'],
  references: ['Sclar et al. 2023, Quantifying language models’ sensitivity to prompt formatting, arXiv 2310.11324'],
  analyze({ observations, runs, parameters, random }): AnalysisResult {
    const records = runs.flatMap(({ study }) => (study?.study.search === undefined ? [] : [study]))
    if (records.length === 0) return cannotSay({ code: 'no-search-in-logs', values: {} })
    const measures = measuresOf(observations)
    const found = records.flatMap((record) =>
      (record.searches ?? []).flatMap((search) => {
        const spread = searchedSpread({ observations, measures, record, search, level: parameters.level, random })
        return spread === undefined ? [] : [spread]
      }),
    )
    const models = records.reduce((sum, { study }) => sum + study.models.length, 0)
    const unfinished = models - found.length
    return {
      status: unfinished > 0 ? (found.length === 0 ? 'cannot-say' : 'partly') : 'answered',
      statements: [
        ...found.flatMap((spread) => statementsOf(spread, parameters.level)),
        ...(unfinished > 0 ? [{ code: 'search-not-compared', values: { models: unfinished } }] : []),
        ...(found.length > 0 ? [{ code: 'search-is-lower-bound', values: {} }] : []),
      ],
      evidence: found.flatMap(evidenceOf),
      problems: [],
      figures: [],
      tables: found.length === 0 ? [] : [endsTable(found)],
    }
  },
})

function statementsOf(spread: SearchedSpread, level: number): readonly Statement[] {
  const { measure, model, settings, shared, difference, seen } = spread
  const format = differenceFormat(measure.scale)
  const values = { measure: measure.key, model, settings, items: shared.items.length, level: formatLevel(level) }
  if (difference.kind === 'not-estimable') return [{ code: 'search-spread-unknown', values }]
  const numbers = {
    ...values,
    difference: formatNumber(difference.value, format),
    interval: formatInterval(difference, format) ?? '',
  }
  const shown = difference.interval.lower > 0
  return [
    shown
      ? {
          code: 'search-spread-shown',
          values: { ...numbers, least: formatNumber(difference.interval.lower, format) },
        }
      : { code: 'search-spread-open', values: numbers },
    ...(seen === undefined
      ? []
      : [{ code: 'search-spread-seen', values: { model, seen: formatNumber(seen, format) } }]),
  ]
}

function evidenceOf({ measure, model, settings, labels, difference }: SearchedSpread): readonly Evidence[] {
  return [
    {
      key: `${measure.task}/${measure.scorer}/${model}/search-spread`,
      label: `${model}: best minus worst setting found`,
      subject: { measure: measure.key, model, highest: labels.highest, lowest: labels.lowest },
      estimand: `mean ${measure.scorer} score of ${model} on ${measure.task} under the setting a search of ${settings} found highest minus under the one it found lowest, over the population that the reported items were drawn from; the spread of all ${settings} settings is at least this`,
      format: differenceFormat(measure.scale),
      outcome: difference,
      evidenceClass: difference.kind === 'estimate' ? 'lower-bound-only' : 'descriptive',
    },
  ]
}

function endsTable(found: readonly SearchedSpread[]): Table {
  return {
    title: 'Ends that the search found',
    columns: [
      { key: 'measure', label: 'Measure' },
      { key: 'model', label: 'Model' },
      { key: 'end', label: 'End' },
      { key: 'setting', label: 'Setting' },
      { key: 'mean', label: 'Mean on reported items', format: 'score' },
      { key: 'items', label: 'Shared items', format: 'count' },
      { key: 'seen', label: 'Seen while searching (no estimate)', format: 'score' },
      { key: 'asked', label: 'Asked while searching', format: 'count' },
      { key: 'bits', label: 'Selection bits', format: 'number' },
    ],
    rows: found.flatMap(({ measure, model, settings, shared, labels, search }) =>
      (['highest', 'lowest'] as const).map((end) => {
        const { asked, trials, successes } = search.counts[end]
        return {
          measure: measure.key,
          model,
          end,
          setting: labels[end] || 'as given',
          mean: mean(end === 'highest' ? shared.first : shared.second),
          items: shared.items.length,
          seen: trials === 0 ? null : successes / trials,
          asked,
          bits: Math.log2(settings),
        }
      }),
    ),
    omittedRows: 0,
  }
}

function mean(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
