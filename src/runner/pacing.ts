/** Holds cells back until their turn: so that the run keeps together, and little has been paid in vain when a claim is decided. */
export class Pacing {
  readonly #ended: () => boolean
  readonly #begins: (index: number) => boolean
  #waiting: (() => void)[] = []

  constructor(options: {
    /** Whether no cell begins any more. */
    readonly ended: () => boolean
    /** Whether it is the turn of a cell of the running order. */
    readonly begins: (index: number) => boolean
  }) {
    this.#ended = options.ended
    this.#begins = options.begins
  }

  async turnOf(index: number): Promise<void> {
    while (!this.#ended() && !this.#begins(index)) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
  }

  /** Something has changed that may make it the turn of those that wait. */
  wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }
}
