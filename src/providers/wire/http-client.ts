/**
 * Posts JSON over kept-alive connections and returns the exact bytes, or why there are none.
 *
 * On undici's dispatcher: a call costs half of what it costs through `undici.request`, a sixth of `fetch`. Redirects are
 * not followed, so a key is sent to the address in the endpoint and nowhere else.
 */

import { hash } from 'node:crypto'
import { Agent } from 'undici'
import type { CallFailure } from '../../domain/index.ts'
import { AnswerCollector, type CollectedAnswer } from './answer-collector.ts'
import { connectionFailure } from './connection-failure.ts'
import type { Headers } from './retry-after.ts'
import { withoutSecrets } from './safe-detail.ts'
import { SharedAbort } from './shared-abort.ts'

export interface HttpClientOptions {
  readonly headers: Readonly<Record<string, string>>
  /** From sending to the last byte. */
  readonly timeoutMs: number
  readonly now: () => number
  /** Kept out of every detail and every answer. */
  readonly secrets: readonly string[]
}

export interface HttpCall {
  readonly url: string
  readonly body: string
  readonly signal: AbortSignal
  /** Beside those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

export interface HttpAnswer {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** SHA-256 of the bytes, hex. */
  readonly bodyHash: string
  readonly latencyMs: number
}

export interface HttpFailure {
  readonly kind: 'failure'
  readonly failure: CallFailure
}

const largestBody = 64 * 1024 * 1024

export class HttpClient {
  readonly #agent: Agent
  readonly #options: HttpClientOptions
  readonly #aborts = new SharedAbort()

  constructor(options: HttpClientOptions) {
    this.#options = options
    // Our own timer covers the whole call; those of the agent only see single phases of it.
    this.#agent = new Agent({
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: Math.min(30_000, options.timeoutMs),
      keepAliveTimeout: 20_000,
      maxResponseSize: largestBody,
    })
  }

  get secrets(): readonly string[] {
    return this.#options.secrets
  }

  async post(call: HttpCall): Promise<HttpAnswer | HttpFailure> {
    const { timeoutMs, now } = this.#options
    let late = false
    let collector: AnswerCollector | undefined
    const timer = setTimeout(() => {
      late = true
      collector?.abort(new Error('late'))
    }, timeoutMs)
    const leave = this.#aborts.join(call.signal, () => collector?.abort(new Error('aborted')))
    const started = now()
    try {
      const { status, headers, bytes } = await new Promise<CollectedAnswer>((resolve, reject) => {
        collector = new AnswerCollector(resolve, reject)
        if (call.signal.aborted) collector.abort(new Error('aborted'))
        else this.#send(call, collector)
      })
      const latencyMs = now() - started
      return {
        kind: 'answer',
        status,
        headers,
        text: withoutSecrets(bytes.toString('utf8'), this.#options.secrets),
        bodyHash: hash('sha256', bytes),
        latencyMs,
      }
    } catch (error) {
      if (call.signal.aborted)
        return { kind: 'failure', failure: { cause: 'aborted', retryable: false, detail: 'aborted' } }
      if (late) {
        const detail = `no complete answer within ${timeoutMs} ms`
        return { kind: 'failure', failure: { cause: 'timeout', retryable: true, detail } }
      }
      return { kind: 'failure', failure: connectionFailure(error, this.#options.secrets) }
    } finally {
      clearTimeout(timer)
      leave()
    }
  }

  #send({ url, body, headers: own }: HttpCall, collector: AnswerCollector): void {
    const { origin, pathname, search } = new URL(url)
    const { headers } = this.#options
    this.#agent.dispatch(
      {
        origin,
        path: pathname + search,
        method: 'POST',
        headers: own === undefined ? headers : { ...headers, ...own },
        body,
      },
      collector,
    )
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }
}
