/** Why a run ends, and what is still let go on then. */
import { pause, type StopReason } from '../domain/index.ts'
import { CallAbandoned } from './call-abandoned.ts'
import { BudgetExhausted } from './run-budget.ts'

/** After a request to end, calls under way have this long to come back. */
const graceMs = 10_000

export class RunEnding {
  readonly #closed = new AbortController()
  readonly #cut = new AbortController()
  readonly #onEnd: () => void
  #reason: StopReason | undefined
  #error: unknown

  /** `onEnd`: wakes what waits for its turn. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd
  }

  /** What ended it first; undefined while it goes on. */
  get reason(): StopReason | undefined {
    return this.#reason
  }

  get error(): unknown {
    return this.#error
  }

  /** Ends waiting: a run that is decided, or told to end, sends nothing more. One whose budget is used up pays what it can. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  /** Aborts calls under way. */
  get cut(): AbortSignal {
    return this.#cut.signal
  }

  /** Calls under way were paid for: they may come back and be recorded, for a while where somebody waits for the end. */
  end(reason: StopReason): void {
    this.#reason ??= reason
    if (reason !== 'budget' && !this.#closed.signal.aborted) {
      this.#closed.abort()
      void pause(graceMs, this.#cut.signal).then(() => this.#cut.abort())
    }
    this.#onEnd()
  }

  fail(error: unknown): void {
    if (error instanceof BudgetExhausted) this.end('budget')
    else if (!(error instanceof CallAbandoned)) {
      this.#error ??= error
      this.end('error')
      this.#cut.abort()
    }
  }

  /** Nothing is under way any more. */
  done(): void {
    this.#cut.abort()
  }
}
