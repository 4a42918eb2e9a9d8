import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import {
  chatRequest,
  checkOutcome,
  contractPrompt,
  keepsProviderContract,
  providerCall,
} from '../../test/contracts/provider-contract.ts'
import { letterFor, scoreOf } from '../../test/loopback-answers.ts'
import {
  type Fault,
  type LoopbackOptions,
  type LoopbackServer,
  startLoopbackServer,
} from '../../test/loopback-server.ts'
import type { CallFailure, ModelRequest } from '../domain/index.ts'
import { AssayError } from '../stats/index.ts'
import { openModel } from './index.ts'
import type { Model } from './provider.ts'

const key = 'sk-planted-0123456789abcdef'
const running: { readonly close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const each of running.splice(0)) await each.close()
})

async function connect(
  server: LoopbackOptions = {},
  options: Record<string, unknown> = {},
): Promise<{ readonly model: Model; readonly server: LoopbackServer }> {
  const started = await startLoopbackServer(server)
  const model = await openModel({
    endpoint: `openai-compatible:${started.origin}/v1#tiny`,
    options: { keyVariable: 'PLANTED_API_KEY', ...options },
    secret: (name) => (name === 'PLANTED_API_KEY' ? key : undefined),
    now: () => performance.now(),
    workingDirectory: '/',
    readRecordings: async () => [],
  })
  running.push(model, started)
  return { model, server: started }
}

async function failureFrom(fault: Fault, options: Record<string, unknown> = {}): Promise<CallFailure> {
  const { model } = await connect({ fault: () => fault }, options)
  const outcome = await model.call(providerCall())
  checkOutcome(outcome)
  if (outcome.kind === 'response') throw new Error(`${fault} gave a response`)
  expect(JSON.stringify(outcome)).not.toContain(key.slice(0, 12))
  return outcome.failure
}

keepsProviderContract({ title: 'openai-compatible', open: async () => (await connect({ key })).model, secrets: [key] })

test('call(chat) sends what was asked and nothing else, and reads text, usage, model and the hash of the exact bytes', async () => {
  const { model, server } = await connect({ key })
  const outcome = await model.call(providerCall())
  const messages = [
    { role: 'system', content: 'Answer with a letter.' },
    { role: 'user', content: contractPrompt },
  ]
  expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ model: 'tiny', messages, temperature: 0, max_tokens: 8 })
  expect(server.received[0]?.path).toBe('/v1/chat/completions')
  expect(outcome).toMatchObject({
    kind: 'response',
    response: {
      text: letterFor(JSON.stringify(messages)),
      finish: 'stop',
      usage: { inputTokens: 25, outputTokens: 1, cachedTokens: 3, reasoningTokens: 0 },
      servedBy: 'tiny-2026 fp_loopback',
    },
  })
})

test('bodyHash is the SHA-256 of the bytes that came', async () => {
  const { model, server } = await connect()
  const outcome = await model.call(providerCall())
  const response = await fetch(`${server.origin}/v1/chat/completions`, {
    method: 'POST',
    body: server.received[0]?.body ?? '',
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(outcome).toMatchObject({ response: { bodyHash: createHash('sha256').update(bytes).digest('hex') } })
})

test('call(chat) passes decoding, seed, stop, effort, extra fields and asks for log-probabilities', async () => {
  const { model, server } = await connect(
    {},
    { extraBody: { top_k: 1 }, maxTokensField: 'max_completion_tokens', headers: { 'x-team': 'evals' } },
  )
  const request: ModelRequest = {
    kind: 'chat',
    messages: [{ role: 'user', content: contractPrompt }],
    decoding: { temperature: 0.5, topP: 0.9, maxTokens: 3, seed: 7, stop: ['\n'], effort: 'low' },
    logProbabilities: 4,
  }
  const outcome = await model.call(providerCall(request))
  expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({
    top_k: 1,
    temperature: 0.5,
    top_p: 0.9,
    max_completion_tokens: 3,
    seed: 7,
    stop: ['\n'],
    reasoning_effort: 'low',
    logprobs: true,
    top_logprobs: 4,
  })
  expect(server.received[0]?.headers).toMatchObject({ 'x-team': 'evals', authorization: `Bearer ${key}` })
  if (outcome.kind === 'failure') throw new Error('no response')
  expect(outcome.response.firstToken?.map(({ logProbability }) => logProbability)).toEqual([-0.2, -2.2, -4.2, -6.2])
  expect(outcome.response.firstToken?.[0]?.token).toBe(outcome.response.text)
})

test('call(chat) through api: completions sends one prompt', async () => {
  const { model, server } = await connect({}, { api: 'completions' })
  const outcome = await model.call(providerCall())
  expect(server.received[0]?.path).toBe('/v1/completions')
  expect(JSON.parse(server.received[0]?.body ?? '').prompt).toBe(`Answer with a letter.\n\n${contractPrompt}`)
  expect(outcome).toMatchObject({ kind: 'response', response: { text: expect.stringMatching(/^ [A-D]$/) } })
})

test.each([
  ['rate-limit', 'rate-limit', 2_000],
  ['rate-limit-ms', 'rate-limit', 20],
  ['rate-limit-date', 'rate-limit', 7_000],
  ['server-error', 'server-error', undefined],
  ['html-error', 'server-error', undefined],
  ['overloaded', 'server-error', undefined],
  ['reset', 'connection', undefined],
  ['reset-mid-body', 'connection', undefined],
  ['half-json', 'malformed-response', undefined],
  ['malformed-json', 'malformed-response', undefined],
  ['empty-body', 'malformed-response', undefined],
  ['no-choices', 'malformed-response', undefined],
  ['error-in-200', 'rate-limit', undefined],
] as const)('fault %s is a retryable %s that asks to wait %s ms', async (fault, cause, wait) => {
  const failure = await failureFrom(fault)
  expect(failure).toMatchObject({ cause, retryable: true })
  expect(failure.retryAfterMs).toBe(wait)
})

test.each([
  ['quota', 'authentication'],
  ['wrong-key', 'authentication'],
  ['unknown-model', 'unknown-model'],
  ['unknown-path', 'unknown-model'],
  ['bad-request', 'bad-request'],
  ['redirect', 'bad-request'],
  ['huge-header-key', 'bad-request'],
  ['context-length', 'context-length'],
  ['content-filter', 'content-filter'],
] as const)('fault %s is a final %s', async (fault, cause) => {
  expect(await failureFrom(fault)).toMatchObject({ cause, retryable: false })
})

test('details are one clean line of what the server said', async () => {
  expect((await failureFrom('server-error')).detail).toBe('HTTP 500: it broke [31mbadly')
  expect((await failureFrom('html-error')).detail).toBe('HTTP 502: Bad gateway')
  expect((await failureFrom('wrong-key')).detail).toBe('HTTP 401: Incorrect API key provided: [key].')
})

test('a server that never answers is a retryable timeout', async () => {
  const failure = await failureFrom('timeout', { timeoutMs: 60 })
  expect(failure).toMatchObject({ cause: 'timeout', retryable: true, detail: 'no complete answer within 60 ms' })
})

test('nobody listening is a retryable connection failure', async () => {
  const { model, server } = await connect()
  await server.close()
  const outcome = await model.call(providerCall())
  expect(outcome).toMatchObject({
    failure: { cause: 'connection', retryable: true, detail: 'nothing listens at this address (ECONNREFUSED)' },
  })
})

test('aborting under way ends the call at once', async () => {
  const { model } = await connect({ fault: () => 'timeout' })
  const controller = new AbortController()
  const pending = model.call(providerCall(chatRequest(), controller.signal))
  setTimeout(() => controller.abort(), 20)
  expect(await pending).toMatchObject({ failure: { cause: 'aborted', retryable: false } })
})

test.each([
  ['refusal', { finish: 'refusal', text: 'I will not.' }],
  ['length', { finish: 'length' }],
  ['null-content', { finish: 'length', text: '' }],
] as const)('fault %s is a response that says so', async (fault, expected) => {
  const { model } = await connect({ fault: () => fault })
  expect(await model.call(providerCall())).toMatchObject({ kind: 'response', response: expected })
})

test('wrong and missing token counts are unknown, never zero', async () => {
  for (const fault of ['wrong-usage', 'no-usage'] as const) {
    const { model } = await connect({ fault: () => fault })
    const outcome = await model.call(providerCall())
    expect(outcome).toMatchObject({ kind: 'response', response: { usage: {} } })
    if (outcome.kind === 'response') expect(outcome.response.usage).toEqual({})
  }
})

test('connections are kept: 100 calls at concurrency 5 open at most 10', async () => {
  const { model, server } = await connect({ latencyMs: 1 })
  let next = 0
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      while (next++ < 100) await model.call(providerCall())
    }),
  )
  expect(server.requests).toBe(100)
  // For a moment after its answer a connection still counts as busy, so the next call may open a second one.
  expect(server.sockets).toBeLessThanOrEqual(10)
})

const likelihood: ModelRequest = {
  kind: 'likelihood',
  prompt: 'Q: north or 東?\nA:',
  continuations: [' north', ' 東 🌊 side', ' x'],
}

test('call(likelihood) probes once, then sums the tokens of each continuation', async () => {
  const { model, server } = await connect()
  const outcome = await model.call(providerCall(likelihood))
  checkOutcome(outcome)
  if (outcome.kind === 'failure') throw new Error(outcome.failure.detail)
  const expected = [[' north'], [' 東', ' 🌊', ' side'], [' x']]
  expect(outcome.response.likelihoods).toHaveLength(3)
  for (const [index, tokens] of expected.entries()) {
    const got = outcome.response.likelihoods?.[index]
    expect(got?.tokens).toBe(tokens.length)
    expect(got?.logProbability).toBeCloseTo(
      tokens.reduce((sum, token) => sum + scoreOf(token), 0),
      10,
    )
  }
  expect(outcome.response.likelihoods?.map(({ greedy }) => greedy)).toEqual([false, false, true])
  expect(server.requests).toBe(2 + 3)
  await model.call(providerCall(likelihood))
  expect(server.requests).toBe(2 + 3 + 3)
})

test.each([
  ['ignored', 'it does not echo the prompt'],
  ['constant', 'all its log-probabilities are equal'],
  ['unstable', 'two calls gave different sums'],
  ['no-null', 'its first token has a log-probability, though nothing stands before it'],
  ['shifted', 'no token starts where the prompt ends'],
] as const)('prepare(likelihood) refuses a server whose echo is %s', async (echo, problem) => {
  const { model } = await connect({ echo })
  const refusal = { code: 'likelihood-not-supported', values: { problem } }
  await expect(model.prepare?.(new Set(['likelihood']), new AbortController().signal)).rejects.toMatchObject(refusal)
  await expect(model.call(providerCall(likelihood))).rejects.toMatchObject(refusal)
})

test('prepare(likelihood) passes an honest server, and a failing line comes back as a failure of the call', async () => {
  const { model } = await connect({ fault: (request) => (request === 1 ? 'server-error' : 'none') })
  expect(await model.call(providerCall(likelihood))).toMatchObject({
    failure: { cause: 'server-error', retryable: true },
  })
  await model.prepare?.(new Set(['likelihood']), new AbortController().signal)
  expect(await model.call(providerCall(likelihood))).toMatchObject({ kind: 'response' })
})

test('openModel refuses addresses and options that would leak a key, without repeating it', async () => {
  const attempt = (endpoint: string, options: Record<string, unknown> = {}): Promise<unknown> =>
    openModel({
      endpoint,
      options,
      secret: () => undefined,
      now: () => 0,
      workingDirectory: '/',
      readRecordings: async () => [],
    }).then(
      () => 'opened',
      (error: unknown) => error,
    )
  const cases: readonly (readonly [string, string, Record<string, unknown>?])[] = [
    [`openai-compatible:http://user:${key}@localhost/v1#m`, 'endpoint-holds-credentials'],
    [`openai-compatible:http://localhost/v1?api_key=${key}#m`, 'endpoint-holds-credentials'],
    ['openai-compatible:http://localhost/v1', 'endpoint-without-model'],
    [`openai-compatible:${key}#m`, 'endpoint-address-invalid'],
    ['openai-compatible:http://localhost/v1#m', 'key-missing', { keyVariable: 'OTHER_API_KEY' }],
    ['openai-compatible:http://localhost/v1#m', 'model-option-invalid', { keyVariable: 'AWS_SECRET_ACCESS_KEY' }],
    ['openai-compatible:http://localhost/v1#m', 'model-option-invalid', { headers: { 'x-api-key': key } }],
    ['openai-compatible:http://localhost/v1#m', 'model-option-invalid', { apiKey: key }],
    ['openai-compatible:http://localhost/v1#m', 'model-option-invalid', { extraBody: { messages: [] } }],
    ['openai:gpt', 'key-missing'],
    ['openai:gpt', 'key-variable-missing', { baseUrl: 'http://elsewhere.example/v1' }],
    ['openai:', 'endpoint-without-model'],
  ]
  for (const [endpoint, code, options] of cases) {
    const error = await attempt(endpoint, options)
    expect(error).toBeInstanceOf(AssayError)
    if (!(error instanceof AssayError)) continue
    expect([endpoint, error.code]).toEqual([endpoint, code])
    expect(`${error.message} ${error.fix} ${JSON.stringify(error.values)} ${error.stack}`).not.toContain(key)
  }
})
