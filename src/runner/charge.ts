/** What a call takes of an endpoint, and the price of it. */
export interface Price {
  readonly inputPerMillion: number
  readonly outputPerMillion: number
}

/** What a call takes of an endpoint. */
export interface Charge {
  readonly requests: number
  readonly tokens: number
  readonly usd: number
}

export interface LargestCharge extends Charge {
  readonly inputTokens: number
  /** Undefined where no length of the answer is declared; the charge then counts none. */
  readonly outputTokens: number | undefined
}
