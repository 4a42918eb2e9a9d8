/**
 * One line of a samples file as a row. A line that assay exported names its scorer, technique, repeat, factors and attributes
 * in its metadata; of any other the evaluation is the task, and its metric the scorer.
 */
import { type MissingReason, missingReasons, type ObservationRow } from '../../domain/index.ts'
import { type JsonRecord, numberOf, recordOf, textOf } from '../files/json-access.ts'

export interface InstanceObservation {
  readonly row: Omit<ObservationRow, 'run' | 'source' | 'sourceRow'>
  /** Foreign key to a result of the aggregate. */
  readonly resultId: string | undefined
  readonly resultName: string
  /** Whether the line says itself which repeat it is. */
  readonly own: boolean
}

/** Undefined where the line lacks what every line must have: an item, an evaluation and an `evaluation` or an error. */
export function observationOf(
  line: JsonRecord,
  metricOf: (id: string | undefined, name: string) => string | undefined,
): InstanceObservation | undefined {
  const item = textOf(line.sample_id)
  const resultName = textOf(line.evaluation_name)
  const evaluation = recordOf(line.evaluation)
  const error = textOf(line.error)
  if (item === undefined || resultName === undefined || (evaluation === undefined && error === undefined))
    return undefined
  const metadata = recordOf(line.metadata)
  const resultId = textOf(line.evaluation_result_id)
  const usage = recordOf(line.token_usage)
  const shared = {
    item,
    // A call that failed is not a wrong answer, whatever number stands beside the error.
    score: error === undefined ? (numberOf(evaluation?.score) ?? 'not-scored') : reasonOf(error),
    latencyMs: numberOf(recordOf(line.performance)?.latency_ms),
  }
  const scorer = textOf(metadata?.scorer)
  const task = textOf(metadata?.task)
  const replicate = Number(metadata?.replicate)
  if (scorer !== undefined && task !== undefined && Number.isInteger(replicate) && replicate > 0) {
    return {
      ...{ own: true, resultId, resultName },
      row: {
        ...shared,
        ...{ task, scorer, replicate },
        model: textOf(metadata?.model) ?? textOf(line.model_id) ?? 'unnamed model',
        technique: textOf(metadata?.technique),
        cluster: typeof metadata?.cluster === 'string' ? metadata.cluster : undefined,
        answer: typeof metadata?.answer === 'string' ? metadata.answer : undefined,
        levels: prefixed(metadata, 'factor:'),
        attributes: prefixed(metadata, 'attribute:'),
        inputTokens: amount(metadata?.input_tokens),
        outputTokens: amount(metadata?.output_tokens),
        cost: amount(metadata?.cost_usd),
      },
    }
  }
  const [attribution] = Array.isArray(line.answer_attribution) ? line.answer_attribution.slice(-1) : []
  return {
    ...{ own: false, resultId, resultName },
    row: {
      ...shared,
      task: resultName,
      scorer: metricOf(resultId, resultName) ?? 'score',
      model: textOf(line.model_id) ?? 'unnamed model',
      answer: textOf(recordOf(attribution)?.extracted_value),
      itemHash: textOf(line.sample_hash),
      attributes: prefixed(metadata, ''),
      inputTokens: numberOf(usage?.input_tokens),
      outputTokens: numberOf(usage?.output_tokens),
    },
  }
}

function reasonOf(error: string): MissingReason {
  const known = missingReasons.find((reason) => reason === error)
  return known === undefined || known === 'scored' ? 'provider-error' : known
}

function amount(value: unknown): number | undefined {
  return typeof value === 'string' ? numberOf(Number(value)) : undefined
}

function prefixed(record: JsonRecord | undefined, prefix: string): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(record ?? {}))
    if (name.startsWith(prefix) && typeof value === 'string') texts[name.slice(prefix.length)] = value
  return texts
}
