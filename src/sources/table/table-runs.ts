/** The run records of a table: one for each model, and each run where the table tells runs apart. */

import type { ObservationRow, RunRecord } from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import type { FileDigest } from '../files/open-bytes.ts'
import { taskLabel } from '../task-label.ts'
import { type ColumnMapping, columnsOf } from './column-mapping.ts'

export interface TableRunsOptions {
  readonly path: string
  readonly digest: FileDigest
  readonly mapping: ColumnMapping
  /** Of the whole table; given to its first run. Read only when the records are made. */
  readonly caveats: readonly Caveat[]
  readonly scale: string | undefined
  /** Responses that each model was to give, where the table is one of ours. */
  readonly planned: ReadonlyMap<string, number> | undefined
  /** Of the run that a table of ours is of. */
  readonly runName: string | undefined
}

interface Tally {
  readonly model: string
  readonly tasks: Set<string>
  readonly items: Set<string>
  readonly scorers: Set<string>
  readonly responses: Set<number>
  replicates: number
  rows: number
  scoredRows: number
}

export class TableRuns {
  readonly #options: TableRunsOptions
  readonly #runs = new Map<string, Tally>()
  readonly #ids = new Map<string, string>()

  constructor(options: TableRunsOptions) {
    this.#options = options
  }

  idOf(model: string, run: string | undefined): string {
    const key = run === undefined ? model : `${model}\u001f${run}`
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = `${this.#options.path}#${model}${run === undefined ? '' : `#${run}`}`
    this.#ids.set(key, id)
    return id
  }

  count(row: ObservationRow, response: number): void {
    let tally = this.#runs.get(row.run)
    if (tally === undefined) {
      const sets = { tasks: new Set<string>(), items: new Set<string>(), scorers: new Set<string>() }
      tally = { model: row.model, ...sets, responses: new Set(), replicates: 0, rows: 0, scoredRows: 0 }
      this.#runs.set(row.run, tally)
    }
    tally.tasks.add(row.task)
    tally.items.add(tally.tasks.size === 1 ? row.item : `${row.task}\u001f${row.item}`)
    tally.scorers.add(row.scorer)
    tally.responses.add(response)
    tally.replicates = Math.max(tally.replicates, row.replicate ?? 1)
    tally.rows++
    if (typeof row.score === 'number' && Number.isFinite(row.score)) tally.scoredRows++
  }

  records(): readonly RunRecord[] {
    const { path, digest, mapping, caveats, scale, planned, runName } = this.#options
    return [...this.#runs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, tally], index) => ({
        id,
        path,
        runName,
        source: 'table',
        harness: { name: 'table' },
        model: tally.model,
        task: taskLabel([...tally.tasks].sort()),
        status: 'unknown',
        expected: { responses: planned?.get(tally.model) },
        found: {
          items: tally.items.size,
          replicates: tally.replicates,
          responses: tally.responses.size,
          rows: tally.rows,
          scoredRows: tally.scoredRows,
        },
        scorers: Object.fromEntries([...tally.scorers].sort().map((scorer) => [scorer, {}])),
        settings: {
          columns: describe(mapping),
          ...(scale === undefined ? {} : { scale }),
          // Analyses that ask whether judges agree take models for judges only where this says so.
          ...(mapping.judgement === undefined ? {} : { answers: 'judgements' }),
        },
        provenance: {},
        // A table of responses reports no figure of its own: there is nothing to reconcile it with.
        reconciliations: [],
        headlines: [],
        caveats: index === 0 ? caveats : [],
        files: [digest],
      }))
  }
}

/** The mapping as it was used, in the words of `--columns`. */
function describe(mapping: ColumnMapping): string {
  const { item } = mapping
  const parts = [`item=${'ownRow' in item ? '#row' : 'literal' in item ? `=${item.literal}` : item.columns.join('+')}`]
  if (mapping.scores.length > 0) parts.push(`score=${mapping.scores.join('|')}`)
  if (mapping.rescale !== undefined) parts.push(...mapping.rescale.written)
  const { counts, judgement } = mapping
  if (counts !== undefined) parts.push(`successes=${counts.successes}`, `trials=${counts.trials}`)
  if (judgement !== undefined)
    parts.push(
      `truth=${columnsOf(judgement.truth).join('+')}`,
      `decision=${columnsOf(judgement.decision).join('+')}`,
      ...(judgement.swapped === undefined ? [] : [`order.swapped=${judgement.swapped}`]),
    )
  const { model } = mapping
  if (model !== undefined && 'wide' in model)
    parts.push(`model=columns:${model.wide === 'rest' ? '*' : model.wide.join('|')}`)
  else if (model !== undefined)
    parts.push(`model=${'literal' in model ? `=${model.literal}` : model.columns.join('+')}`)
  for (const [role, binding] of Object.entries(mapping.texts))
    parts.push(`${role}=${'literal' in binding ? `=${binding.literal}` : binding.columns.join('+')}`)
  for (const [role, column] of Object.entries(mapping.numbers)) parts.push(`${role}=${column}`)
  for (const [name, binding] of mapping.factors) parts.push(`factor:${name}=${columnsOf(binding).join('+')}`)
  for (const [name, binding] of mapping.attributes) parts.push(`attribute:${name}=${columnsOf(binding).join('+')}`)
  return parts.join(',')
}
