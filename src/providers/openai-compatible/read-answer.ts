/** Reads an answer of chat or completions. What is missing or impossible stays unknown; what is no answer is a failure. */
import type { CallFailure, ModelResponse, TokenChoice, Usage } from '../../domain/index.ts'
import type { HttpAnswer } from '../wire/http-client.ts'
import { countOf, countOrZeroOf, fieldOf, listOf, logProbabilityOf, recordOf, textOf } from '../wire/json-fields.ts'
import { errorWords, statusFailure } from '../wire/status-failure.ts'

export type Reading =
  | { readonly kind: 'response'; readonly response: ModelResponse }
  | { readonly kind: 'failure'; readonly failure: CallFailure }

/** JSON of a successful answer, or the failure it tells of. Some gateways send errors with status 200. */
export function readBody(
  answer: HttpAnswer,
  secrets: readonly string[],
):
  | { readonly kind: 'body'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failure'; readonly failure: CallFailure } {
  const { status, headers, text } = answer
  if (status !== 200) return { kind: 'failure', failure: statusFailure({ status, headers, body: text, secrets }) }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return malformed(text === '' ? 'the answer is empty' : 'the answer is no complete JSON')
  }
  const body = recordOf(parsed)
  if (body === undefined) return malformed('the answer is no JSON object')
  if (body.error !== undefined && body.error !== null) {
    const { code } = recordOf(body.error) ?? {}
    const inner = typeof code === 'number' && code >= 400 && code < 600 ? code : guessedStatus(errorWords(text).code)
    return { kind: 'failure', failure: statusFailure({ status: inner, headers, body: text, secrets }) }
  }
  return { kind: 'body', body }
}

export function readAnswer(answer: HttpAnswer, secrets: readonly string[]): Reading {
  const read = readBody(answer, secrets)
  if (read.kind === 'failure') return read
  const { body } = read
  const choice = recordOf(listOf(body.choices)?.[0])
  if (choice === undefined) return malformed('the answer has no choices')
  const message = recordOf(choice.message)
  const refusal = textOf(message?.refusal)
  const text = contentOf(message === undefined ? choice.text : message.content)
  if (text === undefined && refusal === undefined) return malformed('the choice has no text')
  const reason = textOf(choice.finish_reason)
  const refused = refusal !== undefined && refusal !== ''
  const firstToken = firstTokenOf(choice.logprobs)
  const servedBy = servedByOf(body)
  return {
    kind: 'response',
    response: {
      text: text === undefined || text === '' ? (refusal ?? '') : text,
      finish: refused ? 'refusal' : finishOf(reason),
      usage: usageOf(body.usage, text ?? ''),
      latencyMs: answer.latencyMs,
      attempts: 1,
      bodyHash: answer.bodyHash,
      ...(firstToken === undefined ? {} : { firstToken }),
      ...(servedBy === undefined ? {} : { servedBy }),
    },
  }
}

export function malformed(detail: string): { readonly kind: 'failure'; readonly failure: CallFailure } {
  return { kind: 'failure', failure: { cause: 'malformed-response', retryable: true, detail } }
}

/** Text, or the text parts of a list. `null` is no text: a reasoning model that was cut off before it answered. */
function contentOf(content: unknown): string | undefined {
  if (content === null) return ''
  const parts = listOf(content)
  if (parts === undefined) return textOf(content)
  return parts.map((part) => textOf(fieldOf(part, 'text')) ?? '').join('')
}

function finishOf(reason: string | undefined): ModelResponse['finish'] {
  switch (reason) {
    case 'stop':
    case 'eos':
    case 'eos_token':
    case 'end_turn':
    case 'stop_sequence':
      return 'stop'
    case 'length':
    case 'max_tokens':
    case 'model_length':
      return 'length'
    case 'content_filter':
    case 'refusal':
      return 'refusal'
    case 'tool_calls':
    case 'function_call':
    case 'tool_use':
      return 'tool'
    default:
      return 'unknown'
  }
}

/** Counts that cannot be are dropped: unknown is never zero, and budgets must not be settled with them. */
export function usageOf(value: unknown, text: string): Usage {
  const usage = recordOf(value)
  const completion = usage?.completion_tokens
  const entries = {
    inputTokens: countOf(usage?.prompt_tokens),
    outputTokens: text === '' ? countOrZeroOf(completion) : countOf(completion),
    cachedTokens: countOrZeroOf(fieldOf(usage?.prompt_tokens_details, 'cached_tokens')),
    reasoningTokens: countOrZeroOf(fieldOf(usage?.completion_tokens_details, 'reasoning_tokens')),
    cost: typeof usage?.cost === 'number' && usage.cost >= 0 && Number.isFinite(usage.cost) ? usage.cost : undefined,
  }
  return Object.fromEntries(Object.entries(entries).filter(([, amount]) => amount !== undefined))
}

/** Alternatives at the first token: `content[0].top_logprobs` of chat, `top_logprobs[0]` of completions. */
function firstTokenOf(value: unknown): readonly TokenChoice[] | undefined {
  const first = listOf(fieldOf(value, 'content'))?.[0]
  const chat = listOf(fieldOf(first, 'top_logprobs'))
  const pairs =
    chat === undefined
      ? Object.entries(recordOf(listOf(fieldOf(value, 'top_logprobs'))?.[0]) ?? {})
      : chat.map((choice) => [textOf(fieldOf(choice, 'token')), fieldOf(choice, 'logprob')] as const)
  const choices = pairs.flatMap(([token, logProbability]) => {
    const log = logProbabilityOf(logProbability)
    return token === undefined || log === undefined ? [] : [{ token, logProbability: log }]
  })
  return choices.length === 0 ? undefined : choices.sort((a, b) => b.logProbability - a.logProbability)
}

function servedByOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const parts = [textOf(body.model), textOf(body.system_fingerprint)].filter(
    (part) => part !== undefined && part !== '',
  )
  return parts.length === 0
    ? undefined
    : parts
        .join(' ')
        .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
        .slice(0, 200)
}

function guessedStatus(code: string): number {
  if (/rate_limit/.test(code)) return 429
  return /server_error|overloaded|internal|unavailable/i.test(code) ? 500 : 400
}
