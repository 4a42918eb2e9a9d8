/**
 * How many calls of one model are made at a time, pauses between their attempts included. Others stand ready, the oldest cell
 * first, so that an endpoint need not wait for what comes between two calls.
 */
import { CallAbandoned } from './call-abandoned.ts'

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
    else
      await new Promise<void>((enter, turnAway) => {
        let at = this.#waiting.length
        while (at > 0 && (this.#waiting[at - 1]?.place ?? 0) > place) at--
        this.#waiting.splice(at, 0, { place, enter, turnAway })
      })
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
