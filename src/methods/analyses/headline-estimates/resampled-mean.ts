/** The population mean by resampling what was drawn: clusters, the items in them, and the runs of an item. */
import {
  clustersOf,
  groupRows,
  type Measure,
  type ModelRows,
  type Observations,
  rowsOf,
  withinRange,
} from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import { multilevelBootstrap, type Outcome } from '../../../stats/index.ts'

export interface ResampledMean {
  readonly outcome: Outcome
  readonly seedPath: string
}

export interface ResampledOptions {
  readonly measure: Measure
  readonly model: ModelRows
  readonly level: number
  /** Responses × draws that may be spent. */
  readonly work: number
  readonly random: Random
}

const draws = 400

/**
 * Only for items in clusters that were run several times under one setting: variants of an item are no runs of it. Every item
 * weighs the same, however often it was run. Undefined where there is nothing to resample at all three levels, or too much.
 */
export function resampledMean(
  observations: Observations,
  { measure, model: { rows }, level, work, random }: ResampledOptions,
): ResampledMean | undefined {
  const scored = rows.filter((row) => observations.missing[row] === 0)
  if (draws * scored.length > work) return undefined
  const byItem = groupRows(scored, [observations.item.codes])
  const cells = groupRows(scored, [observations.item.codes, observations.variant.codes, observations.technique.codes])
  const clusters = clustersOf(observations, byItem)
  if (cells.count > byItem.count || scored.length === byItem.count || clusters.count === byItem.count) return undefined
  const runs = byItem.groupOf.map((item) => rowsOf(byItem, item).length)
  const outcome = multilevelBootstrap({
    of: {
      values: Float64Array.from(scored, (row) => observations.score[row] ?? Number.NaN),
      weights: Float64Array.from(runs, (count) => 1 / count),
    },
    levels: [
      { codes: byItem.groupOf.map((item) => clusters.codes[item] ?? 0), units: 'draw' },
      { codes: byItem.groupOf, units: 'draw' },
    ],
    rows: 'draw',
    level,
    draws,
    random,
  })
  return { outcome: withinRange(outcome, measure.scale), seedPath: random.path }
}
