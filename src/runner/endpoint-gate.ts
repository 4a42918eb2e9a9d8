/**
 * How many calls one endpoint gets at a time, and how fast.
 *
 * The limit doubles per round trip until the endpoint first complains, halves at each complaint (429, overload, timeout;
 * once per round of calls), and grows by one per round after that: additive increase, multiplicative decrease. Requests
 * and tokens per minute are kept by two buckets.
 */
import type { Host } from '../domain/index.ts'

export interface GateLimits {
  /** Most calls in flight. */
  readonly concurrency: number
  readonly requestsPerMinute?: number | undefined
  readonly tokensPerMinute?: number | undefined
}

export type CallFate = 'fine' | 'overloaded' | 'failed'

export interface Passage {
  leave(fate: CallFate): void
}

const startingLimit = 16

export class EndpointGate {
  readonly #limits: GateLimits
  readonly #now: Host['now']
  readonly #queue: { readonly tokens: number; readonly enter: (passage: Passage) => void }[] = []
  #limit: number
  #active = 0
  #complained = false
  /** Calls that entered before this generation do not lower the limit again. */
  #generation = 0
  readonly #requests: Bucket | undefined
  readonly #tokens: Bucket | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(limits: GateLimits, now: Host['now']) {
    this.#limits = limits
    this.#now = now
    this.#limit = Math.min(limits.concurrency, startingLimit)
    this.#requests = bucketOf(limits.requestsPerMinute, now())
    this.#tokens = bucketOf(limits.tokensPerMinute, now())
  }

  /** Calls that may be in flight at the moment. */
  get limit(): number {
    return Math.floor(this.#limit)
  }

  enter(tokens: number): Promise<Passage> {
    return new Promise((enter) => {
      this.#queue.push({ tokens, enter })
      this.#admit()
    })
  }

  #admit(): void {
    while (this.#active < this.limit) {
      const first = this.#queue[0]
      if (first === undefined) return
      const wait = Math.max(this.#waitFor(this.#requests, 1), this.#waitFor(this.#tokens, first.tokens))
      if (wait > 0) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined
          this.#admit()
        }, wait)
        return
      }
      if (this.#requests !== undefined) this.#requests.level -= 1
      if (this.#tokens !== undefined) this.#tokens.level -= first.tokens
      this.#queue.shift()
      this.#active++
      const generation = this.#generation
      first.enter({ leave: (fate) => this.#leave(fate, generation) })
    }
  }

  #waitFor(bucket: Bucket | undefined, amount: number): number {
    if (bucket === undefined) return 0
    const now = this.#now()
    bucket.level = Math.min(bucket.capacity, bucket.level + (now - bucket.at) * bucket.perMillisecond)
    bucket.at = now
    // A single call above the capacity of the bucket passes when it is full, else it would wait for ever.
    const needed = Math.min(amount, bucket.capacity)
    return bucket.level >= needed ? 0 : Math.ceil((needed - bucket.level) / bucket.perMillisecond)
  }

  #leave(fate: CallFate, generation: number): void {
    this.#active--
    if (fate === 'overloaded' && generation === this.#generation) {
      this.#complained = true
      this.#generation++
      this.#limit = Math.max(1, this.#limit / 2)
    } else if (fate === 'fine') {
      this.#limit = Math.min(this.#limits.concurrency, this.#limit + (this.#complained ? 1 / this.#limit : 1))
    }
    this.#admit()
  }
}

interface Bucket {
  readonly capacity: number
  readonly perMillisecond: number
  level: number
  at: number
}

/** Holds what flows in over six seconds, so that a burst stays small against a minute. */
function bucketOf(perMinute: number | undefined, now: number): Bucket | undefined {
  if (perMinute === undefined) return undefined
  const capacity = Math.max(1, perMinute / 10)
  return { capacity, perMillisecond: perMinute / 60_000, level: capacity, at: now }
}
