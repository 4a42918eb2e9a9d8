/** The two ends of one search, compared on the reported items. */
import {
  comparePaired,
  lenientName,
  type Measure,
  type Observations,
  type PairedScores,
  pairScores,
  type SearchEndRecord,
  type StudyRecord,
  variantLabel,
  variantTable,
} from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import type { Outcome } from '../../../stats/index.ts'

export interface SearchedSpread {
  readonly measure: Measure
  readonly model: string
  /** Settings in the pool. */
  readonly settings: number
  readonly search: SearchEndRecord
  readonly labels: { readonly highest: string; readonly lowest: string }
  readonly shared: PairedScores
  /** Highest minus lowest, paired. */
  readonly difference: Outcome
  /** The same as it looked on the items the ends were chosen by, in units of the score; too large. */
  readonly seen: number | undefined
}

export interface SearchedSpreadOptions {
  readonly observations: Observations
  readonly measures: readonly Measure[]
  readonly record: StudyRecord
  readonly search: SearchEndRecord
  readonly level: number
  readonly random: Random
}

/** Undefined where one of the ends has no rows yet. */
export function searchedSpread(options: SearchedSpreadOptions): SearchedSpread | undefined {
  const { observations, measures, record, search, level, random } = options
  const { study } = record
  const { scorer = '', reading = 'strict' } = study.search ?? {}
  const name = reading === 'strict' ? scorer : lenientName(scorer)
  const measure = measures.find((each) => each.task === study.title && each.scorer === name)
  const rows = measure?.models.find(({ model }) => model === search.model)?.rows
  if (measure === undefined || rows === undefined) return undefined
  const table = variantTable(observations, rows)
  const labels = {
    highest: variantLabel(study.settings[search.ends.highest] ?? {}),
    lowest: variantLabel(study.settings[search.ends.lowest] ?? {}),
  }
  const highest = table.models.find(({ model }) => model === labels.highest)
  const lowest = table.models.find(({ model }) => model === labels.lowest)
  if (highest === undefined || lowest === undefined) return undefined
  const shared = pairScores(table, highest, lowest)
  const stream = random.split(measure.key).split(search.model)
  return {
    measure,
    model: search.model,
    settings: study.settings.length,
    search,
    labels,
    shared,
    difference: comparePaired(shared, { scale: measure.scale, level, random: stream }).difference,
    seen: seenDifference(search, study.scorers.find(({ label }) => label === scorer)?.range),
  }
}

function seenDifference(
  { counts: { highest, lowest } }: SearchEndRecord,
  range: { readonly lower: number; readonly upper: number } | undefined,
): number | undefined {
  if (range === undefined || highest.trials === 0 || lowest.trials === 0) return undefined
  return (highest.successes / highest.trials - lowest.successes / lowest.trials) * (range.upper - range.lower)
}
