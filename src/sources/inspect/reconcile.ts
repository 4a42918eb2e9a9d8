/**
 * Recomputes every headline figure of a log from its samples and says whether it matches.
 *
 * Follows Inspect: unscored values leave, repeats of an item are reduced, metrics run over the reduced items. Where
 * versions of Inspect read a value differently, each reading is tried, and a match under any of them is a match.
 */
import type { Reconciliation } from '../../domain/index.ts'
import type { Caveat } from '../../stats/result.ts'
import { numberOf } from '../files/json-access.ts'
import type { InspectHeader } from './header.ts'
import { type Recomputed, type ReducedScores, recomputeMetric } from './headline-metrics.ts'
import { type HeadlineScore, headlineScores, type ReportedMetric } from './headline-scores.ts'
import type { SampleRecord, SampleScore } from './sample-record.ts'
import { type Reducer, reducerNamed, type ValueRule } from './score-reducers.ts'
import { nested, type RawScore } from './score-value.ts'

export interface ReconcileInput {
  readonly header: InspectHeader
  readonly records: readonly SampleRecord[]
  /** Keys whose values `SampleRecord.tracked` holds, in its order. */
  readonly trackedKeys: readonly string[]
  /** Why figures may rightly differ from these samples; undefined where nothing is known to be amiss. */
  readonly excuse: Caveat | undefined
  /** Fewer samples than the header promises. */
  readonly incomplete: boolean
}

/** Relative to the larger of 1 and the figures themselves: sums in another order differ by far less. */
const tolerance = 1e-9
/** Figures times samples. A header made to keep the reader busy is left unchecked, and that is said. */
const mostWork = 2e9

export function reconcile(input: ReconcileInput): readonly Reconciliation[] {
  const items = itemsOf(input.records)
  const scores = headlineScores(input.header)
  const work = scores.reduce((sum, { metrics }) => sum + 1 + metrics.length, 0) * input.records.length
  const tooMuch = work > mostWork
  return scores.flatMap((score) => reconcileScore({ ...input, score, items, tooMuch }))
}

interface ScoreInput extends ReconcileInput {
  readonly score: HeadlineScore
  readonly items: readonly (readonly SampleRecord[])[]
  readonly tooMuch: boolean
}

function reconcileScore(input: ScoreInput): readonly Reconciliation[] {
  const { score, header, items } = input
  const prefix = `${String(header.eval.task)} / ${score.name} / `
  const named = score.reducer === undefined ? '' : `${score.reducer}-reduced `
  const label = ({ label: metric }: ReportedMetric): string => `${prefix}${named}${metric}`
  const fail = (code: string, values: Caveat['values']): readonly Reconciliation[] =>
    score.metrics.map((metric) => ({
      metric: label(metric),
      reported: numberOf(metric.reported),
      recomputed: undefined,
      verdict: 'cannot',
      because: because(code, values),
    }))
  if (input.records.length === 0) return fail('rows-absent', {})
  if (input.tooMuch) return fail('figures-too-many', {})
  const reducer = reducerNamed(score.reducer ?? 'mean')
  if (reducer === undefined) return fail('reducer-unknown', { reducer: score.reducer ?? '' })
  const configured = (header.eval.config as Readonly<Record<string, unknown>> | undefined)?.epochs_reducer
  const unreduced = score.reducer === undefined && Array.isArray(configured) && configured.length === 0
  const cells = unreduced ? items.flatMap((item) => item.map((record) => [record])) : items
  let best: readonly Reconciliation[] = []
  for (const reading of readingsOf(input)) {
    const scores = reducedScores({ ...input, cells, reducer, reading })
    const verdicts = score.metrics.map((metric) => ({
      metric: label(metric),
      ...judge({ metric, recomputed: recomputeMetric(metric.metric, scores), input }),
    }))
    if (matches(verdicts) > matches(best) || best.length === 0) best = verdicts
  }
  return best
}

interface Judged {
  readonly metric: ReportedMetric
  readonly recomputed: Recomputed
  readonly input: ScoreInput
}

function judge({ metric, recomputed, input }: Judged): Omit<Reconciliation, 'metric'> {
  const reported = numberOf(metric.reported)
  if (recomputed.kind === 'cannot')
    return { reported, recomputed: undefined, verdict: 'cannot', because: because(recomputed.code, recomputed.values) }
  if (reported === undefined || !Number.isFinite(recomputed.value)) {
    const because_ = because('headline-not-finite', { reported: String(metric.reported) })
    return { reported, recomputed: numberOf(recomputed.value), verdict: 'cannot', because: because_ }
  }
  const difference = Math.abs(reported - recomputed.value)
  if (difference <= tolerance * Math.max(1, Math.abs(reported), Math.abs(recomputed.value)))
    return { reported, recomputed: recomputed.value, verdict: 'match' }
  return {
    reported,
    recomputed: recomputed.value,
    // A figure over samples that are not in the file can be neither confirmed nor refuted by those that are.
    verdict: input.incomplete ? 'cannot' : 'differs',
    because: input.excuse ?? because('difference-unexplained', { difference }),
  }
}

interface Reading extends ValueRule {
  /** Scores that a sample got although it ended in an error. */
  readonly errored: 'counted' | 'left-out'
}

/** All readings of the values at hand that some version of Inspect had; the current one first. */
function readingsOf({ records, score }: ScoreInput): readonly Reading[] {
  let nullParts = false
  let signedTexts = false
  let erroredScores = false
  for (const record of records) {
    for (const { root, name, raw } of record.scores ?? []) {
      if (root !== score.root) continue
      if (raw === null && name !== root) nullParts = true
      if (typeof raw === 'string' && /^\s*[-+\d.]/.test(raw)) signedTexts = true
      if (record.error) erroredScores = true
    }
  }
  const texts = signedTexts ? (['any-number', 'digits-only'] as const) : (['any-number'] as const)
  const nulls = nullParts ? (['zero', 'unscored'] as const) : (['zero'] as const)
  const errors = erroredScores ? (['counted', 'left-out'] as const) : (['counted'] as const)
  return texts.flatMap((text) => nulls.flatMap((nullPart) => errors.map((errored) => ({ text, nullPart, errored }))))
}

interface Reduction extends ScoreInput {
  readonly cells: readonly (readonly SampleRecord[])[]
  readonly reducer: Reducer
  readonly reading: Reading
}

/** One value per item that has a score. */
function reducedScores({ cells, reducer, reading, score, trackedKeys }: Reduction): ReducedScores {
  const values: number[] = []
  const firsts: SampleRecord[] = []
  for (const cell of cells) {
    const raws: RawScore[] = []
    for (const record of cell) {
      if (record.error && reading.errored === 'left-out') continue
      const raw = rawOf(record.scores ?? [], score)
      if (raw !== undefined) raws.push(raw)
    }
    const value = raws.length === 0 ? Number.NaN : reducer(raws, reading)
    const first = cell[0]
    if (Number.isNaN(value) || first === undefined) continue
    values.push(value)
    firsts.push(first)
  }
  return {
    values: Float64Array.from(values),
    metadata: (item, key) => firsts[item]?.tracked[trackedKeys.indexOf(key)],
  }
}

/** The value a figure summarises: the named part, or the whole, which for a composite is no scalar. */
function rawOf(scores: readonly SampleScore[], { name, root }: HeadlineScore): RawScore | undefined {
  let composite = false
  for (const score of scores) {
    // A null in place of the whole value stood for NaN in logs that could not write it.
    if (score.name === name) return score.raw === null && name === root ? Number.NaN : score.raw
    if (score.root === root && score.name !== root) composite = true
    else if (score.root === root && name !== root) return Number.NaN
  }
  return composite && name === root ? nested : undefined
}

/** Samples by item, in the order of item ids and epochs: whatever the log's order, sums add up the same. */
function itemsOf(records: readonly SampleRecord[]): readonly (readonly SampleRecord[])[] {
  const sorted = records.toSorted((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : a.epoch - b.epoch))
  const items: SampleRecord[][] = []
  let current: SampleRecord[] = []
  for (const record of sorted) {
    if (current[0]?.item !== record.item) {
      current = []
      items.push(current)
    }
    current.push(record)
  }
  return items
}

function matches(verdicts: readonly { readonly verdict: Reconciliation['verdict'] }[]): number {
  return verdicts.filter(({ verdict }) => verdict === 'match').length
}

function because(code: string, values: Caveat['values']): Caveat {
  return { code, severity: 'note', values }
}
