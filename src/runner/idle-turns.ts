/**
 * Work between calls, one piece per turn of the event loop: answers that have come and requests that are ready go first.
 *
 * Else all that came back together is scored before the first of the next requests leaves, and the endpoint waits.
 */
export class IdleTurns {
  readonly #waiting: (() => void)[] = []
  readonly #next = (): void => {
    this.#waiting.shift()?.()
    if (this.#waiting.length > 0) setImmediate(this.#next)
  }

  turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) setImmediate(this.#next)
    })
  }
}
