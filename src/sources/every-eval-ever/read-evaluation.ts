/** Reads an evaluation into rows and its run records, and recomputes the means that its aggregate states. */

import { type Headline, type ObservationRow, type RunRecord, runName } from '../../domain/index.ts'
import { type Caveat, fail } from '../../stats/index.ts'
import { type JsonRecord, recordOf } from '../files/json-access.ts'
import { type FileDigest, streamLimitBytes } from '../files/open-bytes.ts'
import { readLines } from '../files/read-lines.ts'
import { readText } from '../files/read-text.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'
import type { LogFile, LogUnit, ReadOptions, ReadSink } from '../source.ts'
import { taskLabel } from '../task-label.ts'
import { type AggregateRecord, type AggregateResult, readAggregate } from './aggregate-record.ts'
import { FigureCheck } from './figure-check.ts'
import { observationOf } from './instance-observation.ts'
import { InstanceRows } from './instance-rows.ts'
import { isSamples } from './samples-file.ts'

/** Aggregates hold figures, and of a run of ours its responses without a score. */
const aggregateLimitBytes = 400 * 2 ** 20

export async function readEvaluation(unit: LogUnit, sink: ReadSink, options: ReadOptions): Promise<void> {
  const digests: FileDigest[] = []
  const samples = [unit.main, ...unit.companions].find(isSamples)
  let aggregate: AggregateRecord | undefined
  if (unit.main !== samples) {
    const { text, digest } = await readText({ ...options, file: unit.main, limitBytes: aggregateLimitBytes })
    aggregate = readAggregate(text, unit.main.path)
    digests.push(digest)
  }
  const evaluation = new Evaluation({ unit, aggregate, sink })
  if (samples !== undefined) {
    const onLine = ({ text, number }: { text: string; number: number }) =>
      evaluation.add(lineOf(text, samples, number), { source: samples.path, sourceRow: number, text })
    digests.push(await readLines({ ...options, file: samples, limitBytes: streamLimitBytes, onLine }))
  }
  for (const [index, line] of (aggregate?.unscored ?? []).entries())
    evaluation.add(line, { source: unit.main.path, sourceRow: index + 1, text: JSON.stringify(line) })
  evaluation.finish(digests)
}

function lineOf(text: string, { path }: LogFile, number: number): JsonRecord {
  const at = `line ${number}`
  const record = recordOf(parseTolerantJson(text, { path, member: at, byte: 0 }))
  return record ?? fail('json-malformed', { path, at, reason: 'no object' }, 'write one response on each line')
}

interface Tally {
  readonly items: Set<string>
  readonly responses: Set<string>
  readonly tasks: Set<string>
  readonly scorers: Set<string>
  rows: number
  scoredRows: number
}

class Evaluation {
  readonly #unit: LogUnit
  readonly #aggregate: AggregateRecord | undefined
  readonly #sink: ReadSink
  readonly #rows: InstanceRows
  readonly #check: FigureCheck
  readonly #tallies = new Map<string, Tally>()
  readonly #results = new Map<string, AggregateResult>()
  #scoredLines = 0

  constructor({ unit, aggregate, sink }: { unit: LogUnit; aggregate: AggregateRecord | undefined; sink: ReadSink }) {
    this.#unit = unit
    this.#aggregate = aggregate
    this.#sink = sink
    this.#rows = new InstanceRows((row) => this.#observe(row))
    this.#check = new FigureCheck(aggregate?.results ?? [])
    for (const result of aggregate?.results ?? []) {
      if (result.id !== undefined) this.#results.set(result.id, result)
      this.#results.set(result.name, result)
    }
  }

  add(line: JsonRecord, place: { source: string; sourceRow: number; text: string }): void {
    const { source, sourceRow, text } = place
    const observation = observationOf(line, (id, name) => this.#results.get(id ?? name)?.metric)
    if (observation === undefined)
      fail(
        'json-malformed',
        { path: source, at: `line ${sourceRow}`, reason: 'sample_id, evaluation_name or evaluation is missing' },
        'complete this line by the schema of Every Eval Ever',
      )
    const { row } = observation
    if (typeof row.score === 'number') {
      this.#scoredLines++
      this.#check.add(observation.resultId ?? observation.resultName, row.score)
    }
    this.#rows.add(observation, { run: this.#runOf(row.model), source, sourceRow }, text)
  }

  finish(digests: readonly FileDigest[]): void {
    this.#rows.finish()
    const { path } = this.#unit.main
    const aggregate = this.#aggregate
    const caveats: Caveat[] = []
    const promised = aggregate?.rows
    if (promised !== undefined && promised !== this.#scoredLines)
      caveats.push({
        code: 'header-rows-mismatch',
        severity: 'caution',
        values: { path, expected: promised, found: this.#scoredLines },
      })
    if (this.#rows.repeated > 0)
      caveats.push({ code: 'replicates-inferred', severity: 'caution', values: { path, cells: this.#rows.repeated } })
    const incomplete = promised !== undefined && promised > this.#scoredLines
    if (aggregate?.manifest !== undefined) this.#sink.manifest({ text: aggregate.manifest, path })
    const models = this.#tallies.size === 0 ? [aggregate?.model ?? 'unnamed model'] : [...this.#tallies.keys()].sort()
    for (const [index, model] of models.entries()) {
      const tally = this.#tallies.get(model) ?? emptyTally()
      this.#sink.record({
        id: this.#runOf(model),
        path,
        runName: this.#nameOfRun(),
        source: 'every-eval-ever',
        harness: aggregate?.library ?? { name: 'unknown' },
        model,
        task: taskOf(tally, aggregate),
        status: statusOf(aggregate?.ended),
        created: aggregate?.created,
        expected: { responses: aggregate?.planned },
        found: {
          items: tally.items.size,
          replicates: tally.items.size === 0 ? 0 : Math.ceil(tally.responses.size / tally.items.size),
          responses: tally.responses.size,
          rows: tally.rows,
          scoredRows: tally.scoredRows,
        },
        scorers: Object.fromEntries(
          [...tally.scorers].sort().map((scorer) => [scorer, { higherIsBetter: this.#higherIsBetter(scorer) }]),
        ),
        settings: {},
        provenance: aggregate?.provenance ?? {},
        reconciliations: index > 0 ? [] : this.#check.reconciliations(incomplete, this.#scoredLines, promised),
        headlines: index > 0 || tally.rows > 0 ? [] : (aggregate?.results ?? []).flatMap(headlineOf),
        caveats: index > 0 ? [] : caveats,
        files: digests,
      })
    }
  }

  #observe(row: ObservationRow): void {
    this.#sink.observe(row)
    let tally = this.#tallies.get(row.model)
    if (tally === undefined) {
      tally = emptyTally()
      this.#tallies.set(row.model, tally)
    }
    tally.items.add(row.item)
    tally.tasks.add(row.task)
    tally.scorers.add(row.scorer)
    tally.responses.add(JSON.stringify([row.task, row.item, row.levels, row.technique, row.replicate]))
    tally.rows++
    if (typeof row.score === 'number') tally.scoredRows++
  }

  #runOf(model: string): string {
    return `${this.#aggregate?.evaluationId ?? this.#unit.main.path}#${model}`
  }

  #nameOfRun(): string | undefined {
    const { provenance, created } = this.#aggregate ?? {}
    return provenance?.protocol === undefined || created === undefined
      ? undefined
      : runName(provenance.protocol, created)
  }

  #higherIsBetter(scorer: string): boolean | undefined {
    const lower = this.#aggregate?.results.find(({ metric }) => metric === scorer)?.lowerIsBetter
    return lower === undefined ? undefined : !lower
  }
}

function emptyTally(): Tally {
  const sets = { items: new Set<string>(), responses: new Set<string>() }
  return { ...sets, tasks: new Set(), scorers: new Set(), rows: 0, scoredRows: 0 }
}

function taskOf({ tasks }: Tally, aggregate: AggregateRecord | undefined): string {
  const names = tasks.size > 0 ? [...tasks].sort() : (aggregate?.results.map(({ name }) => name) ?? [])
  return taskLabel(names)
}

function statusOf(ended: string | undefined): RunRecord['status'] {
  if (ended === undefined) return 'unknown'
  if (ended === 'complete' || ended === 'decided') return 'finished'
  return ended === 'cut off' ? 'started' : ended === 'error' ? 'error' : 'cancelled'
}

function headlineOf({ metric, score, standardError, samples }: AggregateResult): readonly Headline[] {
  return score === undefined ? [] : [{ scorer: metric, metric, value: score, standardError, n: samples }]
}
