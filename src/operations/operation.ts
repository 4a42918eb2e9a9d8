/** The shape of a verb of the product: from it come the CLI command, later the HTTP route and the form. */
import type { z } from 'zod'
import type { Host } from '../domain/index.ts'
import type { TextStyle } from '../report/index.ts'

export interface OperationContext {
  readonly signal: AbortSignal
  /** Folder that relative paths start from. */
  readonly workingDirectory: string
  /** Clock, process and secrets. */
  readonly host: Host
  /** Progress for a person; never part of the result. */
  readonly progress: (event: ProgressEvent) => void
}

export interface ProgressEvent {
  readonly step: string
  readonly done: number
  readonly total: number
  readonly unit: 'bytes' | 'files' | 'analyses' | 'responses' | 'scenarios'
  /** What a person may want to know besides: money, intervals, time left. */
  readonly detail?: string | undefined
}

/** 0 done · 1 verdict not supported · 2 something given could not be used · 3 our bug. */
export type ExitCode = 0 | 1 | 2 | 3

/** What a verb hands to whoever asked: data for machines, text for people. Adapters print; they compute nothing. */
export interface OperationResult {
  readonly exitCode: ExitCode
  /** The whole result as JSON text, the same bytes for the same input and seed. */
  readonly json: string
  /** The result for a person at a terminal. */
  readonly text: (terminal: Terminal) => string
  /** What went wrong without ending the work: a file that could not be read, an analysis that failed. */
  readonly complaints: readonly Complaint[]
}

export interface Terminal {
  readonly columns: number
  /** Colours a piece of text, or returns it as it is. */
  readonly style: (style: TextStyle, text: string) => string
}

export interface Complaint {
  readonly message: string
  readonly fix?: string | undefined
  /** What was thrown, for those who debug. */
  readonly cause?: unknown
}

export interface Operation<Schema extends z.ZodObject = z.ZodObject, Result extends OperationResult = OperationResult> {
  readonly name: string
  readonly summary: string
  /** Input schema. Each field's `.describe()` is its help text; `meta({ positional: true })` takes plain arguments. */
  readonly input: Schema
  /** Complete command lines for the help text. */
  readonly examples: readonly string[]
  // A method, not a property, so that operations with different inputs fit one list.
  run(input: z.infer<Schema>, context: OperationContext): Promise<Result>
}

export function defineOperation<Schema extends z.ZodObject, Result extends OperationResult>(
  operation: Operation<Schema, Result>,
): Operation<Schema, Result> {
  return operation
}
