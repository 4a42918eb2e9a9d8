/** Tells how a run goes on: whenever something is done, and at once where an endpoint asks for a long pause. */
import type { ClaimStanding, Host, Paid } from '../domain/index.ts'
import type { RunProgress } from './run-outcome.ts'

/** Pauses from here on are told. */
const toldWaitMs = 10_000

export interface ProgressSource {
  readonly host: Host
  readonly onProgress: (progress: RunProgress) => void
  /** The step, and what is done of it. */
  readonly step: () => Pick<RunProgress, 'step' | 'done' | 'total'>
  readonly spent: () => Paid
  readonly standings: () => readonly ClaimStanding[]
}

export class ProgressReports {
  readonly #source: ProgressSource
  readonly #startedMs: number
  #doneNow = 0
  #retries = 0
  /** Until when an endpoint asked to wait. */
  #waitsUntilMs = 0

  constructor(source: ProgressSource) {
    this.#source = source
    this.#startedMs = source.host.now()
  }

  get retries(): number {
    return this.#retries
  }

  /** Something of the step is done. */
  advance(): void {
    this.#doneNow++
    this.report()
  }

  /** A new step begins. */
  restart(): void {
    this.#doneNow = 0
  }

  /** Nothing else may happen for an hour. */
  retried(waitMs: number): void {
    this.#retries++
    const until = this.#source.host.now() + waitMs
    if (until < this.#waitsUntilMs + toldWaitMs) return
    this.#waitsUntilMs = until
    if (waitMs >= toldWaitMs) this.report(waitMs)
  }

  report(waitMs?: number): void {
    const { host, onProgress, step, spent, standings } = this.#source
    onProgress({
      ...step(),
      retries: this.#retries,
      waitMs,
      ...spent(),
      elapsedMs: host.now() - this.#startedMs,
      doneNow: this.#doneNow,
      standings,
    })
  }
}
