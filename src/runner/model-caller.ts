/**
 * Calls one model: waits for its turn, reserves the budget, retries by cause, writes the outcome into the journal.
 *
 * Retried are rate limits, timeouts, lost connections, server errors and malformed answers; the endpoint's Retry-After is
 * obeyed up to an hour, else the pause doubles, with jitter from the seed. A wrong key, an unknown model, an endpoint that was
 * never reached and one that keeps failing end the run: asking ten thousand times more would not help.
 */
import {
  type CallFailure,
  type CallOutcome,
  type CallRecord,
  contentHash,
  costsNothing,
  type ModelRequest,
  type ModelResponse,
  type Purpose,
  pause,
  requestsOf,
  type Usage,
} from '../domain/index.ts'
import type { Model } from '../providers/provider.ts'
import type { Random } from '../random/index.ts'
import { believedUsage, usageLimits } from './believed-usage.ts'
import { CallAbandoned } from './call-abandoned.ts'
import { cost, largestCharge, settledCharge } from './call-charge.ts'
import type { CallSlots } from './call-slots.ts'
import type { Charge, LargestCharge, Price } from './charge.ts'
import { type EndpointErrorCode, endpointError } from './endpoint-error.ts'
import type { EndpointGate } from './endpoint-gate.ts'
import { type FailureStreak, mayBeTheEndpoint } from './failure-streak.ts'
import { pauseMs } from './pause-before-retry.ts'
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
  readonly slots: CallSlots
  readonly budget: RunBudget
  readonly attempts: number
  readonly record: (record: CallRecord) => void
  readonly streak: FailureStreak
  readonly retried: (retry: Retry) => void
  /** Ends waiting: what has not been sent is not sent any more. */
  readonly closed: AbortSignal
  /** Ends calls under way. */
  readonly cut: AbortSignal
}

export interface Retry {
  readonly waitMs: number
  /** Of the cell. */
  readonly index: number
  /** Requests that its further attempts may make. */
  readonly mayStillMake: number
}

/** An endpoint that asks for more than this is not waited for. */
const longestPauseMs = 3_600_000

export class ModelCaller {
  readonly #options: CallerOptions
  #answered = 0
  #lastFailure: CallFailure | undefined

  constructor(options: CallerOptions) {
    this.#options = options
  }

  get options(): CallerOptions {
    return this.#options
  }

  async call(asked: CallRequest): Promise<CallOutcome> {
    const { budget, model, price, streak, slots } = this.#options
    const most = largestCharge({
      request: asked.request,
      requests: model.mostRequests?.(asked.request) ?? requestsOf(asked.request),
      price,
      bounded: budget.boundsTokens,
    })
    const charged = { requests: 0, tokens: 0, usd: 0 }
    const { outcome, error } = await slots.hold(placeOf(asked), () => this.#attempts(asked, most, charged))
    const { done, disbelieved } = this.#believed(outcome, most)
    // Paid attempts are on the bill whatever became of the call.
    this.#record({ asked, outcome: done, charged, disbelieved })
    if (error !== undefined) throw error
    if (done.kind === 'response') streak.answer()
    else if (done.failure.cause === 'aborted') throw new CallAbandoned()
    else if (mayBeTheEndpoint(done.failure.cause) && streak.fail()) throw this.#broken(done.failure)
    if (done.kind === 'failure') this.#lastFailure = done.failure
    return done
  }

  /** What to throw where calls failed and no answer ever came. */
  brokenSince(): Error {
    if (this.#lastFailure === undefined) throw new Error('no call of this model has failed')
    return this.#broken(this.#lastFailure)
  }

  #broken(failure: CallFailure): Error {
    return endpointError('endpoint-keeps-failing', this.#options, { failure, inARow: this.#options.streak.length })
  }

  async #attempts(
    asked: CallRequest,
    most: LargestCharge,
    charged: { requests: number; tokens: number; usd: number },
  ): Promise<{ readonly outcome: CallOutcome; readonly error?: unknown }> {
    const { attempts, retried, closed } = this.#options
    let jitter: Random | undefined
    let last: CallFailure | undefined
    for (let attempt = 1; ; attempt++) {
      let outcome: CallOutcome
      try {
        outcome = await this.#attempt(asked, most, charged)
      } catch (error) {
        if (charged.requests === 0) throw error
        // What was sent is paid for, whatever became of it.
        const failure = last ?? { cause: 'bad-request', retryable: false, detail: 'the call broke off' }
        return { outcome: { kind: 'failure', failure, attempts: Math.max(1, attempt - 1) }, error }
      }
      if (outcome.kind === 'response') {
        this.#answered++
        return { outcome: { kind: 'response', response: { ...outcome.response, attempts: attempt } } }
      }
      const { failure } = outcome
      const failed: CallOutcome = { kind: 'failure', failure, attempts: attempt }
      const code = this.#endOfRun(failure, attempt)
      if (code !== undefined) return { outcome: failed, error: endpointError(code, this.#options, { failure }) }
      if (!failure.retryable || attempt >= attempts) return { outcome: failed }
      last = failure
      jitter ??= asked.random().split('pause')
      const wait = pauseMs({ failure, attempt, jitter })
      retried({
        waitMs: wait,
        index: asked.place.index,
        mayStillMake: (attempts - attempt) * requestsOf(asked.request),
      })
      await pause(wait, closed)
    }
  }

  /** What costs nothing says what it likes of tokens: nobody pays by it. */
  #believed(outcome: CallOutcome, most: LargestCharge): { done: CallOutcome; disbelieved?: Usage | undefined } {
    const { model, price } = this.#options
    if (outcome.kind === 'failure') return { done: outcome }
    const { text } = outcome.response
    const { response, disbelieved } = costsNothing(model.endpoint)
      ? { response: outcome.response, disbelieved: undefined }
      : believedUsage(outcome.response, usageLimits({ most, text, price }))
    return { done: { kind: 'response', response: priced(response, price) }, disbelieved }
  }

  #record(done: {
    readonly asked: CallRequest
    readonly outcome: CallOutcome
    readonly charged: Charge
    readonly disbelieved: Usage | undefined
  }): void {
    const { asked, outcome, charged, disbelieved } = done
    const { requests, tokens, usd } = charged
    const attempts = outcome.kind === 'response' ? outcome.response.attempts : outcome.attempts
    this.#options.record({
      kind: 'call',
      index: asked.place.index,
      cell: asked.place.key,
      model: this.#options.name,
      purpose: asked.purpose,
      sequence: asked.sequence,
      request: asked.hash,
      ...(asked.share === undefined ? {} : { share: asked.share }),
      attempts,
      ...(requests === attempts ? {} : { requests }),
      charged: { tokens, usd },
      ...(disbelieved === undefined ? {} : { disbelieved }),
      ...(outcome.kind === 'response' ? { response: outcome.response } : { failure: outcome.failure }),
    })
  }

  async #attempt(
    asked: CallRequest,
    most: LargestCharge,
    charged: { requests: number; tokens: number; usd: number },
  ): Promise<CallOutcome> {
    const { model, gate, budget, price, closed, cut: signal } = this.#options
    const passage = await gate.enter({ ...most, place: placeOf(asked) })
    let fate: 'fine' | 'overloaded' | 'failed' = 'failed'
    try {
      const reservation = await budget.reserve(
        { calls: most.requests, tokens: most.tokens, usd: most.usd },
        placeOf(asked),
      )
      let settled: Charge = most
      try {
        if (closed.aborted) {
          settled = { requests: 0, tokens: 0, usd: 0 }
          throw new CallAbandoned()
        }
        const { itemId, levels, technique, replicate } = asked.place
        const outcome = await model.call({
          request: asked.request,
          signal,
          atOnce: passage.atOnce,
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
        const requests = outcome.requests ?? requestsOf(asked.request)
        settled = settledCharge({ outcome, requests, price, most })
        fate = fateOf(outcome)
        return outcome
      } finally {
        const { requests, tokens, usd } = settled
        reservation.settle({ calls: requests, tokens, usd })
        charged.requests += requests
        charged.tokens += tokens
        charged.usd += usd
      }
    } finally {
      passage.leave(fate)
    }
  }

  /** An endpoint that has never answered is not there; one that has may come back. */
  #endOfRun({ cause, retryAfterMs }: CallFailure, attempt: number): EndpointErrorCode | undefined {
    if (cause === 'authentication') return 'key-refused'
    if (cause === 'unknown-model') return 'model-unknown-to-endpoint'
    if (cause === 'connection' && this.#answered === 0 && attempt >= 3) return 'endpoint-not-reachable'
    return (retryAfterMs ?? 0) > longestPauseMs ? 'endpoint-asks-to-wait-long' : undefined
  }
}

/** In the order of the run: what is made again, or belongs to a cell that has begun, goes before younger cells. */
function placeOf({ place }: CallRequest): number {
  return Math.abs(place.index)
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
