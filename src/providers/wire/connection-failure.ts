/** Why no complete answer came over the line. */
import type { CallFailure } from '../../domain/index.ts'
import { safeDetail } from './safe-detail.ts'

/** Codes of Node and undici. Anything else is told by its code alone: messages of errors may hold what was sent. */
export function connectionFailure(error: unknown, secrets: readonly string[]): CallFailure {
  const code = codeOf(error)
  const [words, retryable] = known[code] ?? [
    /^(CERT_|ERR_TLS|.*CERT)/.test(code) ? 'the certificate was refused' : 'the connection failed',
    !/CERT|TLS/.test(code),
  ]
  const cause =
    code.includes('TIMEOUT') || code === 'ETIMEDOUT'
      ? 'timeout'
      : code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE'
        ? 'malformed-response'
        : 'connection'
  return { cause, retryable, detail: safeDetail(code === '' ? words : `${words} (${code})`, secrets) }
}

const known: Readonly<Record<string, readonly [words: string, retryable: boolean]>> = {
  ECONNREFUSED: ['nothing listens at this address', true],
  ECONNRESET: ['the connection was reset', true],
  EPIPE: ['the connection was closed while sending', true],
  ENOTFOUND: ['the host name is not known', true],
  EAI_AGAIN: ['the host name could not be looked up', true],
  EHOSTUNREACH: ['the host cannot be reached', true],
  ENETUNREACH: ['the network cannot be reached', true],
  ETIMEDOUT: ['the connection timed out', true],
  UND_ERR_CONNECT_TIMEOUT: ['no connection in time', true],
  UND_ERR_SOCKET: ['the connection was closed before the answer was complete', true],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['the answer was shorter than announced', true],
  UND_ERR_RES_EXCEEDED_MAX_SIZE: ['the answer is larger than 64 MiB', false],
  HPE_INVALID_CONSTANT: ['the answer is not HTTP', true],
}

/** The innermost code: several addresses of one host fail together. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  if (!(error instanceof Error)) return ''
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return code !== '' && code !== 'UND_ERR' ? code : codeOf(error.cause)
}
