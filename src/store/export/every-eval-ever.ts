/**
 * A run as Every Eval Ever 0.3.0: an aggregate record per model and a JSON line per scored response.
 *
 * The format cannot say that a score is missing: such rows are left out of the lines and counted in the aggregate. Epoch,
 * variant, technique and cluster stand in the metadata, which takes text only.
 */
import { createHash } from 'node:crypto'
import {
  type CellRecord,
  cellAt,
  contentHash,
  type Item,
  itemsOfProtocol,
  levelsAt,
  variantLabel,
} from '../../domain/index.ts'
import { boundedMeanInterval, type Outcome } from '../../stats/index.ts'
import type { FinishedRun } from '../read-run.ts'

export interface EveryEvalEverFiles {
  readonly aggregate: { readonly name: string; readonly text: string }
  readonly samples: { readonly name: string; readonly text: string }
}

const schemaVersion = '0.3.0'

export function everyEvalEver(run: FinishedRun): readonly EveryEvalEverFiles[] {
  const { study } = run.start
  const items = new Map(itemsOfProtocol(run.protocol.items.inline).map((item) => [item.id, item]))
  return study.models.map((model, at) => {
    const cells = run.cells.filter(({ index }) => cellAt(study, index).model === at)
    const id = uuidOf({ protocol: study.protocolHash, start: run.start.time, model })
    const evaluationId = `${study.title}/${model}/${run.start.time}`
    const lines = cells.flatMap((cell) => linesOf({ cell, run, model, evaluationId, items }))
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    const folder = `data/${pathPart(study.title)}/assay/${pathPart(model)}`
    const samplesName = `${folder}/${id}_samples.jsonl`
    const aggregate = aggregateOf({ run, model, evaluationId, cells, samplesName, text, rows: lines.length })
    return {
      aggregate: { name: `${folder}/${id}.json`, text: `${JSON.stringify(aggregate, undefined, 2)}\n` },
      samples: { name: samplesName, text },
    }
  })
}

function aggregateOf(options: {
  readonly run: FinishedRun
  readonly model: string
  readonly evaluationId: string
  readonly cells: FinishedRun['cells']
  readonly samplesName: string
  readonly text: string
  readonly rows: number
}): unknown {
  const { run, model, evaluationId, cells, samplesName, text, rows } = options
  const { study, time, software, endpoints } = run.start
  const results = study.scorers.flatMap(({ label, range }) =>
    (['strict', 'lenient'] as const).flatMap((reading) => {
      const outcome = meanOf({ run, cells, label, reading })
      if (outcome.kind !== 'estimate') return []
      const name = reading === 'strict' ? label : `${label} (lenient)`
      const unscored = cells.filter(({ scores }) => typeof scores[label]?.[reading].score !== 'number').length
      return [
        {
          evaluation_result_id: `${evaluationId}/${name}`,
          evaluation_name: `${study.title} / ${name}`,
          source_data: { dataset_name: study.title, source_type: 'other' },
          evaluation_timestamp: time,
          metric_config: {
            metric_id: name,
            metric_kind: 'mean',
            lower_is_better: false,
            score_type: 'continuous',
            min_score: range.lower,
            max_score: range.upper,
          },
          score_details: {
            score: outcome.value,
            details: { unscored_responses: String(unscored) },
            uncertainty: {
              ...(outcome.standardError === undefined
                ? {}
                : { standard_error: { value: outcome.standardError, method: outcome.method } }),
              confidence_interval: {
                lower: outcome.interval.lower,
                upper: outcome.interval.upper,
                confidence_level: outcome.interval.level,
                method: outcome.method,
              },
              num_samples: outcome.n,
            },
          },
        },
      ]
    }),
  )
  return {
    schema_version: schemaVersion,
    evaluation_id: evaluationId,
    evaluation_timestamp: time,
    retrieved_timestamp: run.stop?.time ?? time,
    source_metadata: {
      source_type: 'evaluation_run',
      source_organization_name: 'unknown',
      evaluator_relationship: 'other',
      additional_details: { protocol_hash: study.protocolHash, journal_hash: run.chain },
    },
    eval_library: { name: 'assay', version: software },
    model_info: {
      name: model,
      id: endpoints[model] ?? model,
      additional_details: { deployment_type: 'unknown', model_availability: 'unknown' },
    },
    evaluation_results: results,
    detailed_evaluation_results: {
      format: 'jsonl',
      file_path: samplesName,
      hash_algorithm: 'sha256',
      checksum: createHash('sha256').update(text).digest('hex'),
      total_rows: rows,
    },
  }
}

/** Mean over all responses with its interval by cluster, or by item where there are repeats. */
function meanOf(options: {
  readonly run: FinishedRun
  readonly cells: readonly CellRecord[]
  readonly label: string
  readonly reading: 'strict' | 'lenient'
}): Outcome {
  const { run, cells, label, reading } = options
  const { study } = run.start
  const range = study.scorers.find((scorer) => scorer.label === label)?.range ?? { lower: 0, upper: 1 }
  const values: number[] = []
  const clusters: number[] = []
  const codes = new Map<string, number>()
  for (const { index, scores } of cells) {
    const score = scores[label]?.[reading].score
    if (typeof score !== 'number') continue
    const item = study.items[cellAt(study, index).item]
    const cluster = item?.cluster === undefined ? `item ${item?.id ?? ''}` : `cluster ${item.cluster}`
    const code = codes.get(cluster) ?? codes.size
    codes.set(cluster, code)
    values.push(score)
    clusters.push(code)
  }
  return boundedMeanInterval({ values, clusters: Int32Array.from(clusters), range, level: 0.95 })
}

function linesOf(options: {
  readonly cell: FinishedRun['cells'][number]
  readonly run: FinishedRun
  readonly model: string
  readonly evaluationId: string
  readonly items: ReadonlyMap<string, Item>
}): readonly unknown[] {
  const { cell, run, model, evaluationId, items } = options
  const { study, endpoints } = run.start
  const place = cellAt(study, cell.index)
  const studyItem = study.items[place.item]
  const item = items.get(studyItem?.id ?? '')
  const reference =
    item?.options === undefined ? (item?.target ?? []) : item.target.map((at) => item.options?.[Number(at)] ?? at)
  const raw = item?.input ?? ''
  const range = new Map(study.scorers.map((scorer) => [scorer.label, scorer.range]))
  return Object.entries(cell.scores).flatMap(([label, readings]) =>
    (['strict', 'lenient'] as const).flatMap((reading) => {
      const { score, answer } = readings[reading]
      if (typeof score !== 'number') return []
      const name = reading === 'strict' ? label : `${label} (lenient)`
      return [
        {
          schema_version: schemaVersion,
          evaluation_id: evaluationId,
          model_id: endpoints[model] ?? model,
          evaluation_name: `${study.title} / ${name}`,
          evaluation_result_id: `${evaluationId}/${name}`,
          sample_id: studyItem?.id ?? '',
          sample_hash: createHash('sha256').update(raw).update(reference.join('')).digest('hex'),
          interaction_type: 'single_turn',
          input: { raw, reference, ...(item?.options === undefined ? {} : { choices: item.options }) },
          output: { raw: [cell.text] },
          answer_attribution:
            answer === undefined
              ? []
              : [
                  {
                    turn_idx: 0,
                    source: 'output.raw',
                    extracted_value: answer,
                    extraction_method: `${label}, read ${reading}`,
                    is_terminal: true,
                  },
                ],
          evaluation: { score, is_correct: score >= (range.get(label)?.upper ?? 1) },
          metadata: {
            epoch: String(place.replicate),
            technique: study.techniques[place.technique] ?? '',
            variant: variantLabel(levelsAt(study, place, run.ends) ?? {}),
            cluster: studyItem?.cluster ?? '',
            journal_cell: cell.cell,
          },
        },
      ]
    }),
  )
}

function pathPart(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'unnamed'
}

/**
 * An identifier made of the run's content, so that it exports to the same names. Its form is that of a version 4 UUID,
 * which is the only one that the format admits.
 */
function uuidOf(value: unknown): string {
  const hex = contentHash(value)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
