/** Calls that have not come back. A technique that gave up may have left some of its own under way: they are paid for. */
export class CallsUnderWay {
  readonly #calls = new Set<Promise<unknown>>()

  /** Gives the call back as it is. */
  add<Answer>(call: Promise<Answer>): Promise<Answer> {
    this.#calls.add(call)
    const leave = (): void => {
      this.#calls.delete(call)
    }
    call.then(leave, leave)
    return call
  }

  async ended(): Promise<void> {
    while (this.#calls.size > 0) await Promise.allSettled(this.#calls)
  }
}
