/**
 * The hard limits of a run. Every attempt reserves the most it can cost before it is made and settles what it did cost:
 * a limit can therefore be missed from below, never from above.
 */
import type { Protocol } from '../domain/index.ts'

export interface Charge {
  readonly calls: number
  readonly tokens: number
  readonly usd: number
}

export interface Reservation {
  settle(actual: Charge): void
}

export class BudgetExhausted extends Error {
  constructor() {
    super('the budget of the run is used up')
  }
}

export class RunBudget {
  readonly #limits: Protocol['budget']
  readonly #spent: { calls: number; tokens: number; usd: number }
  readonly #reserved = { calls: 0, tokens: 0, usd: 0 }
  #waiting: (() => void)[] = []
  #exhausted = false

  constructor(limits: Protocol['budget'], spent: Charge) {
    this.#limits = limits
    this.#spent = { ...spent }
  }

  get spent(): Charge {
    return { ...this.#spent }
  }

  get exhausted(): boolean {
    return this.#exhausted
  }

  /** Whether tokens or money are limited, so that a call must say beforehand how much it can use at most. */
  get boundsTokens(): boolean {
    return this.#limits.tokens !== undefined || this.#limits.usd !== undefined
  }

  /** Waits for others to settle while that may free enough. Throws `BudgetExhausted` where it cannot. */
  async reserve(most: Charge): Promise<Reservation> {
    while (!this.#fits(most)) {
      if (this.#exhausted || this.#reserved.calls === 0) {
        this.#exhausted = true
        this.#wake()
        throw new BudgetExhausted()
      }
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
    this.#move(this.#reserved, most, 1)
    let open = true
    return {
      settle: (actual) => {
        if (!open) return
        open = false
        this.#move(this.#reserved, most, -1)
        this.#move(this.#spent, actual, 1)
        this.#wake()
      },
    }
  }

  #fits(most: Charge): boolean {
    const within = (limit: number | undefined, spent: number, reserved: number, more: number): boolean =>
      limit === undefined || spent + reserved + more <= limit
    const [spent, reserved] = [this.#spent, this.#reserved]
    return (
      within(this.#limits.calls, spent.calls, reserved.calls, most.calls) &&
      within(this.#limits.tokens, spent.tokens, reserved.tokens, most.tokens) &&
      // Money is a sum of decimal fractions: a billionth of a dollar is rounding, not spending.
      within(this.#limits.usd === undefined ? undefined : this.#limits.usd + 1e-9, spent.usd, reserved.usd, most.usd)
    )
  }

  #move(target: { calls: number; tokens: number; usd: number }, charge: Charge, sign: 1 | -1): void {
    target.calls += sign * charge.calls
    target.tokens += sign * charge.tokens
    target.usd += sign * charge.usd
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }
}
