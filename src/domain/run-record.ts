/** What is known of one run besides its rows: where it came from, what its header says, and whether that is true. */
import type { Caveat, Outcome } from '../stats/result.ts'
import type { LedgerEntry } from './call-ledger.ts'
import type { Claim, Verdict } from './claim.ts'
import type { Paid, RegisteredProtocol, SearchEndRecord } from './journal-record.ts'
import type { Study } from './study.ts'

export interface RunRecord {
  /** Unique in a report and independent of row order: the log's own run id, else path and model. */
  readonly id: string
  /** Path as the user would name it, relative, with forward slashes. */
  readonly path: string
  /** Name of the run of ours whose journal or export this is. */
  readonly runName?: string | undefined
  /** Name of the source that read it: `inspect`, `lm-eval`, `table`. */
  readonly source: string
  readonly harness: { readonly name: string; readonly version?: string | undefined }
  readonly model: string
  readonly task: string
  readonly taskVersion?: string | undefined
  readonly status: 'finished' | 'started' | 'error' | 'cancelled' | 'unknown'
  readonly created?: string | undefined
  /** What the header promises. */
  readonly expected: {
    readonly items?: number | undefined
    readonly replicates?: number | undefined
    readonly responses?: number | undefined
  }
  /** What the file holds. `responses` counts item × replicate cells, `rows` also counts scorers. */
  readonly found: {
    readonly items: number
    readonly replicates: number
    readonly responses: number
    readonly rows: number
    readonly scoredRows: number
  }
  /** Scorers with what the log declares of them. */
  readonly scorers: Readonly<Record<string, { readonly higherIsBetter?: boolean | undefined }>>
  /** Temperature, seed, limit, few-shot count … as text. */
  readonly settings: Readonly<Record<string, string>>
  /** Commit, packages, dataset, dataset hash … as text. */
  readonly provenance: Readonly<Record<string, string>>
  /** The log's own headline figures, recomputed from its rows. */
  readonly reconciliations: readonly Reconciliation[]
  /** Those figures as reported, for questions that need only the total: a rate of 0 in 5000, say. */
  readonly headlines: readonly Headline[]
  readonly caveats: readonly Caveat[]
  /** SHA-256 of the bytes read, hex, per file. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
  /** For runs from a protocol, on the record of the first model: the study and what came of its claims. */
  readonly study?: StudyRecord | undefined
}

export interface StudyRecord {
  readonly study: Study
  readonly registered: RegisteredProtocol | undefined
  /** When the run began. */
  readonly started?: string | undefined
  /** Reported items that the first model was asked about. */
  readonly askedItems: number
  readonly verdicts: readonly ClaimVerdict[]
  /** Cells that were asked, late ones included; absent where the run did not end because all was decided. */
  readonly endedEarly?:
    | {
        readonly cells: number
        readonly total: number
        /** Requests of items beyond those that the decision counts. */
        readonly lateRequests: number
      }
    | undefined
  /** What was paid, by model and purpose. */
  readonly ledger: readonly LedgerEntry[]
  /** Paid besides, at most, for answers that were lost when a session was killed. */
  readonly lost?: Paid | undefined
  /** Ids of reported items that stood in prompts as examples. */
  readonly leakedExemplars: readonly string[]
  /** Adaptive designs only: the searches that came to their end, one per model. */
  readonly searches?: readonly SearchEndRecord[] | undefined
}

export interface ClaimVerdict {
  readonly claim: Claim
  readonly verdict: Verdict
  /** How it was decided, and what the sentence is about and what not. */
  readonly scopes: readonly Verdict['sentence'][]
  readonly method: string
  readonly logEvidence: { readonly support: number; readonly refutation: number }
  /** ln of the e-value for it when it was decided or, where it is open, at the last look. */
  readonly finalSupport: number
  /** False where the number of units was fixed in advance and is not complete. */
  readonly mayDecide: boolean
  /** ln of exact p-values, where these decided in place of the evidence. */
  readonly logPValues?: { readonly support: number; readonly refutation: number } | undefined
  readonly units: number
  readonly responses: number
  readonly missing: number
  /** The limits it was decided by; in units of the score. */
  readonly interval: Outcome | undefined
  /** The mean over all that drawn settings were drawn from; in units of the score. */
  readonly overSettings?: Outcome | undefined
}

/** A figure that the log itself reports for a scorer. Not recomputed; `reconciliations` says whether it holds. */
export interface Headline {
  /** Scorer as the rows name it. */
  readonly scorer: string
  /** Metric as the log names it: `accuracy`, `mean`, `acc`. */
  readonly metric: string
  readonly value: number
  readonly standardError?: number | undefined
  /** Responses behind the value, where the log says or its standard error proves it. */
  readonly n?: number | undefined
  /** Whether every score behind it is known to be 0 or 1, so that value × n is a count. Absent: not known. */
  readonly binary?: boolean | undefined
}

export interface Reconciliation {
  /** `arith / includes / mean-reduced accuracy`: scorer, reducer or filter, and metric, as the log names them. */
  readonly metric: string
  readonly reported: number | undefined
  readonly recomputed: number | undefined
  readonly verdict: 'match' | 'differs' | 'cannot'
  /** Why not, for `differs` and `cannot`; a message code with its values. */
  readonly because?: Caveat | undefined
}
