/** A model as the paraphrase factory asks it: one call at a time, asked again where that may help. */
import { type CallOutcome, pause } from '../../domain/index.ts'
import type { Model } from '../../providers/index.ts'
import type { Asked } from '../../runner/index.ts'
import { fail } from '../../stats/index.ts'

export interface AskedModel extends Asked {
  /** Tokens so far; undefined once the endpoint left them out of a reply. */
  readonly tokens: () => number | undefined
}

const attempts = 4
const longestPauseMs = 60_000
const fatal: ReadonlySet<string> = new Set(['authentication', 'unknown-model'])

export function askModel(options: {
  readonly model: Model
  readonly signal: AbortSignal
  /** After every call that came to an end. */
  readonly asked: () => void
}): AskedModel {
  const { model, signal } = options
  let tokens: number | undefined = 0
  let sequence = 0
  return {
    name: model.endpoint,
    tokens: () => tokens,
    async call(request, purpose): Promise<CallOutcome> {
      sequence++
      for (let attempt = 1; ; attempt++) {
        signal.throwIfAborted()
        const seedPath = `paraphrase/${purpose}/${sequence}`
        const place = { itemId: 'paraphrase', levels: {}, technique: 'paraphrase', replicate: 1 }
        const outcome = await model.call({ request, signal, cell: { ...place, purpose, sequence, seedPath } })
        if (outcome.kind === 'response') {
          const { inputTokens, outputTokens } = outcome.response.usage
          const used = inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens
          tokens = tokens === undefined || used === undefined ? undefined : tokens + used
          options.asked()
          return outcome
        }
        const { cause, retryable, retryAfterMs, detail } = outcome.failure
        if (fatal.has(cause)) fail(cause, { endpoint: model.endpoint, detail }, 'check the endpoint and its key')
        if (!retryable || attempt === attempts) {
          options.asked()
          return outcome
        }
        await pause(Math.min(retryAfterMs ?? 1000 * 2 ** (attempt - 1), longestPauseMs), signal)
      }
    },
  }
}
