/** What an execution of a study is given. */
import type { Host, JournalRecord } from '../domain/index.ts'
import type { Model } from '../providers/provider.ts'
import type { GateLimits } from './endpoint-gate.ts'
import type { PreparedStudy } from './prepare-study.ts'
import type { PreviousRun } from './previous-run.ts'
import type { RunProgress } from './run-outcome.ts'

export interface RunStudyOptions {
  readonly prepared: PreparedStudy
  /** Parallel to the models of the study. */
  readonly models: readonly Model[]
  /** By id. */
  readonly judges: ReadonlyMap<string, Model>
  readonly limits: GateLimits
  /** Attempts per call, the first included. */
  readonly attempts: number
  readonly journal: {
    append(record: JournalRecord): void
    /** A kill costs nothing of what was written; a power cut may. */
    write(): void
    /** A power cut costs nothing of it either. */
    flush(): void
  }
  readonly previous: PreviousRun
  readonly host: Host
  /** Asks the run to end: calls under way may finish for a while, no new ones are made. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: RunProgress) => void
}
