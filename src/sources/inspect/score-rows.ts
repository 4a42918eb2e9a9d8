/** Turns the samples of a log into observation rows: one per sample and scorer, with the reason where a score is missing. */
import type { Levels, MissingReason, ObservationRow } from '../../domain/index.ts'
import { fail } from '../../stats/fail.ts'
import { recordOf, textOf } from '../files/json-access.ts'
import type { InspectHeader } from './header.ts'
import { unqualifiedName } from './headline-metrics.ts'
import { headlineScores } from './headline-scores.ts'
import type { SampleRecord, SampleScore } from './sample-record.ts'
import { numberOfScore } from './score-value.ts'

/** Scorer of the rows of a log that names none: its responses are there, and unscored. */
export const noScorer = 'no scorer'

export interface RowContext {
  readonly run: string
  readonly model: string
  readonly task: string
  readonly source: string
  readonly levels: Levels
  readonly technique: string | undefined
  /** Value of the cluster for a sample. */
  readonly clusterOf: (record: SampleRecord) => string | undefined
  readonly attributesOf: (record: SampleRecord) => Readonly<Record<string, string>>
  readonly scorers: ScorerNames
}

export interface ScorerNamesOptions {
  readonly path: string
  readonly header: InspectHeader
  readonly records: readonly SampleRecord[]
}

/** Far above any genuine log; a log made to multiply samples by names stops here. */
const mostScorers = 2000
const mostRows = 50_000_000

/** Rows by scorer: the scorer's own name → the names of its rows, in order. */
export type ScorerNames = ReadonlyMap<string, readonly string[]>

/**
 * Every scorer that samples, results or declaration name. A scorer that no sample mentions still has rows: that it
 * scored nothing is a finding, not a reason for silence.
 */
export function scorerNames({ path, header, records }: ScorerNamesOptions): ScorerNames {
  const parts = new Map<string, Set<string>>()
  const whole = new Set<string>()
  for (const { scores } of records) {
    for (const score of scores ?? []) {
      let names = parts.get(score.root)
      if (names === undefined) {
        names = new Set()
        parts.set(score.root, names)
      }
      if (score.name !== score.root) names.add(score.name)
      else if (!isUnscored(score)) whole.add(score.root)
    }
  }
  for (const { root, name } of headlineScores(header)) {
    const names = parts.get(root) ?? new Set()
    parts.set(root, names)
    // An element of a list shows up as a part only in samples; results name the whole.
    if (name !== root) names.add(name)
  }
  const declared = header.eval.scorers
  if (parts.size === 0 && Array.isArray(declared)) {
    for (const scorer of declared) {
      const name = textOf(recordOf(scorer)?.name)
      if (name !== undefined) parts.set(unqualifiedName(name), new Set())
    }
  }
  if (parts.size === 0) parts.set(noScorer, new Set())
  const count = [...parts.values()].reduce((sum, names) => sum + Math.max(1, names.size), 0)
  if (count > mostScorers || count * records.length > mostRows)
    fail(
      'inspect-too-many-scores',
      { path, scorers: count, samples: records.length },
      'split the log; a genuine one has a few scorers with a few named values each',
    )
  const entries = [...parts].map(([root, names]): [string, readonly string[]] => [
    root,
    names.size === 0 ? [root] : [...(whole.has(root) ? [root] : []), ...[...names].sort()],
  ])
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Rows of one sample. */
export function* rowsOfSample(record: SampleRecord, context: RowContext): Generator<ObservationRow> {
  const base = {
    run: context.run,
    model: context.model,
    task: context.task,
    item: record.item,
    cluster: context.clusterOf(record),
    levels: context.levels,
    technique: context.technique,
    replicate: record.epoch,
    inputTokens: record.inputTokens,
    outputTokens: record.outputTokens,
    cost: record.cost,
    latencyMs: record.latencyMs,
    source: context.source,
    sourceRow: record.row,
    attributes: context.attributesOf(record),
  }
  for (const [root, names] of context.scorers) {
    for (const scorer of names) {
      const found = record.scores?.find((score) => score.name === scorer)
      // A scorer that returns named parts gives NaN as a whole where it could not score at all.
      const score = found ?? record.scores?.find((candidate) => candidate.name === root && isUnscored(candidate))
      // Of a scorer with both forms, a sample has a row for the form it came in.
      if (score === undefined && names.length > 1 && record.scores?.some((other) => other.root === root) === true) {
        const isWhole = scorer === root
        const cameWhole = record.scores.some((other) => other.name === root)
        if (isWhole || cameWhole) continue
      }
      yield { ...base, scorer, answer: score?.answer, score: scoreOf(record, score) }
    }
  }
}

/** A number, or the reason there is none. What ended the sample explains a score that is absent without a reason. */
export function scoreOf(record: SampleRecord, score: SampleScore | undefined): number | MissingReason {
  if (record.invalidated) return 'not-scored'
  const value = score === undefined ? 'not-scored' : numberOfScore(score.raw, score.reason)
  if (value !== 'not-scored') return value
  if (record.error) return 'provider-error'
  if (record.refused) return 'refusal'
  return record.limit ? 'limit' : 'not-scored'
}

export function isUnscored({ raw }: SampleScore): boolean {
  return raw === null || (typeof raw === 'number' && Number.isNaN(raw))
}
