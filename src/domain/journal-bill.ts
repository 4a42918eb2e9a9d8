/** What a run has paid by its journal: its calls, and the allowance of sessions that were killed before they said what came of it. */
import type { JournalRecord, Paid } from './journal-record.ts'
import { nothingPaid, paidFor, sumPaid } from './paid.ts'

export class JournalBill {
  #recorded = nothingPaid
  #lost = nothingPaid
  #allowed: Paid | undefined

  take(record: JournalRecord): void {
    switch (record.kind) {
      case 'call':
        this.#recorded = sumPaid(this.#recorded, paidFor(record))
        break
      case 'allowance':
        this.#allowed = record
        break
      case 'stop':
        this.#allowed = undefined
        break
      case 'resume':
        this.#lost = this.lost
        this.#allowed = undefined
        break
      default:
        break
    }
  }

  get spent(): Paid {
    return sumPaid(this.#recorded, this.lost)
  }

  /** Paid at most for answers that the journal does not hold. */
  get lost(): Paid {
    const allowed = this.#allowed
    // Where no call is missing, what it might have cost is known as well.
    if (allowed === undefined || allowed.calls <= this.#recorded.calls + this.#lost.calls) return this.#lost
    const open = (of: keyof Paid): number => Math.max(this.#lost[of], allowed[of] - this.#recorded[of])
    return { calls: open('calls'), tokens: open('tokens'), usd: open('usd') }
  }
}
