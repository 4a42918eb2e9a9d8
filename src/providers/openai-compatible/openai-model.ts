/** A model behind an OpenAI-compatible endpoint: chat or completions, and likelihoods where the server can. */
import { createHash } from 'node:crypto'
import {
  type CallOutcome,
  type Capability,
  type ModelRequest,
  type ModelResponse,
  requestsOf,
  type Usage,
} from '../../domain/index.ts'
import { fail } from '../../stats/fail.ts'
import { type Model, type ProviderCall, proof } from '../provider.ts'
import { HttpClient } from '../wire/http-client.ts'
import { continuationOf, judgeEcho, probeText } from './echo-probe.ts'
import type { OpenaiOptions } from './openai-options.ts'
import { malformed, readAnswer, readBody, usageOf } from './read-answer.ts'
import { type EchoedToken, type OffsetUnit, readEcho } from './read-echo.ts'
import { echoBody, requestBody } from './request-body.ts'

export interface OpenaiModelInput {
  readonly endpoint: string
  /** `https://api.openai.com/v1`, without a slash at its end. */
  readonly baseUrl: string
  readonly model: string
  readonly key: string | undefined
  readonly options: OpenaiOptions
  readonly now: () => number
}

type LikelihoodRequest = Extract<ModelRequest, { kind: 'likelihood' }>
type Failure = Extract<CallOutcome, { kind: 'failure' }>

interface Echo {
  readonly kind: 'echo'
  readonly tokens: readonly EchoedToken[]
  readonly usage: Usage
  readonly bodyHash: string
}

/** What one call has sent so far. */
class Sending {
  readonly signal: AbortSignal
  requests = 0
  /** Of a proof. */
  usage: Usage = {}
  latencyMs = 0

  constructor(signal: AbortSignal) {
    this.signal = signal
  }
}

export class OpenaiModel implements Model {
  readonly endpoint: string
  readonly capabilities: ReadonlySet<Capability>
  readonly #client: HttpClient
  readonly #input: OpenaiModelInput
  readonly #chatUrl: string
  readonly #completionsUrl: string
  #proven = false
  #probe: Promise<{ readonly unit: OffsetUnit } | Failure> | undefined

  constructor(input: OpenaiModelInput) {
    const { endpoint, baseUrl, key, options, now } = input
    this.#input = input
    this.endpoint = endpoint
    this.capabilities = new Set(options.capabilities ?? ['chat', 'likelihood', 'log-probabilities', 'seed'])
    this.#completionsUrl = `${baseUrl}/completions`
    this.#chatUrl = options.api === 'chat' ? `${baseUrl}/chat/completions` : this.#completionsUrl
    const authorization: Readonly<Record<string, string>> =
      key === undefined ? {} : { [options.keyHeader]: options.keyHeader === 'authorization' ? `Bearer ${key}` : key }
    this.#client = new HttpClient({
      headers: { 'content-type': 'application/json', ...options.headers, ...authorization },
      timeoutMs: options.timeoutMs,
      now,
      secrets: key === undefined ? [] : [key],
    })
  }

  /** Proves that likelihoods can be had where a run needs them, before its first call. */
  async prepare(needs: ReadonlySet<Capability>, signal: AbortSignal): Promise<CallOutcome | undefined> {
    if (!needs.has('likelihood') || this.#proven) return undefined
    const sending = new Sending(signal)
    const unit = await this.#unit(sending)
    if (typeof unit !== 'string') return { ...unit, requests: sending.requests }
    const { latencyMs, usage } = sending
    const response: ModelResponse = { text: '', finish: 'stop', usage, latencyMs, attempts: 1 }
    return { kind: 'response', response, requests: sending.requests }
  }

  mostRequests(request: ModelRequest): number {
    const unproven = request.kind === 'likelihood' && !this.#proven
    return requestsOf(request) + (unproven ? proof.requests : 0)
  }

  async call({ request, signal, atOnce = 1 }: ProviderCall): Promise<CallOutcome> {
    if (request.kind === 'likelihood') {
      const sending = new Sending(signal)
      return { ...(await this.#likelihood(request, sending, atOnce)), requests: sending.requests }
    }
    const { model, options } = this.#input
    const answer = await this.#client.post({
      url: this.#chatUrl,
      body: requestBody({ model, request, options }),
      signal,
    })
    if (answer.kind === 'failure') return { ...answer, attempts: 1 }
    const read = readAnswer(answer, this.#client.secrets)
    return read.kind === 'response' ? read : { ...read, attempts: 1 }
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #likelihood(
    { prompt, continuations }: LikelihoodRequest,
    sending: Sending,
    atOnce: number,
  ): Promise<CallOutcome> {
    const unit = await this.#unit(sending)
    if (typeof unit !== 'string') return unit
    const started = this.#input.now()
    const texts = continuations.map((continuation) => prompt + continuation)
    const echoes = await this.#echoes(texts, sending, atOnce)
    if (!Array.isArray(echoes)) return echoes
    const likelihoods: NonNullable<ModelResponse['likelihoods']>[number][] = []
    const hash = createHash('sha256')
    for (const [index, { tokens, bodyHash }] of echoes.entries()) {
      const likelihood = continuationOf({ tokens, prompt, continuation: continuations[index] ?? '', unit })
      if (typeof likelihood === 'string')
        return { kind: 'failure', attempts: 1, failure: { cause: 'bad-request', retryable: false, detail: likelihood } }
      likelihoods.push(likelihood)
      hash.update(bodyHash)
    }
    const latencyMs = this.#input.now() - started
    const [bodyHash, usage] = [hash.digest('hex'), sumOf(echoes.map(({ usage }) => usage))]
    return {
      kind: 'response',
      response: { text: '', finish: 'stop', usage, likelihoods, latencyMs, attempts: 1, bodyHash },
    }
  }

  /** Each text by a request of its own, so many at a time; nothing more is sent once one has failed. */
  async #echoes(texts: readonly string[], sending: Sending, atOnce: number): Promise<Failure | Echo[]> {
    const echoes: Echo[] = []
    let failed: Failure | undefined
    let next = 0
    const work = async (): Promise<void> => {
      while (failed === undefined && next < texts.length) {
        const at = next++
        const echo = await this.#echo(texts[at] ?? '', sending)
        if (echo.kind === 'failure') failed ??= echo
        else echoes[at] = echo
      }
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, texts.length) }, work))
    return failed ?? echoes
  }

  async #echo(text: string, sending: Sending): Promise<Failure | Echo> {
    const read = await this.#echoBody(text, sending)
    if (read.kind === 'failure') return read
    const tokens = readEcho(read.body)
    if (typeof tokens === 'string') return { ...malformed(tokens), attempts: 1 }
    return { kind: 'echo', tokens, usage: usageOf(read.body.usage, text), bodyHash: read.bodyHash }
  }

  async #echoBody(
    text: string,
    sending: Sending,
  ): Promise<Failure | { kind: 'body'; body: Readonly<Record<string, unknown>>; bodyHash: string }> {
    const { model, options } = this.#input
    const body = echoBody({ model, text, extraBody: options.extraBody })
    sending.requests++
    const answer = await this.#client.post({ url: this.#completionsUrl, body, signal: sending.signal })
    if (answer.kind === 'failure') return { ...answer, attempts: 1 }
    sending.latencyMs += answer.latencyMs
    const read = readBody(answer, this.#client.secrets)
    return read.kind === 'failure' ? { ...read, attempts: 1 } : { ...read, bodyHash: answer.bodyHash }
  }

  /** Unit of the offsets, found out once. Failures of the line are passed on and the probe is made again next time. */
  async #unit(sending: Sending): Promise<OffsetUnit | Failure> {
    this.#probe ??= this.#runProbe(sending)
    const probed = await this.#probe
    this.#proven = 'unit' in probed
    if ('unit' in probed) return probed.unit
    this.#probe = undefined
    return probed
  }

  async #runProbe(sending: Sending): Promise<{ readonly unit: OffsetUnit } | Failure> {
    const first = await this.#echoBody(probeText, sending)
    if (first.kind === 'failure') return this.#probeFailed(first)
    const second = await this.#echoBody(probeText, sending)
    if (second.kind === 'failure') return this.#probeFailed(second)
    sending.usage = sumOf([first, second].map(({ body }) => usageOf(body.usage, probeText)))
    const judged = judgeEcho([first.body, second.body])
    return 'problem' in judged ? this.#refuse(judged.problem) : judged
  }

  /** No completions endpoint, or one that refuses echo: asking again would not help. */
  #probeFailed(failed: Failure): Failure {
    const { cause, detail } = failed.failure
    return cause === 'unknown-model' || cause === 'bad-request' ? this.#refuse(detail) : failed
  }

  #refuse(problem: string): never {
    fail(
      'likelihood-not-supported',
      { endpoint: this.endpoint, problem },
      'use a server that returns prompt log-probabilities (vLLM does), or another answer mode: letter or text',
    )
  }
}

function sumOf(usages: readonly Usage[]): Usage {
  const total: Record<string, number> = {}
  for (const field of ['inputTokens', 'outputTokens', 'cachedTokens', 'reasoningTokens', 'cost'] as const) {
    const amounts = usages.map((usage) => usage[field])
    // One unknown makes the sum unknown.
    if (amounts.length > 0 && amounts.every((amount) => amount !== undefined))
      total[field] = amounts.reduce((sum, amount) => sum + amount, 0)
  }
  return total
}
