/**
 * How many calls of one model are made at a time, pauses between their attempts included. Others stand ready, the oldest cell
 * first, so that an endpoint need not wait for what comes between two calls.
 */
import type { CallOutcome } from '../domain/index.ts'
import { CallAbandoned } from './call-abandoned.ts'
import { insertByPlace } from './insert-by-place.ts'

interface Waiting {
  readonly place: number
  readonly enter: () => void
  readonly turnAway: (why: CallAbandoned) => void
}

export class CallSlots {
  #free: number
  #closed = false
  readonly #waiting: Waiting[] = []

  constructor(slots: number) {
    this.#free = slots
  }

  /** Throws `CallAbandoned` where no call is made any more. */
  async take(place: number): Promise<void> {
    if (this.#closed) throw new CallAbandoned()
    if (this.#free > 0) this.#free--
    else await new Promise<void>((enter, turnAway) => insertByPlace(this.#waiting, { place, enter, turnAway }))
  }

  /** Makes a call in a slot. What does not end in an answer may end the run: what stands ready waits until it has. */
  async hold<Done extends { readonly outcome: CallOutcome }>(place: number, make: () => Promise<Done>): Promise<Done> {
    await this.take(place)
    let answered = false
    try {
      const done = await make()
      answered = done.outcome.kind === 'response'
      return done
    } finally {
      if (answered) this.leave()
      else setImmediate(() => this.leave())
    }
  }

  leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free++
    else next.enter()
  }

  close(): void {
    this.#closed = true
    for (const { turnAway } of this.#waiting.splice(0)) turnAway(new CallAbandoned())
  }
}
