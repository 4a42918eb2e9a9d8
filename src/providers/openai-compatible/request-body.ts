/** Bodies of requests. Fields the protocol leaves open are left to the endpoint: none is sent with a default of ours. */
import type { Decoding, ModelRequest } from '../../domain/index.ts'
import type { OpenaiOptions } from './openai-options.ts'

export interface BodyInput {
  readonly model: string
  readonly request: Extract<ModelRequest, { kind: 'chat' }>
  readonly options: OpenaiOptions
}

/** Undefined fields vanish in JSON. */
export function requestBody({ model, request, options }: BodyInput): string {
  const { messages, decoding, logProbabilities } = request
  if (options.api === 'completions') {
    const prompt = messages.map(({ content }) => content).join('\n\n')
    const logprobs = logProbabilities > 0 ? logProbabilities : undefined
    return JSON.stringify({ ...options.extraBody, model, prompt, ...decodingFields(decoding, options), logprobs })
  }
  const asked = logProbabilities > 0 ? { logprobs: true, top_logprobs: logProbabilities } : {}
  return JSON.stringify({
    ...options.extraBody,
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...decodingFields(decoding, options),
    ...asked,
  })
}

/** Asks for the log-probabilities of a given text. One token is generated, because many servers refuse to generate none. */
export function echoBody(input: {
  readonly model: string
  readonly text: string
  readonly extraBody: Readonly<Record<string, unknown>>
}): string {
  const { model, text, extraBody } = input
  return JSON.stringify({ ...extraBody, model, prompt: text, max_tokens: 1, temperature: 0, echo: true, logprobs: 1 })
}

function decodingFields(decoding: Decoding, options: OpenaiOptions): Readonly<Record<string, unknown>> {
  const { temperature, topP, maxTokens, seed, stop, effort } = decoding
  return {
    temperature,
    top_p: topP,
    [options.maxTokensField]: maxTokens,
    seed,
    stop: stop === undefined || stop.length === 0 ? undefined : stop,
    reasoning_effort: effort,
  }
}
