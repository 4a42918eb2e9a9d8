/** One sample of a log, reduced to what rows need. Summaries and full samples are read alike, and give the same. */
import { fail } from '../../stats/fail.ts'
import { type JsonRecord, numberOf, recordOf, textOf } from '../files/json-access.ts'
import { nested, type RawScore } from './score-value.ts'

export interface SampleScore {
  /** `match`; `rubric/tone` for a named part of a scorer's value; `pair/1` for an element of a list. */
  readonly name: string
  /** The scorer's own name. */
  readonly root: string
  readonly raw: RawScore
  readonly answer: string | undefined
  readonly reason: string | undefined
}

export interface SampleRecord {
  readonly item: string
  readonly epoch: number
  /** Place in the log, from 1. */
  readonly row: number
  /** Undefined where the record does not say; empty where it says there are none. */
  readonly scores: readonly SampleScore[] | undefined
  readonly error: boolean
  readonly limit: boolean
  readonly refused: boolean
  readonly invalidated: boolean
  readonly edited: boolean
  readonly retries: number
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
  readonly cost: number | undefined
  readonly latencyMs: number | undefined
  /** Values of the tracked keys, in their order. */
  readonly tracked: readonly (string | undefined)[]
  /** Whether this is a summary that left out long metadata. */
  readonly thinned: boolean
  /** Short scalar metadata, for attributes. */
  readonly metadata: Readonly<Record<string, string>>
}

export interface SampleReading {
  readonly path: string
  /** Metadata keys whose values are needed whatever their number: clusters and groups. */
  readonly trackedKeys: readonly string[]
  /** Name for the single nameless score of early logs. */
  readonly placeholderScorer: string
  /** Takes a metadata value for attributes and says whether to keep it. */
  readonly keepMetadata: (key: string, value: unknown) => string | undefined
}

/** What Inspect puts in place of metadata over 1 kB when it summarises a sample. */
export const removedFromSummary = 'Key removed from summary (> 1k)'
const placeholderName = '88F74D2C'
const longestAnswer = 160

export function readSample(raw: unknown, row: number, reading: SampleReading): SampleRecord {
  const sample = recordOf(raw)
  const id = sample?.id
  if (sample === undefined || (typeof id !== 'string' && typeof id !== 'number' && typeof id !== 'bigint'))
    fail('inspect-sample-malformed', { path: reading.path, sample: row }, 'write the log again; this sample has no id')
  const metadata = recordOf(sample.metadata) ?? {}
  const usage = usageOf(recordOf(sample.model_usage))
  const seconds = numberOf(sample.total_time)
  const scores = scoresOf(sample, reading)
  return {
    item: String(id),
    epoch: numberOf(sample.epoch) ?? 1,
    row,
    scores: scores?.list,
    error: sample.error !== undefined && sample.error !== null,
    limit: sample.limit !== undefined && sample.limit !== null,
    refused: refusedBy(recordOf(sample.output)),
    invalidated: recordOf(sample.invalidation) !== undefined,
    edited: scores?.edited ?? false,
    retries: numberOf(sample.retries) ?? (Array.isArray(sample.error_retries) ? sample.error_retries.length : 0),
    inputTokens: usage?.input,
    outputTokens: usage?.output,
    cost: usage?.cost,
    // Inspect writes seconds with three decimals; the product would carry the noise of a binary fraction.
    latencyMs: seconds === undefined ? undefined : Math.round(seconds * 1e6) / 1e3,
    tracked: reading.trackedKeys.map((key) => trackedText(metadata[key])),
    thinned: reading.trackedKeys.some((key) => metadata[key] === removedFromSummary),
    metadata: keptMetadata(metadata, reading),
  }
}

/** Texts in summaries have their blanks collapsed, so blanks in full samples are, too. */
export function collapsed(text: string): string {
  return /\s\s|[^\S ]|^\s|\s$/.test(text) ? text.replaceAll(/\s+/g, ' ').trim() : text
}

function scoresOf(
  sample: JsonRecord,
  reading: SampleReading,
): { readonly list: readonly SampleScore[]; readonly edited: boolean } | undefined {
  const single = recordOf(sample.score)
  const scores = recordOf(sample.scores) ?? (single === undefined ? undefined : { [placeholderName]: single })
  if (scores === undefined) return undefined
  const list: SampleScore[] = []
  let edited = false
  for (const name of Object.keys(scores)) {
    const root = name === placeholderName ? reading.placeholderScorer : name
    const score = recordOf(scores[name])
    const value = score === undefined ? scores[name] : score.value
    const answer = clipped(score?.answer)
    const reason = textOf(score?.reason) ?? textOf(recordOf(score?.metadata)?.unscored_reason)
    if (Array.isArray(score?.history) && score.history.length > 0) edited = true
    const parts = partsOf(value)
    if (parts === undefined) list.push({ name: root, root, raw: scalar(value), answer, reason })
    else
      for (const part of parts)
        list.push({ name: `${root}/${part.key}`, root, raw: scalar(part.value), answer, reason })
  }
  return { list, edited }
}

/** Parts of a composite value: named, or numbered from 1. Undefined for a scalar and for an empty composite. */
function partsOf(value: unknown): readonly { readonly key: string; readonly value: unknown }[] | undefined {
  if (Array.isArray(value))
    return value.length === 0 ? undefined : value.map((element, index) => ({ key: String(index + 1), value: element }))
  const record = recordOf(value)
  const keys = record === undefined ? [] : Object.keys(record)
  return keys.length === 0 ? undefined : keys.map((key) => ({ key, value: record?.[key] }))
}

function scalar(value: unknown): RawScore {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value.length > 256 ? value.slice(0, 256) : value
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? value : nested
}

/** Long answers are cut, so that a log of essays does not fill the memory; short ones are kept exactly. */
function clipped(answer: unknown): string | undefined {
  if (typeof answer !== 'string') return undefined
  const text = collapsed(answer)
  return text.length <= longestAnswer ? text : `${text.slice(0, longestAnswer)}…`
}

function usageOf(usage: JsonRecord | undefined): { input?: number; output?: number; cost?: number } | undefined {
  if (usage === undefined) return undefined
  const sum: { input?: number; output?: number; cost?: number } = {}
  for (const entry of Object.values(usage)) {
    const model = recordOf(entry)
    // Inspect counts cached input apart from the rest.
    for (const field of ['input_tokens', 'input_tokens_cache_write', 'input_tokens_cache_read']) {
      const tokens = numberOf(model?.[field])
      if (tokens !== undefined) sum.input = (sum.input ?? 0) + tokens
    }
    const output = numberOf(model?.output_tokens)
    if (output !== undefined) sum.output = (sum.output ?? 0) + output
    const cost = numberOf(model?.total_cost)
    if (cost !== undefined) sum.cost = (sum.cost ?? 0) + cost
  }
  return sum
}

/** A content filter, or a model that declares a refusal. */
function refusedBy(output: JsonRecord | undefined): boolean {
  const choices = output?.choices
  if (!Array.isArray(choices)) return false
  return choices.some((choice) => {
    const record = recordOf(choice)
    return record?.stop_reason === 'content_filter' || recordOf(record?.stop_details)?.type === 'refusal'
  })
}

function trackedText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' || value === removedFromSummary ? undefined : collapsed(value)
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined
}

const noMetadata: Readonly<Record<string, string>> = Object.freeze({})

function keptMetadata(metadata: JsonRecord, { keepMetadata }: SampleReading): Readonly<Record<string, string>> {
  let kept: Record<string, string> | undefined
  for (const key of Object.keys(metadata)) {
    const text = keepMetadata(key, metadata[key])
    if (text === undefined) continue
    kept ??= {}
    kept[key] = text
  }
  return kept ?? noMetadata
}
