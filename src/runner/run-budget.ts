/**
 * The hard limits of a run. Every attempt reserves the most it can cost before it is made and settles what it did cost:
 * a limit can therefore be missed from below, never from above.
 *
 * What may have been paid is told before it is: a session that is killed has told the most it can have paid.
 */
import { nothingPaid, type Paid, type Protocol, sumPaid } from '../domain/index.ts'
import { insertByPlace } from './insert-by-place.ts'

export interface Reservation {
  settle(actual: Paid): void
}

export class BudgetExhausted extends Error {
  constructor() {
    super('the budget of the run is used up')
  }
}

export interface RunBudgetOptions {
  readonly limits: Protocol['budget']
  readonly spent: Paid
  /** Called before a call that would go beyond what was told last. Throws where it cannot be told. */
  readonly tell: (upTo: Paid) => void
  /** Calls told beyond the one that is made: the more, the fewer are the tellings, and the more is lost to a kill. */
  readonly toldAhead: number
}

interface Waiting {
  readonly most: Paid
  readonly place: number
  readonly resolve: (reservation: Reservation) => void
  readonly reject: (error: unknown) => void
}

/** Of what is left of a budget one part in so many is told ahead at most: a small one is not lost to one kill. */
const shareToldAhead = 20

export class RunBudget {
  readonly #options: RunBudgetOptions
  #spent: Paid
  #reserved = nothingPaid
  #told: Paid
  /** By place, earlier ones first. */
  readonly #waiting: Waiting[] = []
  #exhausted = false

  constructor(options: RunBudgetOptions) {
    this.#options = options
    this.#spent = options.spent
    this.#told = options.spent
  }

  get limits(): Protocol['budget'] {
    return this.#options.limits
  }

  get spent(): Paid {
    return this.#spent
  }

  get limited(): boolean {
    return Object.values(this.limits).some((limit) => limit !== undefined)
  }

  /** Whether tokens or money are limited, so that a call must say beforehand how much it can use at most. */
  get boundsTokens(): boolean {
    return this.limits.tokens !== undefined || this.limits.usd !== undefined
  }

  /**
   * Waits for others to settle while that may free enough; of those that wait the one with the lowest place is first.
   * Rejects with `BudgetExhausted` where waiting cannot help.
   */
  reserve(most: Paid, place: number): Promise<Reservation> {
    return new Promise((resolve, reject) => {
      insertByPlace(this.#waiting, { most, place, resolve, reject })
      this.#admit()
    })
  }

  #admit(): void {
    for (;;) {
      const [first] = this.#waiting
      if (first === undefined) return
      const reserved = sumPaid(this.#reserved, first.most)
      const needed = sumPaid(this.#spent, reserved)
      const fits = leftOf(this.limits, needed).every((left) => left >= 0)
      if (!fits && this.#reserved.calls > 0 && !this.#exhausted) return
      this.#waiting.shift()
      if (!fits) {
        this.#exhausted = true
        first.reject(new BudgetExhausted())
        continue
      }
      try {
        this.#tell(needed, first.most)
      } catch (error) {
        first.reject(error)
        continue
      }
      this.#reserved = reserved
      first.resolve(this.#reservation(first.most))
    }
  }

  #reservation(most: Paid): Reservation {
    let open = true
    return {
      settle: (actual) => {
        if (!open) return
        open = false
        this.#reserved = sumPaid(this.#reserved, most, -1)
        this.#spent = sumPaid(this.#spent, actual)
        this.#admit()
      },
    }
  }

  #tell(needed: Paid, most: Paid): void {
    const { calls, tokens, usd } = this.#told
    if (needed.calls <= calls && needed.tokens <= tokens && needed.usd <= usd + rounding) return
    const { toldAhead, tell } = this.#options
    const left = leftOf(this.limits, needed, most).map((calls) => Math.floor(calls / shareToldAhead))
    const told = sumPaid(needed, most, Math.max(0, Math.min(toldAhead, ...left)))
    tell(told)
    this.#told = told
  }
}

/** Money is a sum of decimal fractions: a billionth of a dollar is rounding, not spending. */
const rounding = 1e-9

/** What the limits leave, in multiples of `unit`; nothing for what is not limited. */
function leftOf(limits: Protocol['budget'], needed: Paid, unit: Paid = { calls: 1, tokens: 1, usd: 1 }): number[] {
  return (['calls', 'tokens', 'usd'] as const).flatMap((kind) => {
    const limit = limits[kind]
    if (limit === undefined || unit[kind] === 0) return []
    return [(limit - needed[kind] + (kind === 'usd' ? rounding : 0)) / unit[kind]]
  })
}
