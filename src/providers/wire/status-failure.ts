/** What an error answer means: the cause, and whether asking again may help. */
import type { CallFailure, FailureCause } from '../../domain/index.ts'
import { fieldOf, recordOf, textOf } from './json-fields.ts'
import { type Headers, retryAfterMs } from './retry-after.ts'
import { safeDetail } from './safe-detail.ts'

export interface ErrorAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  readonly secrets: readonly string[]
}

/**
 * Causes by what the body says where it says something, else by status. An account without credit answers 429 like a
 * busy one, but waiting does not help; it counts as an authentication failure, which ends a run.
 */
export function statusFailure({ status, headers, body, secrets }: ErrorAnswer): CallFailure {
  const { code, message } = errorWords(body)
  const { cause, retryable } = classify(status, code, message)
  const wait = retryable ? retryAfterMs(headers) : undefined
  const words = message === '' ? (code === '' ? plainWords(body) : code) : message
  const detail = safeDetail(words === '' ? `HTTP ${status}` : `HTTP ${status}: ${words}`, secrets)
  return { cause, retryable, detail, status, ...(wait === undefined ? {} : { retryAfterMs: wait }) }
}

interface Cause {
  readonly cause: FailureCause
  readonly retryable: boolean
}

/** Patterns over error codes and messages of the endpoints we know; first match counts. */
const said: readonly (readonly [RegExp, Cause])[] = [
  [/insufficient_quota|credit balance|billing|payment required/i, { cause: 'authentication', retryable: false }],
  [
    /context_length|context (length|window)|maximum context|prompt is too long|too many (input )?tokens|exceed\w* .{0,40}(context|token (limit|count))|input token count/i,
    { cause: 'context-length', retryable: false },
  ],
  [
    /content_filter|content_policy|responsibleai|content management policy|safety (system|filter)/i,
    { cause: 'content-filter', retryable: false },
  ],
  [
    /invalid_api_key|incorrect api key|api key not valid|api_key_invalid|authentication_error/i,
    { cause: 'authentication', retryable: false },
  ],
  [
    /model_not_found|model\b.{0,120}\b(does not exist|not found|is not supported|not available)|no such model|unknown model/i,
    { cause: 'unknown-model', retryable: false },
  ],
  [/overloaded_error/i, { cause: 'server-error', retryable: true }],
]

function classify(status: number, code: string, message: string): Cause {
  // Busy and broken servers word their errors freely; there the status counts first.
  if (status >= 500 && status !== 501) {
    return { cause: status === 504 || status === 524 ? 'timeout' : 'server-error', retryable: true }
  }
  const words = `${code} ${message}`
  const [, known] = said.find(([pattern]) => pattern.test(words)) ?? []
  if (status === 429) {
    return known?.cause === 'authentication' ? known : { cause: 'rate-limit', retryable: true }
  }
  return known ?? byStatus(status)
}

function byStatus(status: number): Cause {
  switch (status) {
    case 401:
    case 402:
    case 403:
      return { cause: 'authentication', retryable: false }
    case 404:
    case 405:
      return { cause: 'unknown-model', retryable: false }
    case 408:
      return { cause: 'timeout', retryable: true }
    case 409:
    case 425:
      return { cause: 'server-error', retryable: true }
    case 413:
      return { cause: 'context-length', retryable: false }
    default:
      return { cause: 'bad-request', retryable: false }
  }
}

/** Code and message of `{ error: { code, type, message } }`, `{ error: '…' }`, `{ message }` or `{ detail }`. */
export function errorWords(body: string): { readonly code: string; readonly message: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return { code: '', message: '' }
  }
  const outer = recordOf(Array.isArray(parsed) ? parsed[0] : parsed)
  const inner = recordOf(outer?.error) ?? outer
  const code = [inner?.code, inner?.type, inner?.status].filter((each) => typeof each === 'string').join(' ')
  const detail = fieldOf(outer?.detail, 'message') ?? outer?.detail
  return { code, message: textOf(inner?.message) ?? textOf(outer?.error) ?? textOf(detail) ?? '' }
}

/** A gateway's page without its markup; short bodies that are no JSON as they are. */
function plainWords(body: string): string {
  return body
    .slice(0, 2_000)
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
}
