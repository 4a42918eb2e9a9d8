/** The aggregate record of an evaluation: who ran what, the figures it states, and which responses have no score. */
import { AssayError, fail } from '../../stats/index.ts'
import { type JsonRecord, numberOf, recordOf, textOf } from '../files/json-access.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'

export interface AggregateRecord {
  readonly evaluationId: string | undefined
  readonly created: string | undefined
  readonly library: { readonly name: string; readonly version: string | undefined }
  readonly model: string | undefined
  readonly results: readonly AggregateResult[]
  /** Rows that the samples file is said to have. */
  readonly rows: number | undefined
  /** Rows without a score, which the format has no other place for: a list that we write and read. */
  readonly unscored: readonly JsonRecord[]
  /** Of a run of ours: responses of the model that it was to give, and how it ended. */
  readonly planned: number | undefined
  readonly ended: string | undefined
  readonly manifest: string | undefined
  readonly provenance: Readonly<Record<string, string>>
}

export interface AggregateResult {
  readonly id: string | undefined
  readonly name: string
  readonly metric: string
  readonly kind: string | undefined
  readonly lowerIsBetter: boolean | undefined
  readonly score: number | undefined
  readonly standardError: number | undefined
  readonly samples: number | undefined
}

export function readAggregate(text: string, path: string): AggregateRecord {
  const record = recordOf(parsed(text, path))
  if (record === undefined) return fail('json-malformed', { path, at: 'byte 0', reason: 'no object' }, 'fetch it again')
  const library = recordOf(record.eval_library)
  const source = recordOf(recordOf(record.source_metadata)?.additional_details)
  const detailed = recordOf(record.detailed_evaluation_results)
  const listed = textOf(recordOf(detailed?.additional_details)?.unscored)
  const unscored = listed === undefined ? [] : parsed(listed, path)
  const model = recordOf(record.model_info)
  return {
    evaluationId: textOf(record.evaluation_id),
    created: textOf(record.evaluation_timestamp) ?? textOf(record.retrieved_timestamp),
    library: { name: textOf(library?.name) ?? 'unknown', version: textOf(library?.version) },
    model: textOf(model?.name) ?? textOf(model?.id),
    results: list(record.evaluation_results).map(resultOf),
    rows: numberOf(detailed?.total_rows),
    unscored: list(unscored),
    planned: source?.planned_responses === undefined ? undefined : numberOf(Number(source.planned_responses)),
    ended: textOf(source?.ended),
    manifest: textOf(recordOf(detailed?.additional_details)?.run_manifest),
    provenance: Object.fromEntries(
      ['protocol_hash', 'journal_hash'].flatMap((key) => {
        const value = textOf(source?.[key])
        return value === undefined ? [] : [[key.replace('_hash', ''), value]]
      }),
    ),
  }
}

function resultOf(record: JsonRecord): AggregateResult {
  const metric = recordOf(record.metric_config)
  const details = recordOf(record.score_details)
  const uncertainty = recordOf(details?.uncertainty)
  const name = textOf(record.evaluation_name) ?? 'unnamed'
  return {
    id: textOf(record.evaluation_result_id),
    name,
    metric: textOf(metric?.metric_id) ?? textOf(metric?.metric_name) ?? textOf(metric?.metric_kind) ?? 'score',
    kind: textOf(metric?.metric_kind),
    lowerIsBetter: typeof metric?.lower_is_better === 'boolean' ? metric.lower_is_better : undefined,
    score: numberOf(details?.score),
    standardError: numberOf(recordOf(uncertainty?.standard_error)?.value),
    samples: numberOf(uncertainty?.num_samples),
  }
}

function list(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value)
    ? value.flatMap((each): readonly JsonRecord[] => {
        const record = recordOf(each)
        return record === undefined ? [] : [record]
      })
    : []
}

function parsed(text: string, path: string): unknown {
  try {
    return parseTolerantJson(text, { path, member: 'the record', byte: 0 })
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    const reason = String(error.values.reason ?? error.message)
    return fail('json-malformed', { path, at: 'the record', reason }, 'the file is damaged or cut off: fetch it again')
  }
}
