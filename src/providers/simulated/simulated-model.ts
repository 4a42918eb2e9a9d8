/** A model whose truth is planted: it answers the prompt it is shown, as likely rightly as its options say. */

import type { CallFailure, CallOutcome, ModelRequest, ModelResponse, Usage } from '../../domain/index.ts'
import { contentHash, pause } from '../../domain/index.ts'
import { openRandom, type Random } from '../../random/index.ts'
import { fail } from '../../stats/fail.ts'
import type { Model, ProviderCall } from '../provider.ts'
import { judgeReply } from './judge-reply.ts'
import { type PlannedReply, planReply } from './plan-reply.ts'
import { likelihoodsOf } from './planted-likelihoods.ts'
import { PlantedTruth } from './planted-truth.ts'
import { type OptionReader, openOptionReader } from './shown-options.ts'
import type { PlantedItem, SimulatedOptions } from './simulated-options.ts'

export interface SimulatedModelInput {
  readonly endpoint: string
  readonly seed: string
  readonly options: SimulatedOptions
}

export class SimulatedModel implements Model {
  readonly endpoint: string
  readonly capabilities: Model['capabilities']
  readonly #options: SimulatedOptions
  readonly #seed: string
  readonly #truth: PlantedTruth
  readonly #items: ReadonlyMap<string, PlantedItem>
  readonly #readers = new Map<string, OptionReader>()
  /** Failed attempts of cells that have not answered yet. */
  readonly #failed = new Map<string, number>()

  constructor({ endpoint, seed, options }: SimulatedModelInput) {
    this.endpoint = endpoint
    this.#seed = seed
    this.#options = options
    this.capabilities = new Set(options.capabilities)
    this.#truth = new PlantedTruth(options, seed)
    this.#items = new Map(options.items.map((item) => [item.id, item]))
  }

  async call(call: ProviderCall): Promise<CallOutcome> {
    const { request, signal, cell } = call
    if (signal.aborted) return failureOf({ cause: 'aborted', retryable: false, detail: 'aborted before the call' })
    const stream = openRandom(this.#seed).split('call').split(cell.seedPath).split(cellName(cell))
    const latencyMs = this.#latency(stream.split('latency'))
    if (this.#options.latency.slept === true) await pause(latencyMs, signal)
    if (signal.aborted) return failureOf({ cause: 'aborted', retryable: false, detail: 'aborted during the call' })
    const failure = this.#failure(stream, cellName(cell) + cell.seedPath)
    if (failure !== undefined) return failureOf(failure)
    if (!this.capabilities.has(request.kind)) {
      const detail = `this simulated model offers no ${request.kind}`
      return failureOf({ cause: 'bad-request', retryable: false, detail })
    }
    return { kind: 'response', response: { ...this.#respond(request, cell), latencyMs, attempts: 1 } }
  }

  async close(): Promise<void> {}

  #respond(request: ModelRequest, cell: ProviderCall['cell']): Omit<ModelResponse, 'latencyMs' | 'attempts'> {
    const served = this.#options.update !== undefined && cell.replicate >= this.#options.update.fromReplicate ? 2 : 1
    const servedBy = `${this.endpoint}@${served}`
    const prompt =
      request.kind === 'chat' ? request.messages.map(({ content }) => content).join('\n\n') : request.prompt
    const inputTokens = tokensOf(prompt)
    const item = this.#items.get(cell.itemId) ?? this.#itemIn(prompt)
    const reply = { options: this.#options, seed: this.#seed, truth: this.#truth, item, cell, prompt }
    const readShown = this.#reader(item)
    if (request.kind === 'likelihood') {
      const likelihoods = likelihoodsOf({ ...reply, readShown, continuations: request.continuations })
      return { text: '', finish: 'stop', usage: this.#usage(inputTokens, 0), likelihoods, servedBy }
    }
    const planned: PlannedReply =
      cell.purpose === 'judge' || cell.purpose === 'verify'
        ? judgeReply({ ...reply, readShown, decoding: request.decoding })
        : planReply({ ...reply, readShown, request })
    const bodyHash = contentHash({ text: planned.text, finish: planned.finish })
    const { text, finish, firstToken } = planned
    return {
      text,
      finish,
      usage: this.#usage(inputTokens, tokensOf(text)),
      servedBy,
      bodyHash,
      ...(firstToken === undefined ? {} : { firstToken }),
    }
  }

  /** Whether this attempt fails. Attempts of a cell are counted, so that asking again can help, as it does in life. */
  #failure(stream: Random, name: string): CallFailure | undefined {
    const { transientRate, permanentRate, cause, retryAfterMs } = this.#options.errors
    if (transientRate === 0 && permanentRate === 0) return undefined
    const attempt = this.#failed.get(name) ?? 0
    const permanent = stream.split('permanent').uniform() < permanentRate
    if (!permanent && stream.split('transient').split(attempt).uniform() >= transientRate) {
      this.#failed.delete(name)
      return undefined
    }
    this.#failed.set(name, attempt + 1)
    const detail = `planted ${cause}`
    const retryable = cause !== 'content-filter'
    return retryAfterMs === undefined ? { cause, retryable, detail } : { cause, retryable, detail, retryAfterMs }
  }

  #latency(random: Random): number {
    const { medianMs, spread } = this.#options.latency
    return medianMs * Math.exp(spread * random.normal())
  }

  #usage(inputTokens: number, outputTokens: number): Usage {
    const { price } = this.#options
    if (price === undefined) return { inputTokens, outputTokens }
    const cost = (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1e6
    return { inputTokens, outputTokens, cost }
  }

  #reader(item: PlantedItem): OptionReader {
    const known = this.#readers.get(item.id)
    if (known !== undefined) return known
    const reader: OptionReader = item.options === undefined ? () => [] : openOptionReader(item.options)
    this.#readers.set(item.id, reader)
    return reader
  }

  /** Calls that belong to no item, such as those of a technique's fitting, are about the item their prompt asks of last. */
  #itemIn(prompt: string): PlantedItem {
    if (this.#items.size === 0) {
      fail(
        'simulated-model-without-items',
        { endpoint: this.endpoint },
        'give the items with their targets when opening a simulated model: options.items',
      )
    }
    let found: PlantedItem = unknownItem
    let place = -1
    for (const item of this.#items.values()) {
      const at = item.input === '' ? -1 : prompt.lastIndexOf(item.input)
      if (at > place) [found, place] = [item, at]
    }
    return found
  }
}

/** What is asked when nothing of the items is: there is no right answer to it. */
const unknownItem: PlantedItem = { id: '', input: '', target: ['I do not know.'], attributes: {} }

/** About four characters a token, as English text has. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4)
}

function cellName({ itemId, levels, technique, replicate, purpose, sequence }: ProviderCall['cell']): string {
  const named = Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return JSON.stringify([itemId, named, technique, replicate, purpose, sequence])
}

function failureOf(failure: CallFailure): CallOutcome {
  return { kind: 'failure', failure, attempts: 1 }
}
