/** What a call's outcome means for an attempt: a failure, a refusal and a cut reply are states, never answers. */
import type { CallOutcome, ModelResponse } from '../model-call.ts'
import type { Attempt, Candidate } from '../technique.ts'

export type Settled =
  | { readonly kind: 'reply'; readonly response: ModelResponse }
  | { readonly kind: 'none'; readonly state: 'refused' | 'truncated' | 'failed'; readonly reason: string }

export function settleOutcome(outcome: CallOutcome): Settled {
  if (outcome.kind === 'failure') {
    const { cause } = outcome.failure
    return cause === 'content-filter'
      ? { kind: 'none', state: 'refused', reason: cause }
      : { kind: 'none', state: 'failed', reason: cause }
  }
  const { response } = outcome
  if (response.finish === 'refusal') return { kind: 'none', state: 'refused', reason: 'refusal' }
  // A reply cut off may have gone on to say something else: "B" of "Because".
  if (response.finish === 'length') return { kind: 'none', state: 'truncated', reason: 'length' }
  return { kind: 'reply', response }
}

export interface Ending {
  readonly candidates: readonly Candidate[]
  readonly exemplarIds: readonly string[]
}

export function endedAttempt(
  { state, reason }: Extract<Settled, { kind: 'none' }>,
  { candidates, exemplarIds }: Ending,
): Attempt {
  return { state, reason, candidates, exemplarIds }
}
