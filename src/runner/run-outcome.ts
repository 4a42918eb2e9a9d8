/** What a run says of itself while it goes on and when it ends. */
import type { ClaimStanding, StopReason, UnscoredBy } from '../domain/index.ts'

export interface RunProgress {
  readonly done: number
  readonly total: number
  readonly retries: number
  readonly usd: number
  readonly calls: number
  readonly tokens: number
  readonly elapsedMs: number
  readonly doneNow: number
  readonly standings: () => readonly ClaimStanding[]
}

export interface RunOutcome {
  /** What scorers said where they gave no score. */
  readonly unscored: readonly UnscoredBy[]
  readonly reason: StopReason
  readonly done: number
  readonly total: number
  readonly standings: readonly ClaimStanding[]
  readonly spent: { readonly calls: number; readonly tokens: number; readonly usd: number }
  readonly retries: number
}
