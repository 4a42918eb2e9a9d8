import type { Host } from '../domain/index.ts'

/** Longest time without a turn of the event loop. */
const breathMs = 10

/** Models that answer without waiting would keep signals, timers and the journal from their turn: this gives them one. */
export function takeBreath(now: Host['now']): () => Promise<void> {
  let breathedAt = 0
  return async () => {
    const at = now()
    if (at - breathedAt < breathMs) return
    breathedAt = at
    await new Promise((resolve) => setImmediate(resolve))
  }
}
