/** What was paid, by model and purpose. */
import type { CallRecord } from './journal-record.ts'
import { requestsSent } from './paid.ts'

export interface LedgerEntry {
  readonly model: string
  readonly purpose: string
  readonly calls: number
  /** Attempts of calls, and for likelihoods every option weighed: what a budget of calls counts. */
  readonly requests: number
  readonly tokens: number
  readonly usd: number
}

export class CallLedger {
  readonly #entries = new Map<string, { calls: number; requests: number; tokens: number; usd: number }>()

  add(call: CallRecord): void {
    const { model, purpose, charged } = call
    const key = `${model}\u001f${purpose}`
    const entry = this.#entries.get(key) ?? { calls: 0, requests: 0, tokens: 0, usd: 0 }
    entry.calls++
    entry.requests += requestsSent(call)
    entry.tokens += charged.tokens
    entry.usd += charged.usd
    this.#entries.set(key, entry)
  }

  list(): readonly LedgerEntry[] {
    return [...this.#entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => {
        const [model = '', purpose = ''] = key.split('\u001f')
        return { model, purpose, ...entry }
      })
  }
}
