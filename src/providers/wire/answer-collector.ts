/**
 * Takes one answer from undici's dispatcher. Nothing is made for it but the bytes: a stream for each answer would cost
 * more than all else that a call does.
 */
import type { Dispatcher } from 'undici'
import type { Headers } from './retry-after.ts'

export interface CollectedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
}

export class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: CollectedAnswer) => void
  readonly #reject: (error: unknown) => void
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | undefined
  #aborted: Error | undefined
  #status = 0
  #headers: Headers = {}

  constructor(resolve: (answer: CollectedAnswer) => void, reject: (error: unknown) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  /** Ends the call at once, whether it waits for a connection, for its answer, or for the rest of it. */
  abort(reason: Error): void {
    if (this.#aborted !== undefined) return
    this.#aborted = reason
    this.#reject(reason)
    this.#controller?.abort(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#aborted !== undefined) controller.abort(this.#aborted)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [first, second] = this.#chunks
    const bytes = first === undefined ? Buffer.alloc(0) : second === undefined ? first : Buffer.concat(this.#chunks)
    this.#resolve({ status: this.#status, headers: this.#headers, bytes })
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error)
  }
}
