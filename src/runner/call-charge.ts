/** What a call can cost at most, and what it did cost. Where nothing is known the most is charged, never nothing. */
import { type CallOutcome, type ModelRequest, requestsOf } from '../domain/index.ts'
import { proof } from '../providers/provider.ts'
import { fail } from '../stats/index.ts'
import { usageLimits } from './believed-usage.ts'
import type { Charge, LargestCharge, Price } from './charge.ts'

/** Allowance for what chat templates add to a request and to each message. */
const tokensPerRequest = 64
const tokensPerMessage = 16

/**
 * Upper limit of a call: no tokenizer makes more tokens than there are UTF-8 bytes, and no answer is longer than the
 * declared `maxTokens`. Without limits on tokens or money an undeclared length counts as none: nothing rests on it then.
 */
export function largestCharge(options: {
  readonly request: ModelRequest
  /** Those that prove what the call needs included. */
  readonly requests: number
  readonly price: Price | undefined
  readonly bounded: boolean
}): LargestCharge {
  const { request, requests, price, bounded } = options
  const [input, output] = largestSizes(request)
  if (output === undefined && bounded)
    fail('budget-needs-max-tokens', {}, 'declare decoding.maxTokens, or limit the budget in calls only')
  const inputTokens = input + (requests - requestsOf(request)) * proof.tokens
  return {
    requests,
    tokens: inputTokens + (output ?? 0),
    usd: cost(price, inputTokens, output ?? 0),
    inputTokens,
    outputTokens: output,
  }
}

/** At most, of the requests that prove what an endpoint can do. */
export function proofCharge(price: Price | undefined): LargestCharge {
  const { requests } = proof
  const tokens = requests * proof.tokens
  return { requests, tokens, usd: cost(price, tokens, requests), inputTokens: tokens, outputTokens: requests }
}

/** Tokens at most; undefined where no length of the answer is declared. */
export function largestSizes(request: ModelRequest): readonly [input: number, output: number | undefined] {
  if (request.kind === 'likelihood') {
    const longest = request.continuations.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    const each = Buffer.byteLength(request.prompt) + tokensPerRequest
    // One scoring pass over prompt and continuation for every continuation, each with one generated token.
    return [each * request.continuations.length + longest, request.continuations.length]
  }
  const input = request.messages.reduce(
    (sum, { content }) => sum + Buffer.byteLength(content) + tokensPerMessage,
    tokensPerRequest,
  )
  return [input, request.decoding.maxTokens]
}

/** What is unknown, and what is claimed beyond what can be, counts as the most that can. */
export function settledCharge(options: {
  readonly outcome: CallOutcome
  /** That were sent. */
  readonly requests: number
  readonly price: Price | undefined
  readonly most: LargestCharge
}): Charge {
  const { outcome, requests, price, most } = options
  if (outcome.kind === 'failure') {
    // An endpoint that refused its only request has generated nothing; after a timeout or a cut line nobody knows.
    const refused = (outcome.failure.status ?? 0) >= 400 && requests <= 1
    const { tokens, usd } = refused || requests === 0 ? { tokens: 0, usd: 0 } : most
    return { requests, tokens, usd }
  }
  const { text, usage } = outcome.response
  const limits = usageLimits({ most, text, price })
  const input = Math.min(usage.inputTokens ?? Number.POSITIVE_INFINITY, limits.inputTokens)
  // Of an answer of undeclared length there are as many tokens as bytes, where the endpoint does not say.
  const unsaid = most.outputTokens ?? Buffer.byteLength(text)
  const output = Math.min(usage.outputTokens ?? unsaid, limits.outputTokens)
  const usd = Math.min(usage.cost ?? cost(price, input, output), limits.cost ?? Number.POSITIVE_INFINITY)
  return { requests, tokens: input + output, usd }
}

export function cost(price: Price | undefined, inputTokens: number, outputTokens: number): number {
  if (price === undefined) return 0
  return (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1e6
}
