/** The shape of a verb of the product: from it come the CLI command, later the HTTP route and the form. */
import type { z } from 'zod'

export interface OperationContext {
  readonly signal: AbortSignal
  /** Folder that relative paths start from. */
  readonly workingDirectory: string
  /** Progress for a person; never part of the result. */
  readonly progress: (event: ProgressEvent) => void
}

export interface ProgressEvent {
  readonly step: string
  readonly done: number
  readonly total: number
  readonly unit: 'bytes' | 'files' | 'analyses'
}

export interface Operation<Schema extends z.ZodObject = z.ZodObject, Result = unknown> {
  readonly name: string
  readonly summary: string
  /** Input schema. Each field's `.describe()` is its help text; `meta({ positional: true })` takes plain arguments. */
  readonly input: Schema
  readonly examples: readonly string[]
  run(input: z.infer<Schema>, context: OperationContext): Promise<Result>
}

export function defineOperation<Schema extends z.ZodObject, Result>(
  operation: Operation<Schema, Result>,
): Operation<Schema, Result> {
  return operation
}
