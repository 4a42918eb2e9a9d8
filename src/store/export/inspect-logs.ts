/**
 * A run as Inspect logs: one for each model, technique and setting, because an Inspect sample has an id and an epoch and no
 * more. Levels are task arguments, replicates are epochs, clusters and attributes are metadata, and the technique is named
 * in the metadata of the evaluation, so that reading them back gives the same rows.
 */
import {
  type CellRecord,
  cellAt,
  contentHash,
  type Item,
  itemsOfProtocol,
  type Levels,
  levelsAt,
  type MissingReason,
  variantLabel,
} from '../../domain/index.ts'
import type { FinishedRun } from '../read-run.ts'

export interface InspectLog {
  /** `model_technique_setting`, fit for a file name. */
  readonly name: string
  /** Everything but the samples. */
  readonly header: Readonly<Record<string, unknown>>
  readonly samples: readonly InspectSample[]
}

export type InspectSample = Readonly<Record<string, unknown>> & { readonly id: string; readonly epoch: number }

export function inspectLogs(run: FinishedRun): readonly InspectLog[] {
  const { study } = run.start
  const items = new Map(itemsOfProtocol(run.protocol.items.inline).map((item) => [item.id, item]))
  const groups = Map.groupBy(run.cells, ({ index }) => {
    const { model, technique, setting } = cellAt(study, index)
    return `${model} ${technique} ${setting}`
  })
  return [...groups.values()].map((cells) => logOf({ run, cells, items }))
}

interface LogOptions {
  readonly run: FinishedRun
  readonly cells: FinishedRun['cells']
  readonly items: ReadonlyMap<string, Item>
}

function logOf({ run, cells, items }: LogOptions): InspectLog {
  const { start, stop, protocol } = run
  const { study } = start
  const place = cellAt(study, cells[0]?.index ?? 0)
  const model = study.models[place.model] ?? ''
  const technique = study.techniques[place.technique] ?? ''
  const levels = levelsAt(study, place, run.ends) ?? {}
  const name = fileName([model, technique, variantLabel(levels)], study)
  const id = contentHash({ protocol: study.protocolHash, start: start.time, model, technique, levels }).slice(0, 22)
  const samples = cells.map((cell) => sampleOf({ cell, run, model, items }))
  const ids = new Set(samples.map((sample) => sample.id))
  const header = {
    version: 2,
    status:
      stop === undefined
        ? 'started'
        : stop.reason === 'error'
          ? 'error'
          : stop.reason === 'interrupted'
            ? 'cancelled'
            : 'success',
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
      dataset: { name: study.title, samples: ids.size, sample_ids: [...ids], shuffled: true },
      model,
      model_args: {},
      model_generate_config: generateConfig(protocol.decoding),
      config: { epochs: study.replicates },
      packages: {},
      scorers: study.scorers.flatMap(({ label }) => readings(label).map((scorer) => ({ name: scorer }))),
      metadata: { assay_protocol: study.protocolHash, assay_journal: run.chain, assay_technique: technique },
    },
    plan: { name: 'plan', steps: [{ solver: technique, params: {} }], config: {} },
    results: resultsOf(
      cells,
      study.scorers.map(({ label }) => label),
    ),
    stats: { started_at: start.time, completed_at: stop?.time ?? start.time, model_usage: {} },
  }
  return { name, header, samples }
}

function readings(label: string): readonly [string, string] {
  return [label, `${label} (lenient)`]
}

function generateConfig({ temperature, topP, maxTokens }: FinishedRun['protocol']['decoding']): Record<string, number> {
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  }
}

interface SampleOptions {
  readonly cell: FinishedRun['cells'][number]
  readonly run: FinishedRun
  readonly model: string
  readonly items: ReadonlyMap<string, Item>
}

function sampleOf({ cell, run, model, items }: SampleOptions): InspectSample {
  const { study } = run.start
  const place = cellAt(study, cell.index)
  const studyItem = study.items[place.item]
  const item = items.get(studyItem?.id ?? '')
  const usage = usageOf(cell)
  const seconds = cell.latencyMs === undefined ? undefined : cell.latencyMs / 1000
  const missing = Object.values(cell.scores).map(({ strict }) => strict.score)
  return {
    id: studyItem?.id ?? '',
    epoch: place.replicate,
    input: item?.input ?? '',
    ...(item?.options === undefined ? {} : { choices: item.options }),
    target: targetOf(item),
    messages: [
      { role: 'user', content: item?.input ?? '' },
      { role: 'assistant', content: cell.text, source: 'generate', model },
    ],
    output: {
      model,
      choices: [
        {
          message: { role: 'assistant', content: cell.text, source: 'generate', model },
          stop_reason: cell.state === 'refused' ? 'content_filter' : cell.state === 'truncated' ? 'max_tokens' : 'stop',
        },
      ],
      ...(usage === undefined ? {} : { usage }),
      ...(seconds === undefined ? {} : { time: seconds }),
    },
    scores: scoresOf(cell),
    metadata: {
      ...studyItem?.attributes,
      ...(studyItem?.cluster === undefined ? {} : { cluster: studyItem.cluster }),
    },
    store: {},
    events: [],
    model_usage: usage === undefined ? {} : { [model]: usage },
    ...(seconds === undefined ? {} : { total_time: seconds, working_time: seconds }),
    ...(missing.includes('provider-error')
      ? { error: { message: cell.reason ?? 'provider error', traceback: '', traceback_ansi: '' } }
      : {}),
    ...(missing.includes('limit') ? { limit: { type: 'token', limit: run.protocol.decoding.maxTokens ?? 0 } } : {}),
  }
}

function usageOf({ inputTokens, outputTokens, cost }: CellRecord): Record<string, number> | undefined {
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    ...(cost === undefined ? {} : { total_cost: cost }),
  }
}

/** Letters where there are options, as Inspect's multiple choice has them. */
function targetOf(item: Item | undefined): string | readonly string[] {
  if (item === undefined) return ''
  const targets =
    item.options === undefined ? item.target : item.target.map((at) => String.fromCharCode(65 + Number(at)))
  return targets.length === 1 ? (targets[0] ?? '') : targets
}

function scoresOf({ scores }: CellRecord): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [label, { strict, lenient }] of Object.entries(scores)) {
    for (const [name, reading] of [
      [label, strict],
      [`${label} (lenient)`, lenient],
    ] as const) {
      const reason = typeof reading.score === 'number' ? undefined : reasons[reading.score]
      result[name] = {
        // NaN says unscored: never 0, which would say wrong.
        value: typeof reading.score === 'number' ? reading.score : Number.NaN,
        ...(reading.answer === undefined ? {} : { answer: reading.answer }),
        ...(reason === undefined ? {} : { reason }),
        metadata: typeof reading.score === 'number' ? {} : { missing: reading.score },
      }
    }
  }
  return result
}

const reasons: Partial<Record<MissingReason, string>> = {
  refusal: 'refusal',
  unparsed: 'invalid_response_format',
  'grader-failed': 'grader_failed',
}

function resultsOf(cells: readonly CellRecord[], labels: readonly string[]): Record<string, unknown> {
  const scores = labels.flatMap((label) =>
    (['strict', 'lenient'] as const).map((reading) => {
      const values = cells
        .map(({ scores: of }) => of[label]?.[reading].score)
        .filter((score): score is number => typeof score === 'number')
      const name = reading === 'strict' ? label : `${label} (lenient)`
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
  return { total_samples: cells.length, completed_samples: cells.length, scores }
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
