/**
 * A run as Inspect logs: one for each model, technique and setting, because an Inspect sample has an id and an epoch and no
 * more. Levels are task arguments, replicates are epochs, clusters and attributes are metadata, and the technique is named
 * in the metadata of the evaluation, so that reading them back gives the same rows. The first log carries the manifest.
 */
import {
  type CellPlace,
  cellAt,
  contentHash,
  type Item,
  itemsOfProtocol,
  type Levels,
  lenientName,
  levelsAt,
  reportedSettings,
  type StopRecord,
  type Study,
  variantLabel,
} from '../../domain/index.ts'
import type { AskedRun } from '../read-run.ts'
import { type InspectSample, inspectSample } from './inspect-sample.ts'
import { manifestOfRun } from './run-manifest.ts'

export interface InspectLog {
  /** `model_technique_setting`, fit for a file name. */
  readonly name: string
  /** Everything but the samples. */
  readonly header: Readonly<Record<string, unknown>> & { readonly eval: InspectEval }
  readonly samples: readonly InspectSample[]
}

interface InspectEval extends Readonly<Record<string, unknown>> {
  readonly metadata: Readonly<Record<string, unknown>>
}

export function inspectLogs(run: AskedRun): readonly InspectLog[] {
  const { study } = run.start
  const items = new Map(itemsOfProtocol(run.protocol.items.inline).map((item) => [item.id, item]))
  const cellsOf = Map.groupBy(run.cells, ({ index }) => groupOf(cellAt(study, index)))
  const taken = new Set<string>()
  let manifest: string | undefined = manifestOfRun(run)
  return groupsOf(study).flatMap((group) => {
    // An end that a search has not found yet has no setting to name.
    const levels = levelsAt(study, { ...group, item: 0, replicate: 1 }, run.ends)
    if (levels === undefined) return []
    const log = logOf({ run, group, levels, cells: cellsOf.get(groupOf(group)) ?? [], items, manifest })
    manifest = undefined
    // Long names are cut, and settings may differ in signs that no file name has, or in case.
    const plain = log.name.toLowerCase()
    const name = taken.has(plain) ? `${log.name}_${log.id.slice(0, 8)}` : log.name
    taken.add(plain)
    return [{ ...log, name }]
  })
}

type Group = Pick<CellPlace, 'model' | 'technique' | 'setting'>

function groupOf({ model, technique, setting }: Group): string {
  return `${model} ${technique} ${setting}`
}

/** Whatever was planned, also where a run ended before its first cell. */
function groupsOf(study: Study): readonly Group[] {
  return study.models.flatMap((_, model) =>
    study.techniques.flatMap((__, technique) =>
      Array.from({ length: reportedSettings(study) }, (___, setting) => ({ model, technique, setting })),
    ),
  )
}

interface LogOptions {
  readonly run: AskedRun
  readonly group: Group
  readonly levels: Levels
  readonly cells: AskedRun['cells']
  readonly items: ReadonlyMap<string, Item>
  readonly manifest: string | undefined
}

function logOf({ run, group, levels, cells, items, manifest }: LogOptions): InspectLog & { readonly id: string } {
  const { start, stop, protocol } = run
  const { study } = start
  const model = study.models[group.model] ?? ''
  const technique = study.techniques[group.technique] ?? ''
  const name = fileName([model, technique, variantLabel(levels)], study)
  const id = contentHash({ protocol: study.protocolHash, start: start.time, model, technique, levels }).slice(0, 22)
  const samples = cells.map((cell) => inspectSample({ cell, run, model, items }))
  const status = statusOf(stop)
  const header = {
    version: 2,
    status,
    eval: {
      eval_id: id,
      run_id: contentHash({ protocol: study.protocolHash, start: start.time }).slice(0, 22),
      created: start.time,
      task: study.title,
      task_id: id,
      task_version: 0,
      task_attribs: {},
      task_args: levels,
      task_args_passed: levels,
      tags: [],
      dataset: {
        name: study.title,
        samples: study.items.length,
        sample_ids: study.items.map((item) => item.id),
        shuffled: true,
      },
      model,
      model_args: {},
      model_generate_config: generateConfig(protocol.decoding),
      config: { epochs: study.replicates },
      packages: {},
      scorers: study.scorers.flatMap(({ label }) => readings(label).map((scorer) => ({ name: scorer }))),
      metadata: {
        assay_protocol: study.protocolHash,
        assay_journal: run.chain,
        assay_technique: technique,
        assay_levels: levels,
        ...(stop === undefined ? {} : { assay_stop: stop.reason }),
        ...(manifest === undefined ? {} : { assay_run: manifest }),
      },
    },
    plan: { name: 'plan', steps: [{ solver: technique, params: {} }], config: {} },
    results: resultsOf({ run, cells, samples }),
    stats: { started_at: start.time, completed_at: stop?.time ?? '', model_usage: {} },
    ...(status === 'error'
      ? { error: { message: 'the run ended in an error', traceback: '', traceback_ansi: '' } }
      : {}),
  }
  return { id, name, header, samples }
}

/** As Inspect has it: what ended before its plan was carried out is cancelled, unless its own rule for stopping ended it. */
function statusOf(stop: StopRecord | undefined): 'started' | 'success' | 'cancelled' | 'error' {
  if (stop === undefined) return 'started'
  switch (stop.reason) {
    case 'complete':
    case 'decided':
      return 'success'
    case 'budget':
    case 'interrupted':
      return 'cancelled'
    case 'error':
      return 'error'
    default:
      return stop.reason satisfies never
  }
}

function readings(label: string): readonly [string, string] {
  return [label, lenientName(label)]
}

function generateConfig({ temperature, topP, maxTokens }: AskedRun['protocol']['decoding']): Record<string, number> {
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  }
}

function resultsOf(options: {
  readonly run: AskedRun
  readonly cells: AskedRun['cells']
  readonly samples: readonly InspectSample[]
}): Record<string, unknown> {
  const { run, cells, samples } = options
  const { study } = run.start
  const scores = study.scorers.flatMap(({ label }) =>
    (['strict', 'lenient'] as const).map((reading) => {
      const values = cells
        .map(({ scores: of }) => of[label]?.[reading].score)
        .filter((score): score is number => typeof score === 'number')
      const name = reading === 'strict' ? label : lenientName(label)
      const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
      return {
        name,
        scorer: name,
        scored_samples: values.length,
        unscored_samples: cells.length - values.length,
        params: {},
        metrics: values.length === 0 ? {} : { mean: { name: 'mean', value: mean, params: {} } },
      }
    }),
  )
  const planned = study.items.length * study.replicates
  return {
    total_samples: planned,
    completed_samples: samples.filter(({ error }) => error === undefined).length,
    ...(samples.length < planned ? { logged_samples: samples.length } : {}),
    ...(run.stop?.reason === 'decided' ? { early_stopping: earlyStopping(study, samples) } : {}),
    scores,
  }
}

/** Samples that were not asked because every claim was decided before. */
function earlyStopping(study: Study, samples: readonly InspectSample[]): Record<string, unknown> {
  const asked = new Set(samples.map(({ id, epoch }) => `${epoch} ${id}`))
  const epochs = Array.from({ length: study.replicates }, (_, index) => index + 1)
  const stops = study.items.flatMap(({ id }) =>
    epochs.flatMap((epoch) => (asked.has(`${epoch} ${id}`) ? [] : [{ id, epoch, reason: 'every claim is decided' }])),
  )
  return { manager: `assay ${study.stopping.rule}`, early_stops: stops, metadata: {} }
}

function fileName(
  parts: readonly string[],
  { techniques, settings }: { techniques: readonly string[]; settings: readonly Levels[] },
): string {
  const [model = '', technique = '', setting = ''] = parts
  const told = [model, ...(techniques.length > 1 ? [technique] : []), ...(settings.length > 1 ? [setting] : [])]
  return told
    .join('_')
    .replaceAll(/[^A-Za-z0-9._=-]+/g, '-')
    .slice(0, 120)
}
