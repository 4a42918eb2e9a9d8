/** What a run has paid by its journal: its calls, and the allowance of sessions that were killed before they said what came of it. */
import type { JournalRecord, Paid } from './journal-record.ts'

export class JournalBill {
  readonly #recorded = { calls: 0, tokens: 0, usd: 0 }
  readonly #lost = { calls: 0, tokens: 0, usd: 0 }
  #allowed: Paid | undefined

  take(record: JournalRecord): void {
    switch (record.kind) {
      case 'call':
        this.#recorded.calls += record.requests ?? record.attempts
        this.#recorded.tokens += record.charged.tokens
        this.#recorded.usd += record.charged.usd
        break
      case 'allowance':
        this.#allowed = record
        break
      case 'stop':
        this.#allowed = undefined
        break
      case 'resume':
        Object.assign(this.#lost, this.lost)
        this.#allowed = undefined
        break
      default:
        break
    }
  }

  get spent(): Paid {
    return sumOf(this.#recorded, this.lost)
  }

  /** Paid at most for answers that the journal does not hold. */
  get lost(): Paid {
    const allowed = this.#allowed
    // Where no call is missing, what it might have cost is known as well.
    if (allowed === undefined || allowed.calls <= this.#recorded.calls + this.#lost.calls) return { ...this.#lost }
    const open = (of: keyof Paid): number => Math.max(this.#lost[of], allowed[of] - this.#recorded[of])
    return { calls: open('calls'), tokens: open('tokens'), usd: open('usd') }
  }
}

function sumOf(a: Paid, b: Paid): Paid {
  return { calls: a.calls + b.calls, tokens: a.tokens + b.tokens, usd: a.usd + b.usd }
}
