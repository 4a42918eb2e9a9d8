/**
 * Which of the counts that an endpoint claims for an answer can be. No tokenizer makes more tokens of a prompt than it has
 * bytes, beside what a template adds; no answer is longer than was allowed; no call costs more than these at the price.
 */
import type { ModelResponse, Usage } from '../domain/index.ts'
import type { LargestCharge, Price } from './charge.ts'

/** Tokens of an answer, hidden reasoning included, where no length was declared: beyond what models give. */
const longestAnswer = 131_072

export interface UsageLimits {
  readonly inputTokens: number
  readonly outputTokens: number
  /** Unknown without a price. */
  readonly cost: number | undefined
}

export function usageLimits(options: {
  readonly most: LargestCharge
  readonly text: string
  readonly price: Price | undefined
}): UsageLimits {
  const { most, text, price } = options
  return {
    inputTokens: most.inputTokens,
    outputTokens: most.outputTokens ?? Math.max(longestAnswer, Buffer.byteLength(text)),
    cost: price === undefined || most.outputTokens === undefined ? undefined : most.usd + 1e-9,
  }
}

/** The answer without claims that cannot be, which are then unknown, and those claims. */
export function believedUsage(
  response: ModelResponse,
  limits: UsageLimits,
): { readonly response: ModelResponse; readonly disbelieved: Usage | undefined } {
  const { inputTokens = 0, outputTokens = 0, cachedTokens = 0, reasoningTokens = 0, cost = 0 } = response.usage
  const input = inputTokens > limits.inputTokens || cachedTokens > limits.inputTokens
  const output = outputTokens > limits.outputTokens || reasoningTokens > limits.outputTokens
  const beyond: readonly (readonly [keyof Usage, boolean])[] = [
    ['inputTokens', input],
    ['cachedTokens', input],
    ['outputTokens', output],
    ['reasoningTokens', output],
    ['cost', cost > (limits.cost ?? Number.POSITIVE_INFINITY)],
  ]
  if (!beyond.some(([, cannotBe]) => cannotBe)) return { response, disbelieved: undefined }
  const pick = (wanted: boolean): Usage =>
    Object.fromEntries(
      beyond.flatMap(([field, cannotBe]) => {
        const claimed = response.usage[field]
        return cannotBe === wanted && claimed !== undefined ? [[field, claimed]] : []
      }),
    )
  return { response: { ...response, usage: pick(false) }, disbelieved: pick(true) }
}
