/**
 * What a run writes down: append-only records from which everything else is rebuilt.
 *
 * Readers pass over kinds they do not know, so that a newer writer does not lock an older reader out.
 */
import type { SearchCount } from './design.ts'
import type { CallFailure, ModelResponse, Purpose, Usage } from './model-call.ts'
import type { MissingReason } from './observations.ts'
import type { SearchEnds, Study } from './study.ts'

export interface StartRecord {
  readonly kind: 'start'
  readonly format: 'assay-run'
  readonly version: 1
  readonly time: string
  readonly software: string
  readonly study: Study
  readonly endpoints: Readonly<Record<string, string>>
  readonly settings: Readonly<Record<string, string>>
  /** What was registered before the run, where anything was. */
  readonly registered?: RegisteredProtocol | undefined
}

export interface RegisteredProtocol {
  readonly hash: string
  readonly time: string
  readonly signed: boolean
  /** Fingerprint of the key that signed, where one did. Whose key it is cannot be known here. */
  readonly key?: string | undefined
  /** Places where the executed protocol differs from the registered one. */
  readonly deviations: readonly Deviation[]
}

export interface Deviation {
  /** `models/0/endpoint` */
  readonly path: string
  /** Canonical JSON, or absent. */
  readonly registered?: string | undefined
  readonly executed?: string | undefined
}

export interface ResumeRecord {
  readonly kind: 'resume'
  readonly time: string
  readonly software: string
}

export interface CallRecord {
  readonly kind: 'call'
  /** Position of its cell in the running order; −1 for calls of a technique's fitting, below for those of a search. */
  readonly index: number
  readonly cell: string
  readonly model: string
  readonly purpose: Purpose
  readonly sequence: number
  /** Content hash of the request, shortened to 128 bits. */
  readonly request: string
  /** Names the request among the settings of one item: identical ones are paid once. */
  readonly share?: string | undefined
  readonly attempts: number
  /** Requests that were sent, where they are not as many as attempts. */
  readonly requests?: number | undefined
  /** Tokens and money charged to the budget. */
  readonly charged: { readonly tokens: number; readonly usd: number }
  /** Counts and costs that the endpoint claimed and that cannot be: charged is the most that can. */
  readonly disbelieved?: Usage | undefined
  readonly response?: ModelResponse | undefined
  readonly failure?: CallFailure | undefined
}

/**
 * Written before a call that would go beyond the last one: what the run may have paid, all sessions together, should no
 * more be heard of this session. A session that ended without a stop is taken to have paid all of it.
 */
export interface AllowanceRecord extends Paid {
  readonly kind: 'allowance'
}

export interface Paid {
  readonly calls: number
  readonly tokens: number
  readonly usd: number
}

export interface RecordedReading {
  readonly score: number | MissingReason
  readonly answer?: string | undefined
  readonly because?: string | undefined
}

export interface CellRecord {
  readonly kind: 'cell'
  /** Position in the running order. */
  readonly index: number
  readonly cell: string
  readonly state: 'answered' | 'refused' | 'truncated' | 'failed'
  readonly reason?: string | undefined
  /** What scorers read, where it is not simply the text of the last call that the model was asked for this cell. */
  readonly text?: string | undefined
  readonly candidates?: readonly (string | null)[] | undefined
  readonly exemplars?: readonly string[] | undefined
  readonly scores: Readonly<Record<string, { readonly strict: RecordedReading; readonly lenient: RecordedReading }>>
  readonly inputTokens?: number | undefined
  readonly outputTokens?: number | undefined
  readonly cost?: number | undefined
  readonly latencyMs?: number | undefined
  readonly calls: number
  /** Calls whose answer was taken from an identical request of the same item. */
  readonly shared?: number | undefined
  readonly servedBy?: string | undefined
}

/** A cell that a search asked; `index` is that of `searchCellIndex`. It locates ends and is no observation. */
export interface SearchCellRecord extends Omit<CellRecord, 'kind'> {
  readonly kind: 'search-cell'
}

/** Where the search of one model ended. Counts are of what was asked on the way: they are no estimates. */
export interface SearchEndRecord {
  readonly kind: 'search-end'
  readonly model: string
  readonly ends: SearchEnds
  readonly asked: number
  readonly counts: { readonly reference: SearchCount; readonly highest: SearchCount; readonly lowest: SearchCount }
}

export type StopReason = 'complete' | 'decided' | 'budget' | 'interrupted' | 'error'

export interface StopRecord {
  readonly kind: 'stop'
  readonly time: string
  readonly reason: StopReason
  /** For `decided`: cells of the running order that count; later ones were under way when the run ended. */
  readonly cells: number
}

export type JournalRecord =
  | StartRecord
  | ResumeRecord
  | AllowanceRecord
  | CallRecord
  | SearchCellRecord
  | SearchEndRecord
  | CellRecord
  | StopRecord
