/** What calls were paid with: requests, tokens, money. */
import type { CallRecord, Paid } from './journal-record.ts'

export const nothingPaid: Paid = { calls: 0, tokens: 0, usd: 0 }

export function sumPaid(a: Paid, b: Paid, times = 1): Paid {
  return { calls: a.calls + times * b.calls, tokens: a.tokens + times * b.tokens, usd: a.usd + times * b.usd }
}

export function paidFor(call: Pick<CallRecord, 'attempts' | 'requests' | 'charged'>): Paid {
  return { calls: requestsSent(call), ...call.charged }
}

/** Requests that an endpoint got for a call, all attempts together. */
export function requestsSent({ attempts, requests = attempts }: Pick<CallRecord, 'attempts' | 'requests'>): number {
  return requests
}
