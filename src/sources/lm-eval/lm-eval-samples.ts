/**
 * Reads one samples file of lm-evaluation-harness into columns: a row per document and filter.
 *
 * Everything is kept in columns until the file has been read to its end, so that a damaged file leaves no rows and the
 * fields of the documents can be judged over all of them.
 */
import { createHash } from 'node:crypto'
import { type Caveat, fail } from '../../stats/index.ts'
import { type JsonRecord, recordOf } from '../files/json-access.ts'
import type { FileDigest } from '../files/open-bytes.ts'
import { TextColumn } from '../files/text-column.ts'
import type { LogFile, ReadOptions } from '../source.ts'
import { DocumentFields } from './document-fields.ts'
import { eachSample } from './each-sample.ts'
import { MetricColumn } from './metric-column.ts'

export interface SampleTable {
  readonly rows: number
  readonly item: TextColumn
  readonly itemHash: TextColumn
  readonly filter: TextColumn
  readonly answer: TextColumn
  /** By metric name, without the filter. */
  readonly metrics: ReadonlyMap<string, MetricColumn>
  readonly fields: DocumentFields
  /** Line, or element of an array, of each row; from 1. */
  readonly lines: readonly number[]
  /** SHA-256 over the document, prompt and target hashes in row order, as the harness makes `task_hashes`. */
  readonly taskHash: string | undefined
  readonly digest: FileDigest
  readonly caveats: readonly Caveat[]
}

export interface ReadSamplesOptions extends ReadOptions {
  readonly file: LogFile
  /** Metrics that the results file names for this task; used where the rows do not list theirs. */
  readonly metrics: readonly string[]
}

export async function readSamples(options: ReadSamplesOptions): Promise<SampleTable> {
  const { file, signal, onProgress } = options
  const reader = new SampleReader(file.path, options.metrics)
  const onSample = (sample: unknown, line: number): void => reader.add(sample, line)
  const { digest, caveats } = await eachSample({ file, signal, onProgress, onSample })
  return reader.finish(digest, caveats)
}

/** Keys of a sample that are never metrics. */
const notMetrics: ReadonlySet<string> = new Set([
  ...['doc_id', 'doc', 'target', 'arguments', 'resps', 'filtered_resps', 'filter', 'metrics'],
  ...['doc_hash', 'prompt_hash', 'target_hash', 'task_name', 'schema_version', 'request_hash'],
])

class SampleReader {
  readonly #path: string
  readonly #known: readonly string[]
  readonly #item = new TextColumn(Number.POSITIVE_INFINITY)
  readonly #itemHash = new TextColumn(Number.POSITIVE_INFINITY)
  readonly #filter = new TextColumn(Number.POSITIVE_INFINITY)
  readonly #answer = new TextColumn(Number.POSITIVE_INFINITY)
  readonly #metrics = new Map<string, MetricColumn>()
  readonly #fields = new DocumentFields()
  readonly #lines: number[] = []
  readonly #hash = createHash('sha256')
  #hashed = true
  rows = 0

  constructor(path: string, known: readonly string[]) {
    this.#path = path
    this.#known = known
  }

  add(value: unknown, line: number): void {
    const sample = recordOf(value)
    const id = sample?.doc_id
    if (sample === undefined || !['number', 'string', 'bigint'].includes(typeof id))
      fail('not-a-sample', { path: this.#path, line }, 'every line must be an object with a doc_id')
    const row = this.rows++
    const item = String(id)
    this.#lines.push(line)
    this.#item.set(row, item)
    if (typeof sample.doc_hash === 'string') this.#itemHash.set(row, sample.doc_hash)
    if (typeof sample.filter === 'string') this.#filter.set(row, sample.filter)
    const answer = answerOf(sample.filtered_resps)
    if (answer !== undefined) this.#answer.set(row, answer)
    for (const name of this.#metricsOf(sample)) {
      let column = this.#metrics.get(name)
      if (column === undefined) {
        column = new MetricColumn()
        this.#metrics.set(name, column)
      }
      column.set(row, sample[name])
    }
    this.#fields.add(row, item, recordOf(sample.doc))
    this.#addToTaskHash(sample)
  }

  finish(digest: FileDigest, caveats: readonly Caveat[]): SampleTable {
    if (this.rows === 0) fail('no-samples', { path: this.#path }, 'the file holds no samples: run with --log_samples')
    return {
      rows: this.rows,
      item: this.#item,
      itemHash: this.#itemHash,
      filter: this.#filter,
      answer: this.#answer,
      metrics: this.#metrics,
      fields: this.#fields,
      lines: this.#lines,
      taskHash: this.#hashed ? this.#hash.digest('hex') : undefined,
      digest,
      caveats,
    }
  }

  #metricsOf(sample: JsonRecord): readonly string[] {
    if (Array.isArray(sample.metrics)) return sample.metrics.filter((name) => typeof name === 'string')
    if (this.#known.length > 0) return this.#known.filter((name) => name in sample)
    return Object.keys(sample).filter((name) => {
      const type = typeof sample[name]
      return !notMetrics.has(name) && (type === 'number' || type === 'boolean')
    })
  }

  #addToTaskHash({ doc_hash, prompt_hash, target_hash }: JsonRecord): void {
    if (typeof doc_hash !== 'string' || typeof prompt_hash !== 'string' || typeof target_hash !== 'string')
      this.#hashed = false
    else this.#hash.update(doc_hash + prompt_hash + target_hash)
  }
}

/** Answers longer than this are kept by their beginning and hash: they must stay comparable, not readable. */
const longestAnswer = 120

/** What the filter left of the response: its text, or the most likely choice where choices were ranked. */
function answerOf(responses: unknown): string | undefined {
  if (!Array.isArray(responses) || responses.length === 0) return undefined
  if (responses.length > 1 && responses.every(isRanked)) {
    let best = 0
    const logLikelihood = responses.map((response: readonly unknown[]) => Number(response[0]))
    if (logLikelihood.some(Number.isNaN)) return undefined
    for (const [index, value] of logLikelihood.entries()) if (value > (logLikelihood[best] ?? 0)) best = index
    return `choice ${best + 1}`
  }
  const [first] = responses
  if (responses.length > 1 || typeof first !== 'string') return undefined
  if (first.length <= longestAnswer) return first
  return `${first.slice(0, 80)}… ${createHash('sha256').update(first).digest('hex').slice(0, 8)}`
}

/** `[log-likelihood, is-greedy]`; both are written as text. */
function isRanked(response: unknown): response is readonly unknown[] {
  return Array.isArray(response) && response.length === 2 && /^(true|false)$/i.test(String(response[1]))
}
