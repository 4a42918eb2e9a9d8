/**
 * Tells an endpoint that is broken from calls that fail here and there: by the failures in a row without an answer.
 *
 * Cells whose call failed are held until the endpoint answers another one. Only then was it the call that failed, and the
 * cell counts as missing; where no answer comes the run ends, and the held cells are open for the next one.
 */
import type { FailureCause } from '../domain/index.ts'

/** Causes that lie in the request alone: they say nothing of the endpoint. */
const ofTheRequest: ReadonlySet<FailureCause> = new Set(['context-length', 'content-filter'])

/** Whether the endpoint, not what was asked, may be the cause: such a call is made again when a run is resumed. */
export function mayBeTheEndpoint(cause: FailureCause): boolean {
  return !ofTheRequest.has(cause)
}

/** Above all calls in flight at once, so that one hiccup of a server that comes back ends nothing. */
export function longestStreak(concurrency: number): number {
  return concurrency + 10
}

export class FailureStreak {
  readonly #longest: number
  #answered: boolean
  #length = 0
  #held: (() => void)[] = []

  constructor(options: { readonly longest: number; readonly answeredBefore: boolean }) {
    this.#longest = options.longest
    this.#answered = options.answeredBefore
  }

  /** Failures since the last answer. */
  get length(): number {
    return this.#length
  }

  get held(): number {
    return this.#held.length
  }

  /** Says whether the endpoint counts as broken. */
  fail(): boolean {
    return ++this.#length >= this.#longest
  }

  answer(): void {
    this.#answered = true
    this.#length = 0
    this.#release()
  }

  /** Calls back at the next answer. */
  hold(finish: () => void): void {
    this.#held.push(finish)
  }

  /** Nothing more is asked. An endpoint that has answered before gets the benefit of the doubt; says whether it does. */
  conclude(): boolean {
    if (!this.#answered) return this.#length === 0
    this.#release()
    return true
  }

  #release(): void {
    const held = this.#held
    this.#held = []
    for (const finish of held) finish()
  }
}
