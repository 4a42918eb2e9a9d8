/** What is asked of a model and what comes back. A provider turns the one into the other; nothing here does I/O. */

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** How text is drawn. Absent fields are left to the endpoint and recorded as such. */
export interface Decoding {
  readonly temperature?: number | undefined
  readonly topP?: number | undefined
  readonly maxTokens?: number | undefined
  readonly seed?: number | undefined
  readonly stop?: readonly string[] | undefined
  /** Reasoning effort, as the endpoint names it. */
  readonly effort?: string | undefined
}

export type ModelRequest =
  | {
      readonly kind: 'chat'
      readonly messages: readonly Message[]
      readonly decoding: Decoding
      readonly logProbabilities: number
    }
  /** Log-probability of each continuation after the prompt; nothing is generated. */
  | { readonly kind: 'likelihood'; readonly prompt: string; readonly continuations: readonly string[] }

export interface Usage {
  readonly inputTokens?: number | undefined
  readonly outputTokens?: number | undefined
  readonly cachedTokens?: number | undefined
  readonly reasoningTokens?: number | undefined
  /** US dollars, where the provider says or a price was declared. */
  readonly cost?: number | undefined
}

export interface TokenChoice {
  readonly token: string
  readonly logProbability: number
}

export interface ModelResponse {
  readonly text: string
  readonly finish: 'stop' | 'length' | 'refusal' | 'tool' | 'unknown'
  readonly usage: Usage
  /** Alternatives at the first generated token, most likely first, where asked for and given. */
  readonly firstToken?: readonly TokenChoice[] | undefined
  /** For likelihood requests, one per continuation: sum over its tokens, their number where known, and whether greedy. */
  readonly likelihoods?:
    | readonly {
        readonly logProbability: number
        readonly tokens?: number | undefined
        readonly greedy: boolean
      }[]
    | undefined
  /** Model id and fingerprint as the endpoint reports them: a silent update shows here. */
  readonly servedBy?: string | undefined
  readonly latencyMs: number
  /** Attempts that were made, the successful one included. */
  readonly attempts: number
  /** SHA-256 of the exact response body. */
  readonly bodyHash?: string | undefined
}

/** Why a call failed, and whether asking again may help. */
export type FailureCause =
  | 'rate-limit'
  | 'timeout'
  | 'connection'
  | 'server-error'
  | 'malformed-response'
  | 'authentication'
  | 'unknown-model'
  | 'bad-request'
  | 'context-length'
  | 'content-filter'
  | 'not-recorded'
  | 'aborted'

export interface CallFailure {
  readonly cause: FailureCause
  readonly retryable: boolean
  /** What the endpoint asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** Short, free of secrets and control characters. */
  readonly detail: string
  readonly status?: number | undefined
}

export type CallOutcome = (
  | { readonly kind: 'response'; readonly response: ModelResponse }
  | { readonly kind: 'failure'; readonly failure: CallFailure; readonly attempts: number }
) & {
  /** Requests that were sent for it; absent where they are as many as `requestsOf` says. */
  readonly requests?: number | undefined
}

/** Requests that an endpoint gets for a call: weighing takes one for each continuation. */
export function requestsOf(request: ModelRequest): number {
  return request.kind === 'likelihood' ? request.continuations.length : 1
}

/** What a call was for: the ledger keeps them apart. */
export type Purpose = 'fit' | 'propose' | 'select' | 'solve' | 'verify' | 'vote' | 'judge' | 'paraphrase' | 'probe'
