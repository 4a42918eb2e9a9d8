/**
 * How many requests one endpoint gets at a time, and how fast.
 *
 * The limit doubles per round trip until the endpoint first complains, halves at each complaint (429, overload, timeout;
 * once per round of calls), and grows by one per round after that: additive increase, multiplicative decrease. Requests
 * and tokens per minute are kept by two buckets.
 */
import type { Host } from '../domain/index.ts'
import { CallAbandoned } from './call-abandoned.ts'
import { insertByPlace } from './insert-by-place.ts'

export interface GateLimits {
  /** Most requests in flight. */
  readonly concurrency: number
  readonly requestsPerMinute?: number | undefined
  readonly tokensPerMinute?: number | undefined
}

export type CallFate = 'fine' | 'overloaded' | 'failed'

export interface Passage {
  /** Requests of the call that may be in flight at a time. */
  readonly atOnce: number
  leave(fate: CallFate): void
}

export interface Entry {
  /** Requests and tokens that the call takes at most. */
  readonly requests: number
  readonly tokens: number
  /** Of those that wait the one with the lowest place is first: a call that is made again goes before younger ones. */
  readonly place: number
}

interface Waiting extends Entry {
  readonly enter: (passage: Passage) => void
  readonly turnAway: (why: CallAbandoned) => void
}

const startingLimit = 16

export class EndpointGate {
  readonly #limits: GateLimits
  readonly #now: Host['now']
  readonly #queue: Waiting[] = []
  #closed = false
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

  /** Requests that may be in flight at the moment. */
  get limit(): number {
    return Math.floor(this.#limit)
  }

  enter(entry: Entry): Promise<Passage> {
    return new Promise((enter, turnAway) => {
      if (this.#closed) return turnAway(new CallAbandoned())
      insertByPlace(this.#queue, { ...entry, enter, turnAway })
      this.#admit()
    })
  }

  /** Turns away what waits and whatever comes: a slow gate must not hold up the end of a run. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const { turnAway } of this.#queue.splice(0)) turnAway(new CallAbandoned())
  }

  #admit(): void {
    for (;;) {
      const first = this.#queue[0]
      if (first === undefined) return
      // A call that takes more requests than may be in flight makes them one after another.
      const atOnce = Math.min(first.requests, this.limit)
      if (this.#active + atOnce > this.limit) return
      const wait = Math.max(this.#waitFor(this.#requests, first.requests), this.#waitFor(this.#tokens, first.tokens))
      if (wait > 0) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined
          this.#admit()
        }, wait)
        return
      }
      if (this.#requests !== undefined) this.#requests.level -= first.requests
      if (this.#tokens !== undefined) this.#tokens.level -= first.tokens
      this.#queue.shift()
      this.#active += atOnce
      const generation = this.#generation
      first.enter({ atOnce, leave: (fate) => this.#leave({ fate, generation, atOnce }) })
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

  #leave({ fate, generation, atOnce }: { fate: CallFate; generation: number; atOnce: number }): void {
    this.#active -= atOnce
    if (fate === 'overloaded' && generation === this.#generation) {
      this.#complained = true
      this.#generation++
      this.#limit = Math.max(1, this.#limit / 2)
    } else if (fate === 'fine') {
      this.#limit = Math.min(this.#limits.concurrency, this.#limit + (this.#complained ? atOnce / this.#limit : atOnce))
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
