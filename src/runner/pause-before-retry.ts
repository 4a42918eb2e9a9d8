/** How long to wait before a call is made again. */
import type { CallFailure } from '../domain/index.ts'
import type { Random } from '../random/index.ts'

/** What the endpoint asked for, else ½ s doubled with each attempt up to 30 s, of which a random half is waited. */
export function pauseMs({
  failure,
  attempt,
  jitter,
}: {
  readonly failure: CallFailure
  readonly attempt: number
  readonly jitter: Random
}): number {
  const backoff = Math.min(30_000, 500 * 2 ** (attempt - 1)) * (0.5 + 0.5 * jitter.uniform())
  return Math.max(backoff, failure.retryAfterMs ?? 0)
}
