/** The shape of a provider: one way of reaching models. The only room, with sources and store, that does I/O. */
import type { CallOutcome, Capability, ModelRequest, Purpose, ReadRecordings } from '../domain/index.ts'

/** A proof takes so many requests, of so many tokens at most, the answer included. */
export const proof = { requests: 2, tokens: 256 } as const

export interface ProviderCall {
  readonly request: ModelRequest
  readonly signal: AbortSignal
  /** Requests that may be in flight at a time, where the call takes several. One where absent. */
  readonly atOnce?: number | undefined
  /**
   * What the call belongs to. Endpoints never see it; `simulated:` and `replay:` models answer by it, so that a run with
   * them is the same whatever order its cells finish in.
   */
  readonly cell: {
    readonly itemId: string
    readonly levels: Readonly<Record<string, string>>
    readonly technique: string
    readonly replicate: number
    readonly purpose: Purpose
    readonly sequence: number
    readonly seedPath: string
  }
}

export interface Model {
  /** `openai-compatible:http://localhost:8000/v1#llama`: what is recorded. Never holds a key. */
  readonly endpoint: string
  readonly capabilities: ReadonlySet<Capability>
  /**
   * Proves, before the first call, that the endpoint really gives what a run needs; throws where it does not. Gives what
   * that took; undefined where nothing was sent. Absent where there is nothing to prove.
   */
  prepare?(needs: ReadonlySet<Capability>, signal: AbortSignal): Promise<CallOutcome | undefined>
  /** Requests that a call may take: those that prove what it needs included. As `requestsOf` says where absent. */
  mostRequests?(request: ModelRequest): number
  /** One attempt. Failures are values; retrying is the runner's. */
  call(call: ProviderCall): Promise<CallOutcome>
  close(): Promise<void>
}

export interface ProviderOptions {
  readonly endpoint: string
  readonly options: Readonly<Record<string, unknown>>
  /** Reads an environment variable; the only way to a key. */
  readonly secret: (name: string) => string | undefined
  /** Milliseconds of a clock that only moves forward: latencies. */
  readonly now: () => number
  readonly workingDirectory: string
  /** Reads what logs hold, for `replay:`. Handed in, because providers and sources do not know each other. */
  readonly readRecordings: ReadRecordings
}

export interface Provider {
  /** Prefix of its endpoints, before the colon. */
  readonly name: string
  readonly title: string
  readonly summary: string
  open(options: ProviderOptions): Promise<Model>
}
