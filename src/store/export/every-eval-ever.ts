/**
 * A run as Every Eval Ever 0.3.0: an aggregate record per model and a JSON line per scored response.
 *
 * The aggregate has a result for each technique, setting and scorer, none of them pooled. What the format has no field for
 * (repeat, factors, technique, cluster, attributes) stands in the metadata of a line, which takes text only. Score and
 * correctness are mandatory there, so responses without a score stand in the aggregate instead, in the same form. The
 * aggregate of the first model carries the manifest of the run.
 */
import { createHash } from 'node:crypto'
import { cellAt, contentHash, type Item, itemsOfProtocol, responsesPerModel } from '../../domain/index.ts'
import type { AskedRun } from '../read-run.ts'
import { aggregateResults } from './aggregate-results.ts'
import { instanceRows, sampleLine, unscoredLine } from './instance-rows.ts'
import { manifestOfRun } from './run-manifest.ts'

export interface EveryEvalEverFiles {
  readonly aggregate: { readonly name: string; readonly text: string }
  readonly samples: { readonly name: string; readonly text: string }
}

export function everyEvalEver(run: AskedRun): readonly EveryEvalEverFiles[] {
  const { study, time } = run.start
  const items = new Map(itemsOfProtocol(run.protocol.items.inline).map((item) => [item.id, item]))
  return study.models.map((model, at) => {
    const evaluationId = `${study.title}/${model}/${time}`
    const id = uuidOf({ protocol: study.protocolHash, start: time, model })
    const cells = run.cells.filter(({ index }) => cellAt(study, index).model === at)
    const folder = `data/${pathPart(study.title)}/assay/${pathPart(model)}`
    const samplesName = `${folder}/${id}_samples.jsonl`
    const manifest = at === 0 ? manifestOfRun(run) : undefined
    const aggregate = aggregateOf({ run, model, evaluationId, cells, samplesName, items, manifest })
    return {
      aggregate: { name: `${folder}/${id}.json`, text: `${JSON.stringify(aggregate.record, undefined, 2)}\n` },
      samples: { name: samplesName, text: aggregate.lines },
    }
  })
}

function aggregateOf(options: {
  readonly run: AskedRun
  readonly model: string
  readonly evaluationId: string
  readonly cells: AskedRun['cells']
  readonly samplesName: string
  readonly items: ReadonlyMap<string, Item>
  readonly manifest: string | undefined
}): { readonly record: unknown; readonly lines: string } {
  const { run, model, evaluationId, cells, samplesName, items, manifest } = options
  const { study, time, software, endpoints } = run.start
  const rows = cells.flatMap((cell) => instanceRows({ cell, run, model, evaluationId, items }))
  const scored = rows.flatMap((row) => sampleLine(row) ?? [])
  const unscored = rows.flatMap((row) => unscoredLine(row) ?? [])
  const lines = scored.map((line) => `${JSON.stringify(line)}\n`).join('')
  const record = {
    schema_version: '0.3.0',
    evaluation_id: evaluationId,
    evaluation_timestamp: time,
    retrieved_timestamp: run.stop?.time ?? time,
    source_metadata: {
      source_type: 'evaluation_run',
      source_organization_name: 'unknown',
      evaluator_relationship: 'other',
      additional_details: {
        protocol_hash: study.protocolHash,
        journal_hash: run.chain,
        ended: run.stop?.reason ?? 'cut off',
        planned_responses: String(responsesPerModel(study, run.stop)),
        responses: String(cells.length),
      },
    },
    eval_library: { name: 'assay', version: software },
    model_info: {
      name: model,
      id: endpoints[model] ?? model,
      additional_details: { deployment_type: 'unknown', model_availability: 'unknown' },
    },
    evaluation_results: aggregateResults({ run, rows }),
    detailed_evaluation_results: {
      format: 'jsonl',
      file_path: samplesName,
      hash_algorithm: 'sha256',
      checksum: createHash('sha256').update(lines).digest('hex'),
      total_rows: scored.length,
      additional_details: {
        unscored_rows: String(unscored.length),
        ...(unscored.length === 0 ? {} : { unscored: JSON.stringify(unscored) }),
        // Last of all: a record is recognised by its first bytes.
        ...(manifest === undefined ? {} : { run_manifest: manifest }),
      },
    },
  }
  return { record, lines }
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
