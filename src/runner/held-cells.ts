/** Cells with a failed call, until the endpoint that failed answers another one. */
import type { CallDesk } from './call-desk.ts'
import { type FailureStreak, mayBeTheEndpoint } from './failure-streak.ts'
import type { ModelCaller } from './model-caller.ts'
import type { Callers } from './open-callers.ts'

export class HeldCells {
  readonly #callers: Callers
  /** By cell: where a call of it failed, whose it was. */
  readonly #failing = new Map<number, FailureStreak>()

  constructor(callers: Callers) {
    this.#callers = callers
  }

  /** A desk that notes which cells had a call that failed. */
  watch({ call }: CallDesk): CallDesk {
    const { models, judges } = this.#callers
    return {
      call: async (asked) => {
        const answer = await call(asked)
        const { outcome } = answer
        const caller = typeof asked.to === 'number' ? models[asked.to] : judges.get(asked.to)
        if (outcome.kind === 'failure' && mayBeTheEndpoint(outcome.failure.cause) && caller !== undefined)
          this.#failing.set(asked.place.index, caller.options.streak)
        return answer
      },
    }
  }

  /** Cells of the running order that may begin beyond the usual: a held one waits for the answer to another. */
  get allowance(): number {
    let held = 0
    for (const caller of this.#all()) held += caller.options.streak.held
    return held * this.#callers.models.length
  }

  /** Finishes a cell now, or when its endpoint answers; says whether it is held. */
  settle(index: number, finish: () => void): 'finished' | 'held' {
    const failing = this.#failing.get(index)
    this.#failing.delete(index)
    if (failing !== undefined && failing.length > 0) {
      failing.hold(finish)
      return 'held'
    }
    finish()
    return 'finished'
  }

  /** A model is asked nothing more. Throws where calls failed and no answer ever came. */
  conclude(model: number): void {
    const { models, judges } = this.#callers
    for (const caller of [models[model], ...judges.values()])
      if (caller !== undefined && !caller.options.streak.conclude()) throw caller.brokenSince()
  }

  *#all(): Iterable<ModelCaller> {
    yield* this.#callers.models
    yield* this.#callers.judges.values()
  }
}
