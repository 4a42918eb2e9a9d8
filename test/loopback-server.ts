/**
 * A real HTTP server on the loopback that speaks the OpenAI, Anthropic and Google protocols and fails by script.
 *
 * It scores text with a small model of letters, so that log-probabilities are lawful: they depend on the text, rise with
 * likely letters, and every completion scores the same when asked again.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  anthropicAnswer,
  chatAnswer,
  completionsAnswer,
  googleAnswer,
  type LoopbackAnswer,
} from './loopback-answers.ts'

export type Fault =
  | 'none'
  | 'rate-limit'
  | 'rate-limit-ms'
  | 'rate-limit-date'
  | 'quota'
  | 'server-error'
  | 'html-error'
  | 'overloaded'
  | 'timeout'
  | 'reset'
  | 'reset-mid-body'
  | 'half-json'
  | 'malformed-json'
  | 'empty-body'
  | 'no-choices'
  | 'error-in-200'
  | 'wrong-usage'
  | 'no-usage'
  | 'absurd-usage'
  | 'wrong-key'
  | 'unknown-model'
  | 'unknown-path'
  | 'bad-request'
  | 'context-length'
  | 'content-filter'
  | 'refusal'
  | 'length'
  | 'null-content'
  | 'redirect'
  | 'huge-header-key'

/** How completions treat `echo`. `ignored`: accepted, and only what was generated is returned. */
export type EchoManner = 'honest' | 'ignored' | 'constant' | 'unstable' | 'no-null' | 'shifted'

export interface LoopbackOptions {
  readonly latencyMs?: number
  /** Fault of the n-th request, counted from 1. */
  readonly fault?: (request: number) => Fault
  readonly echo?: EchoManner
  /** Key that is accepted; any where absent. */
  readonly key?: string
}

export interface ReceivedRequest {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly received: readonly ReceivedRequest[]
  readonly requests: number
  /** Most requests that were in work at one time. */
  readonly peak: number
  readonly sockets: number
  close(): Promise<void>
}

export async function startLoopbackServer(options: LoopbackOptions = {}): Promise<LoopbackServer> {
  const received: ReceivedRequest[] = []
  const open = new Set<Socket>()
  let requests = 0
  let working = 0
  let peak = 0
  let sockets = 0
  const server = createServer((incoming, response) => {
    const number = ++requests
    peak = Math.max(peak, ++working)
    response.on('close', () => working--)
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      // Only the first are kept: a benchmark sends many.
      if (received.length < 1_000) received.push({ path: incoming.url ?? '', headers: incoming.headers, body })
      const answer = (): void => respond({ incoming, response, body, number, options })
      if (options.latencyMs === undefined || options.latencyMs === 0) answer()
      else setTimeout(answer, options.latencyMs)
    })
  })
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket) => {
    sockets++
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((listening) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, listening))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    get requests() {
      return requests
    },
    get peak() {
      return peak
    },
    get sockets() {
      return sockets
    },
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy()
        server.close(() => closed())
      }),
  }
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly body: string
  readonly number: number
  readonly options: LoopbackOptions
}

function respond(exchange: Exchange): void {
  const { incoming, response, body, number, options } = exchange
  const given = String(
    incoming.headers.authorization ?? incoming.headers['x-api-key'] ?? incoming.headers['x-goog-api-key'] ?? '',
  ).replace('Bearer ', '')
  const fault = options.fault?.(number) ?? 'none'
  if (fault === 'wrong-key' || (options.key !== undefined && given !== options.key)) {
    const message = `Incorrect API key provided: ${given}.`
    send(response, 401, errorBody('authentication_error', message, 'invalid_api_key'))
    return
  }
  if (faultAnswer({ response, fault, given })) return
  const answer = answerOf({ path: incoming.url ?? '', body, fault, echo: options.echo ?? 'honest', number })
  const text = JSON.stringify(answer)
  if (answer === undefined) {
    send(response, 404, errorBody('invalid_request_error', 'no such path', 'not_found'))
  } else if (fault === 'reset-mid-body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy())
  } else {
    send(response, 200, fault === 'half-json' ? text.slice(0, text.length / 2) : text)
  }
}

function answerOf(asked: {
  readonly path: string
  readonly body: string
  readonly fault: Fault
  readonly echo: EchoManner
  readonly number: number
}): LoopbackAnswer | undefined {
  const { path, fault, echo, number } = asked
  const body = JSON.parse(asked.body) as Record<string, unknown>
  if (path.endsWith('/chat/completions')) return chatAnswer(body, fault)
  if (path.endsWith('/completions')) return completionsAnswer(body, { echo, number })
  if (path.endsWith('/messages')) return anthropicAnswer(body, fault)
  if (path.includes(':generateContent')) return googleAnswer(body, fault)
  return undefined
}

/** Faults that need no answer of a model; says whether one was sent. */
function faultAnswer(input: {
  readonly response: ServerResponse
  readonly fault: Fault
  readonly given: string
}): boolean {
  const { response, fault, given } = input
  const limited = errorBody('rate_limit_error', 'slow down', 'rate_limit_exceeded')
  const sent = (status: number, text: string, headers: Record<string, string> = {}): boolean => {
    send(response, status, text, headers)
    return true
  }
  switch (fault) {
    case 'rate-limit':
      return sent(429, limited, { 'retry-after': '2' })
    case 'rate-limit-ms':
      return sent(429, limited, { 'retry-after-ms': '20', 'retry-after': '1' })
    case 'rate-limit-date':
      return sent(429, limited, {
        date: 'Mon, 23 Nov 2026 10:00:00 GMT',
        'retry-after': 'Mon, 23 Nov 2026 10:00:07 GMT',
      })
    case 'quota':
      return sent(429, errorBody('insufficient_quota', 'You exceeded your current quota', 'insufficient_quota'))
    case 'server-error':
      return sent(500, errorBody('server_error', 'it broke \u0007\u001b[31mbadly'))
    case 'html-error':
      return sent(502, '<html><head><style>b{}</style></head><body><h1>Bad gateway</h1></body></html>')
    case 'overloaded':
      return sent(529, errorBody('overloaded_error', 'Overloaded'))
    case 'timeout':
      return true
    case 'reset':
      response.socket?.destroy()
      return true
    case 'malformed-json':
      return sent(200, 'OK, here you go: {"choices"')
    case 'empty-body':
      return sent(200, '')
    case 'no-choices':
      return sent(200, '{"object":"chat.completion","choices":[],"content":[],"candidates":[]}')
    case 'error-in-200':
      return sent(200, '{"error":{"code":429,"message":"upstream is busy"}}')
    case 'unknown-model':
      return sent(404, errorBody('not_found_error', 'The model `nobody` does not exist', 'model_not_found'))
    case 'unknown-path':
      return sent(404, '<html>Not Found</html>')
    case 'bad-request':
      return sent(400, errorBody('invalid_request_error', "'temperature' must be at most 2"))
    case 'context-length':
      return sent(
        400,
        errorBody(
          'invalid_request_error',
          'prompt is too long: 9000 tokens > 4096 maximum context length',
          'context_length_exceeded',
        ),
      )
    case 'content-filter':
      return sent(400, errorBody('invalid_request_error', 'The response was filtered', 'content_filter'))
    case 'redirect':
      return sent(307, '', { location: 'http://127.0.0.1:1/elsewhere' })
    case 'huge-header-key':
      return sent(
        400,
        `your request was: Authorization: Bearer ${given}, x-api-key=${given}; key ${given.slice(0, 12)}…`,
      )
    default:
      return false
  }
}

function send(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}

function errorBody(type: string, message: string, code?: string): string {
  return JSON.stringify({ type: 'error', error: { type, message, code: code ?? null, status: code } })
}
