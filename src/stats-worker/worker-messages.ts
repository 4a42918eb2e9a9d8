/** What goes between whoever asks for a statistic and the thread that computes it. */
import type { ErrorValue } from '../stats/fail.ts'
import type { Progress } from '../stats/progress.ts'

/** Sent once to a thread of its own. */
export interface StatisticRequest {
  readonly name: string
  readonly input: unknown
}

export type StatisticAnswer =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'output'; readonly output: unknown }
  /** A clone of an error loses its class; a coded one is made again from its parts. */
  | { readonly kind: 'thrown'; readonly error: unknown; readonly coded?: CodedError }

interface CodedError {
  readonly code: string
  readonly message: string
  readonly values: Readonly<Record<string, ErrorValue>>
  readonly fix: string
}
