/** What a run says of itself while it goes on and when it ends. */
import type {
  ClaimStanding,
  DisbelievedBy,
  FailedCellsBy,
  Paid,
  SearchEnds,
  StopReason,
  UnscoredBy,
} from '../domain/index.ts'

export interface RunProgress {
  /** Under an adaptive design the ends are searched before anything is reported. */
  readonly step: 'searching' | 'running'
  readonly done: number
  readonly total: number
  readonly retries: number
  /** Of the pause that an endpoint has just asked for, where it is long. */
  readonly waitMs?: number | undefined
  readonly usd: number
  readonly calls: number
  readonly tokens: number
  readonly elapsedMs: number
  readonly doneNow: number
  readonly standings: () => readonly ClaimStanding[]
}

export interface RunOutcome {
  readonly failed: readonly FailedCellsBy[]
  /** Calls whose counts cannot be. */
  readonly disbelieved: readonly DisbelievedBy[]
  /** What scorers said where they gave no score. */
  readonly unscored: readonly UnscoredBy[]
  /** What searches found, by model. */
  readonly ends: ReadonlyMap<string, SearchEnds>
  readonly reason: StopReason
  readonly done: number
  readonly total: number
  readonly standings: readonly ClaimStanding[]
  readonly spent: Paid
  /** Of it, at most, what earlier sessions paid that were killed before they recorded the answers. */
  readonly lost: Paid
  /** Requests that were under way or read ahead when the last claim was decided. */
  readonly lateRequests: number
  readonly retries: number
}
