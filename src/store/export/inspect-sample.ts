/** One sample of an Inspect log: a cell with its transcript as sent, and a target that fits what was shown. */
import {
  type AskedCall,
  type CellRecord,
  cellAt,
  type Item,
  lenientName,
  type MissingReason,
  type ModelRequest,
  type ModelResponse,
} from '../../domain/index.ts'
import type { AskedRun } from '../read-run.ts'
import { messagesOf, type ShownCell, shownCell } from './shown-cell.ts'

export type InspectSample = Readonly<Record<string, unknown>> & { readonly id: string; readonly epoch: number }

export interface InspectSampleOptions {
  readonly cell: AskedRun['cells'][number]
  readonly run: AskedRun
  readonly model: string
  readonly items: ReadonlyMap<string, Item>
}

export function inspectSample({ cell, run, model, items }: InspectSampleOptions): InspectSample {
  const { study } = run.start
  const place = cellAt(study, cell.index)
  const studyItem = study.items[place.item]
  const item = items.get(studyItem?.id ?? '')
  const shown = shownCell({ cell, item, asked: run.asked.get(cell.index) })
  const reply = { role: 'assistant', content: shown.text, source: 'generate', model }
  const usage = usageOf(cell)
  const seconds = cell.latencyMs === undefined ? undefined : cell.latencyMs / 1000
  const missing = Object.values(cell.scores).map(({ strict }) => strict.score)
  return {
    id: studyItem?.id ?? '',
    epoch: place.replicate,
    input: shown.question,
    ...(shown.choices === undefined ? {} : { choices: shown.choices }),
    target: shown.targets.length === 1 ? (shown.targets[0] ?? '') : shown.targets,
    messages: [...(shown.sent ?? []), reply],
    output: {
      model,
      choices: [
        {
          message: reply,
          stop_reason: cell.state === 'refused' ? 'content_filter' : cell.state === 'truncated' ? 'max_tokens' : 'stop',
        },
      ],
      ...(usage === undefined ? {} : { usage }),
      ...(seconds === undefined ? {} : { time: seconds }),
    },
    scores: scoresOf(cell, shown),
    metadata: {
      ...studyItem?.attributes,
      ...(studyItem?.cluster === undefined ? {} : { cluster: studyItem.cluster }),
    },
    store: storeOf(shown),
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

/** What Inspect has no place for: every call of a technique with several, and that a prompt is not known. */
function storeOf({ sent, calls }: ShownCell): Record<string, unknown> {
  return {
    ...(sent === undefined ? { assay_prompt: 'not rebuilt' } : {}),
    ...(calls.length === 0 ? {} : { assay_calls: calls.map(callOf) }),
  }
}

function callOf({ to, purpose, request, outcome }: AskedCall): Record<string, unknown> {
  return {
    ...{ model: to, purpose, messages: messagesOf(request), ...askedFor(request) },
    ...(outcome.kind === 'failure' ? { error: outcome.failure.cause } : told(outcome.response)),
  }
}

function askedFor(request: ModelRequest): Record<string, unknown> {
  return request.kind === 'chat' ? { decoding: request.decoding } : { continuations: request.continuations }
}

function told({ text, finish, usage, likelihoods }: ModelResponse): Record<string, unknown> {
  return { text, finish, usage, ...(likelihoods === undefined ? {} : { likelihoods }) }
}

function scoresOf({ scores }: CellRecord, shown: ShownCell): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [label, { strict, lenient }] of Object.entries(scores)) {
    for (const [name, reading] of [
      [label, strict],
      [lenientName(label), lenient],
    ] as const) {
      const reason = typeof reading.score === 'number' ? undefined : reasons[reading.score]
      result[name] = {
        // NaN says unscored: never 0, which would say wrong.
        value: typeof reading.score === 'number' ? reading.score : Number.NaN,
        ...(reading.answer === undefined ? {} : { answer: reading.answer }),
        // Answers are in canonical space, the same under every order and label of options; this is how it was shown.
        ...(reading.answer === undefined ? {} : { explanation: `shown as ${shown.answerAsShown(reading.answer)}` }),
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
