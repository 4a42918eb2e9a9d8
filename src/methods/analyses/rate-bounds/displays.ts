/** The tables of `rate-bounds`. */
import { formatLevel, formatNumber, type Table } from '../../../domain/index.ts'
import { sigmaEquivalent } from '../../../stats/index.ts'
import type { RateBounds } from './rate-bounds-of.ts'

export function boundsTable(
  bounds: readonly RateBounds[],
  { level, rows }: { readonly level: number; readonly rows: number },
): Table {
  return {
    title: `Rates that are excluded at ${formatLevel(level)}, each bound on its own`,
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'unit', label: 'Independent in', format: 'text' },
      { key: 'units', label: 'Units', format: 'count' },
      { key: 'event', label: 'Rate of a score of', format: 'count' },
      { key: 'lower', label: 'At least', format: 'rate' },
      { key: 'upper', label: 'At most', format: 'rate' },
      { key: 'anyEvent', label: 'Units with any, at most', format: 'rate' },
    ],
    rows: bounds.slice(0, rows).map((each) => ({
      measure: each.measure.key,
      model: each.model,
      unit: each.kind === 'independent' ? 'responses' : each.clustered ? 'clusters' : 'items',
      units: each.units,
      ...(each.kind === 'independent'
        ? { event: 1, lower: each.lower, upper: each.upper, anyEvent: null }
        : {
            event: each.event,
            lower: null,
            upper: each.meanRate.kind === 'estimate' ? each.meanRate.interval.upper : null,
            anyEvent: each.anyEvent.kind === 'estimate' ? each.anyEvent.interval.upper : null,
          }),
    })),
    omittedRows: Math.max(0, bounds.length - rows),
  }
}

export function thresholdTable(bounds: readonly RateBounds[], limit: number): Table {
  const rows = bounds.flatMap((each) =>
    each.kind === 'independent'
      ? each.tests.flatMap(({ threshold, outcome }) =>
          outcome.kind === 'test'
            ? [
                {
                  measure: each.measure.key,
                  model: each.model,
                  threshold,
                  successes: each.successes,
                  units: each.units,
                  pValue: outcome.pValue,
                  sigma: outcome.pValue > 0 && outcome.pValue < 1 ? sigmaEquivalent(outcome.pValue) : null,
                },
              ]
            : [],
        )
      : [],
  )
  return {
    title: 'Is the rate of a score of 1 above the threshold?',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'threshold', label: 'Threshold', format: 'rate' },
      { key: 'successes', label: 'Scores of 1', format: 'count' },
      { key: 'units', label: 'Items', format: 'count' },
      { key: 'pValue', label: 'Exact p', format: 'p-value' },
      { key: 'sigma', label: 'One-sided sigma', format: 'number' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}

/** One row for the exact bound and one per prior, so that nobody takes a belief for a bound. */
export function rareTable(
  bounds: readonly RateBounds[],
  { below, uses, rows: limit }: { readonly below: readonly number[]; readonly uses: number; readonly rows: number },
): Table {
  const rows = bounds.flatMap((each) => {
    if (each.kind !== 'independent' || each.rare === undefined) return []
    const { measure, model, event, rare } = each
    const names = { measure: measure.key, model, event }
    // A bound is no belief: its cells stay empty.
    const thresholds = (values: readonly number[]) =>
      Object.fromEntries(below.map((_, at) => [`below${at}`, values[at] ?? '']))
    return [
      {
        ...names,
        prior: 'none: exact bound',
        atMost: event === 1 ? each.upper : 1 - each.lower,
        ...thresholds([]),
        noEvent: rare.noEvent.kind === 'estimate' ? rare.noEvent.interval.lower : null,
      },
      ...rare.beliefs.map(({ prior, a, b, belowThresholds, noEvent, atMost }) => ({
        ...names,
        prior: `${prior}: Beta(${a}, ${b})`,
        atMost,
        ...thresholds(belowThresholds),
        noEvent: noEvent.value,
      })),
    ]
  })
  return {
    title: `Rare scores: the bound, and what stated priors would make of the same counts`,
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'event', label: 'Score', format: 'count' },
      { key: 'prior', label: 'Prior', format: 'text' },
      { key: 'atMost', label: 'Rate at most', format: 'rate' },
      ...below.map((rate, at) => ({
        key: `below${at}`,
        label: `Believed below ${formatNumber(rate, 'rate')}`,
        format: 'rate' as const,
      })),
      { key: 'noEvent', label: `None in ${formatNumber(uses, 'count')} uses`, format: 'rate' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}
