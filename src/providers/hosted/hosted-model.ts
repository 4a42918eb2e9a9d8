/**
 * A model behind the AI SDK, for protocols that we do not speak ourselves.
 *
 * The SDK is an optional peer, loaded when such a model is opened. It retries nothing here, and it reaches the network
 * through our own client: exact bytes are hashed, connections kept, failures told by the same rules.
 */
import type { generateText as GenerateText, JSONValue, LanguageModel } from 'ai'
import type { CallFailure, CallOutcome, Capability, ModelRequest, ModelResponse, Usage } from '../../domain/index.ts'
import type { Model, ProviderCall } from '../provider.ts'
import { type HttpAnswer, HttpClient } from '../wire/http-client.ts'
import { countOf, countOrZeroOf, recordOf, textOf } from '../wire/json-fields.ts'
import { statusFailure } from '../wire/status-failure.ts'
import { type Exchange, fetchThrough } from './fetch-through.ts'

export interface HostedModelInput {
  readonly endpoint: string
  readonly generateText: typeof GenerateText
  /** A model that uses the given `fetch`. */
  readonly languageModel: (fetch: typeof globalThis.fetch) => LanguageModel
  readonly key: string
  readonly timeoutMs: number
  /** Options of the SDK's provider, by provider name; where effort goes is up to it. */
  readonly providerOptions: (effort: string | undefined) => Record<string, Record<string, JSONValue>>
  readonly takesSeed: boolean
  readonly now: () => number
}

type ChatRequest = Extract<ModelRequest, { kind: 'chat' }>

export class HostedModel implements Model {
  readonly endpoint: string
  readonly capabilities: ReadonlySet<Capability>
  readonly #input: HostedModelInput
  readonly #client: HttpClient

  constructor(input: HostedModelInput) {
    const { endpoint, timeoutMs, now, key, takesSeed } = input
    this.#input = input
    this.endpoint = endpoint
    this.capabilities = new Set<Capability>(takesSeed ? ['chat', 'seed'] : ['chat'])
    this.#client = new HttpClient({ headers: {}, timeoutMs, now, secrets: [key] })
  }

  async call({ request, signal }: ProviderCall): Promise<CallOutcome> {
    if (request.kind === 'likelihood') {
      const detail = 'this provider gives no log-probabilities of a prompt'
      return { kind: 'failure', attempts: 1, failure: { cause: 'bad-request', retryable: false, detail } }
    }
    if (signal.aborted) return failed({ cause: 'aborted', retryable: false, detail: 'aborted' })
    const exchange: Exchange = { answer: undefined, failure: undefined }
    try {
      const model = this.#input.languageModel(fetchThrough(this.#client, exchange))
      const result = await this.#input.generateText({
        model,
        ...this.#asked(request),
        maxRetries: 0,
        abortSignal: signal,
      })
      const answer = exchange.answer
      if (answer === undefined) return failed({ cause: 'connection', retryable: true, detail: 'nothing was sent' })
      const ignored = ignoredSettings(result)
      if (ignored !== undefined) return failed({ cause: 'bad-request', retryable: false, detail: ignored })
      return { kind: 'response', response: responseOf(result, answer) }
    } catch (error) {
      return failed(this.#failureOf(error, exchange))
    }
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  #asked({ messages, decoding }: ChatRequest) {
    const { temperature, topP, maxTokens, seed, stop, effort } = decoding
    const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
    return {
      ...(system.length === 0 ? {} : { instructions: system.join('\n\n') }),
      messages: messages.flatMap(({ role, content }) => (role === 'system' ? [] : [{ role, content }])),
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { topP }),
      ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
      ...(seed === undefined || !this.#input.takesSeed ? {} : { seed }),
      ...(stop === undefined || stop.length === 0 ? {} : { stopSequences: [...stop] }),
      providerOptions: this.#input.providerOptions(effort),
    }
  }

  /** What our client saw counts; errors of the SDK repeat the request, so their messages are not used. */
  #failureOf(error: unknown, { answer, failure }: Exchange): CallFailure {
    if (failure !== undefined) return failure
    if (answer !== undefined && answer.status !== 200) {
      const { status, headers, text } = answer
      return statusFailure({ status, headers, body: text, secrets: this.#client.secrets })
    }
    if (answer !== undefined) {
      return { cause: 'malformed-response', retryable: true, detail: 'the answer has not the shape of this protocol' }
    }
    const name = error instanceof Error ? error.name.replaceAll(/[^A-Za-z_]/g, '').slice(0, 60) : 'unknown'
    return { cause: 'bad-request', retryable: false, detail: `the request could not be made (${name})` }
  }
}

/** A setting that was silently left out would make the levels of a decoding factor the same; better no answer. */
function ignoredSettings({ warnings }: Result): string | undefined {
  const features = (warnings ?? []).flatMap((warning) => (warning.type === 'unsupported' ? [warning.feature] : []))
  return features.length === 0 ? undefined : `this model does not take: ${features.join(', ')}`
}

function failed(failure: CallFailure): CallOutcome {
  return { kind: 'failure', failure, attempts: 1 }
}

type Result = Awaited<ReturnType<typeof GenerateText>>

function responseOf(result: Result, answer: HttpAnswer): ModelResponse {
  const { text, finishReason, rawFinishReason } = result
  const servedBy = servedByOf(answer)
  const refused = finishReason === 'content-filter' || rawFinishReason === 'refusal'
  return {
    text,
    finish: refused ? 'refusal' : finishOf(finishReason),
    usage: usageOf(result),
    latencyMs: answer.latencyMs,
    attempts: 1,
    bodyHash: answer.bodyHash,
    ...(servedBy === undefined ? {} : { servedBy }),
  }
}

/** As the endpoint says it; where it does not, the SDK would repeat the name that was asked for. */
function servedByOf({ text }: HttpAnswer): string | undefined {
  const body = recordOf(JSON.parse(text))
  const served = textOf(body?.model) ?? textOf(body?.modelVersion)
  return served?.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200)
}

function finishOf(reason: string): ModelResponse['finish'] {
  switch (reason) {
    case 'stop':
    case 'length':
      return reason
    case 'tool-calls':
      return 'tool'
    default:
      return 'unknown'
  }
}

/** The SDK turns missing counts into zero or leaves them out; neither is a count of a call that was answered. */
function usageOf({ usage, text }: Result): Usage {
  const entries = {
    inputTokens: countOf(usage.inputTokens),
    outputTokens: text === '' ? countOrZeroOf(usage.outputTokens) : countOf(usage.outputTokens),
    cachedTokens: countOf(usage.inputTokenDetails?.cacheReadTokens),
    reasoningTokens: countOf(usage.outputTokenDetails?.reasoningTokens),
  }
  return Object.fromEntries(Object.entries(entries).filter(([, amount]) => amount !== undefined))
}
