/**
 * Calls that need not be paid: made before an interruption, or made already for another setting of the same item.
 *
 * Both are found by the hash of the request, so that a changed prompt never gets an old answer.
 */
import type { CallOutcome, CallRecord } from '../domain/index.ts'
import { mayBeTheEndpoint } from './failure-streak.ts'
import { outcomeOf } from './previous-run.ts'

export interface KnownCallsOptions {
  readonly calls: readonly CallRecord[]
  /** Cells that ask nothing any more. */
  readonly finished: { has(index: number): boolean }
  /** Cells that make a reported item, and one of a search; with one setting nothing can be shared. */
  readonly perItem: number
  readonly searchedPerItem: number
}

export class KnownCalls {
  /** By cell and request; several where a cell asked the same thing several times. */
  readonly #replay = new Map<string, CallOutcome[]>()
  readonly #shared = new Map<number, Map<string, Promise<CallOutcome>>>()
  readonly #perItem: number
  readonly #searchedPerItem: number

  constructor({ calls, finished, perItem, searchedPerItem }: KnownCallsOptions) {
    this.#perItem = perItem
    this.#searchedPerItem = searchedPerItem
    for (const call of calls) {
      const outcome = outcomeOf(call)
      if (outcome === undefined || (outcome.kind === 'failure' && mayBeTheEndpoint(outcome.failure.cause))) continue
      if (call.index < 0 || !finished.has(call.index)) {
        const key = `${call.cell} ${call.request}`
        this.#replay.set(key, [...(this.#replay.get(key) ?? []), outcome])
      }
      if (call.share !== undefined && call.index !== -1)
        this.#itemOf(call.index).set(call.share, Promise.resolve(outcome))
    }
  }

  /** The answer that this cell got to this request before the run was interrupted; each once. */
  takeReplay(cell: string, request: string): CallOutcome | undefined {
    const key = `${cell} ${request}`
    const outcomes = this.#replay.get(key)
    const outcome = outcomes?.shift()
    if (outcomes?.length === 0) this.#replay.delete(key)
    return outcome
  }

  shared(index: number, share: string): Promise<CallOutcome> | undefined {
    return this.#itemOf(index).get(share)
  }

  offer(options: { readonly index: number; readonly share: string; readonly outcome: Promise<CallOutcome> }): void {
    const calls = this.#itemOf(options.index)
    calls.set(options.share, options.outcome)
    // A call that was abandoned must not be waited for again.
    options.outcome.catch(() => calls.delete(options.share))
  }

  /** Forgets everything before a cell of the running order: its items are finished. */
  forgetBefore(index: number): void {
    const item = Math.floor(index / this.#perItem)
    for (const known of this.#shared.keys()) if (known < item) this.#shared.delete(known)
  }

  #itemOf(index: number): Map<string, Promise<CallOutcome>> {
    // Items of a search are others than the reported ones: they are numbered downwards from −1.
    const item = index < 0 ? -1 - Math.floor((-2 - index) / this.#searchedPerItem) : Math.floor(index / this.#perItem)
    let calls = this.#shared.get(item)
    if (calls === undefined) {
      calls = new Map()
      this.#shared.set(item, calls)
    }
    return calls
  }
}
