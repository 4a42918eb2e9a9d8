/** An answer that some log holds, with what is known of the call it answered. */
import type { CallFailure, ModelResponse, Purpose } from './model-call.ts'
import type { Levels } from './observations.ts'

export interface RecordedAnswer {
  readonly itemId: string
  /** Which items are meant, where the log says: two tasks may number theirs alike. */
  readonly task?: string | undefined
  /** Absent where the file names none. */
  readonly model?: string | undefined
  /** Setting under which the prompt was written; `{}` is "as given". */
  readonly levels: Levels
  /** Absent where the file does not say. */
  readonly technique?: string | undefined
  /** From 1. */
  readonly replicate: number
  readonly purpose: Purpose
  /** Number of the call in its cell, from 0. */
  readonly sequence: number
  readonly outcome:
    | { readonly kind: 'response'; readonly response: RecordedResponse }
    | { readonly kind: 'failure'; readonly failure: CallFailure }
}

/** A response; of what a log left out nothing is invented. */
export type RecordedResponse = Omit<ModelResponse, 'latencyMs' | 'attempts'> & {
  readonly latencyMs?: number | undefined
}

/** Reads the answers of a file or folder. Handed to whoever replays, which does no reading of logs itself. */
export type ReadRecordings = (path: string) => Promise<readonly RecordedAnswer[]>
