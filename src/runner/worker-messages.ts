/** What goes between the main thread and a compute worker. */
import type { ErrorValue } from '../stats/fail.ts'
import type { ComputationName, Computations } from './computations.ts'
import type { ComputeProgress } from './compute-progress.ts'

export type WorkerRequest =
  /** Load what the computation needs, while the main thread is busy reading. */
  | {
      readonly kind: 'prepare'
      readonly name: ComputationName
      /** Whether this process keeps what Node compiles. */
      readonly keepsCompiled: boolean
    }
  | { readonly kind: 'compute'; readonly name: ComputationName; readonly input: Computations[ComputationName]['input'] }

export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly progress: ComputeProgress }
  | { readonly kind: 'output'; readonly output: Computations[ComputationName]['output'] }
  /** A clone of an error loses its class; a coded one is made again from its parts. */
  | { readonly kind: 'thrown'; readonly error: unknown; readonly coded?: CodedError }

export interface CodedError {
  readonly code: string
  readonly message: string
  readonly values: Readonly<Record<string, ErrorValue>>
  readonly fix: string
}
