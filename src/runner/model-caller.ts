/**
 * Calls one model: waits for its turn, reserves the budget, retries by cause, writes the outcome into the journal.
 *
 * Retried are rate limits, timeouts, lost connections, server errors and malformed answers; the endpoint's Retry-After is
 * obeyed, else the pause doubles, with jitter from the seed. A wrong key, an unknown model and an endpoint that was never
 * reached end the run: asking ten thousand times more would not help.
 */
import {
  type CallFailure,
  type CallOutcome,
  type CallRecord,
  contentHash,
  type ModelRequest,
  type ModelResponse,
  type Purpose,
  pause,
} from '../domain/index.ts'
import type { Model } from '../providers/provider.ts'
import type { Random } from '../random/index.ts'
import { AssayError } from '../stats/index.ts'
import { cost, largestCharge, type Price, settledCharge } from './call-charge.ts'
import type { EndpointGate } from './endpoint-gate.ts'
import type { RunBudget } from './run-budget.ts'

export interface CallPlace {
  readonly index: number
  readonly key: string
  readonly itemId: string
  readonly levels: Readonly<Record<string, string>>
  readonly technique: string
  readonly replicate: number
}

export interface CallRequest {
  readonly request: ModelRequest
  /** `requestHash` of the request. */
  readonly hash: string
  readonly purpose: Purpose
  readonly sequence: number
  readonly place: CallPlace
  readonly share: string | undefined
  /** Path of the call's own stream: what a simulated model draws from. */
  readonly seedPath: string
  /** The stream itself, for the jitter of pauses. */
  readonly random: () => Random
}

export interface CallerOptions {
  readonly name: string
  readonly model: Model
  readonly price: Price | undefined
  readonly gate: EndpointGate
  readonly budget: RunBudget
  readonly attempts: number
  readonly record: (record: CallRecord) => void
  readonly retried: (failure: CallFailure) => void
  /** Ends waiting and calls under way. */
  readonly signal: AbortSignal
}

/** Thrown where the run ends before the call was made; its cell stays open. */
export class CallAbandoned extends Error {
  constructor() {
    super('the run ended before the call was made')
  }
}

const fatal: ReadonlySet<string> = new Set(['authentication', 'unknown-model'])
const longestPauseMs = 600_000

export class ModelCaller {
  readonly #options: CallerOptions
  #answered = 0

  constructor(options: CallerOptions) {
    this.#options = options
  }

  get options(): CallerOptions {
    return this.#options
  }

  async call(asked: CallRequest): Promise<CallOutcome> {
    const { name, budget, attempts, record, retried, signal } = this.#options
    const most = largestCharge({ request: asked.request, price: this.#options.price, bounded: budget.boundsTokens })
    const charged = { tokens: 0, usd: 0 }
    let jitter: Random | undefined
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw new CallAbandoned()
      const outcome = await this.#attempt(asked, most, charged)
      if (outcome.kind === 'response') this.#answered++
      else if (outcome.failure.cause === 'aborted') throw new CallAbandoned()
      else if (this.#endsRun(outcome.failure, attempt)) throw this.#runError(outcome.failure)
      else if (outcome.failure.retryable && attempt < attempts) {
        retried(outcome.failure)
        jitter ??= asked.random().split('pause')
        const wait = pauseMs({ failure: outcome.failure, attempt, jitter })
        if (wait <= longestPauseMs) {
          await pause(wait, signal)
          continue
        }
      }
      const done: CallOutcome =
        outcome.kind === 'response'
          ? { kind: 'response', response: { ...priced(outcome.response, this.#options.price), attempts: attempt } }
          : { ...outcome, attempts: attempt }
      record({
        kind: 'call',
        index: asked.place.index,
        cell: asked.place.key,
        model: name,
        purpose: asked.purpose,
        sequence: asked.sequence,
        request: asked.hash,
        ...(asked.share === undefined ? {} : { share: asked.share }),
        attempts: attempt,
        charged,
        ...(done.kind === 'response' ? { response: done.response } : { failure: done.failure }),
      })
      return done
    }
  }

  async #attempt(
    asked: CallRequest,
    most: { readonly tokens: number; readonly usd: number },
    charged: { tokens: number; usd: number },
  ): Promise<CallOutcome> {
    const { model, gate, budget, price, signal } = this.#options
    const passage = await gate.enter(most.tokens)
    let fate: 'fine' | 'overloaded' | 'failed' = 'failed'
    try {
      if (signal.aborted) throw new CallAbandoned()
      const reservation = await budget.reserve({ calls: 1, ...most })
      let settled = { tokens: most.tokens, usd: most.usd }
      try {
        const { itemId, levels, technique, replicate } = asked.place
        const outcome = await model.call({
          request: asked.request,
          signal,
          cell: {
            itemId,
            levels,
            technique,
            replicate,
            purpose: asked.purpose,
            sequence: asked.sequence,
            seedPath: asked.seedPath,
          },
        })
        settled = settledCharge({ outcome, price, most })
        fate = fateOf(outcome)
        return outcome
      } finally {
        reservation.settle({ calls: 1, ...settled })
        charged.tokens += settled.tokens
        charged.usd += settled.usd
      }
    } finally {
      passage.leave(fate)
    }
  }

  /** An endpoint that has never answered is not there; one that has may come back. */
  #endsRun({ cause }: CallFailure, attempt: number): boolean {
    return fatal.has(cause) || (cause === 'connection' && this.#answered === 0 && attempt >= 3)
  }

  #runError({ cause, detail }: CallFailure): AssayError {
    const { name, model } = this.#options
    const values = { model: name, endpoint: model.endpoint, detail }
    const [code, fix] =
      cause === 'authentication'
        ? ['key-refused', 'set the environment variable with the key of this endpoint, then resume the run']
        : cause === 'unknown-model'
          ? ['model-unknown-to-endpoint', 'check the name of the model after the # or colon of its endpoint']
          : ['endpoint-not-reachable', 'check that the server runs at this address, then resume the run']
    return new AssayError({
      code,
      message: `${code.replaceAll('-', ' ')}: ${name} at ${model.endpoint}: ${detail}`,
      values,
      fix,
    })
  }
}

/** 128 bits of the content hash: enough to tell requests apart, half as long in the journal. */
export function requestHash(request: ModelRequest): string {
  return contentHash(request).slice(0, 32)
}

/** Cost by the declared price, where the endpoint does not say what it charged. */
function priced(response: ModelResponse, price: Price | undefined): ModelResponse {
  const { inputTokens, outputTokens, cost: charged } = response.usage
  if (price === undefined || charged !== undefined || inputTokens === undefined || outputTokens === undefined)
    return response
  return { ...response, usage: { ...response.usage, cost: cost(price, inputTokens, outputTokens) } }
}

function fateOf(outcome: CallOutcome): 'fine' | 'overloaded' | 'failed' {
  if (outcome.kind === 'response') return 'fine'
  const { cause, status } = outcome.failure
  return cause === 'rate-limit' || cause === 'timeout' || status === 503 || status === 529 ? 'overloaded' : 'failed'
}

/** What the endpoint asked for, else ½ s doubled with each attempt up to 30 s, of which a random half is waited. */
function pauseMs({
  failure,
  attempt,
  jitter,
}: {
  readonly failure: CallFailure
  readonly attempt: number
  readonly jitter: Random
}): number {
  const backoff = Math.min(30_000, 500 * 2 ** (attempt - 1)) * (0.5 + 0.5 * jitter.uniform())
  return Math.max(backoff, failure.retryAfterMs ?? 0)
}
