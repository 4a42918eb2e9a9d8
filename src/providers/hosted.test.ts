import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import {
  checkOutcome,
  contractPrompt,
  keepsProviderContract,
  providerCall,
} from '../../test/contracts/provider-contract.ts'
import {
  type Fault,
  type LoopbackOptions,
  type LoopbackServer,
  startLoopbackServer,
} from '../../test/loopback-server.ts'
import type { ModelRequest } from '../domain/index.ts'
import { loadPeer } from './hosted/load-peer.ts'
import { openModel } from './index.ts'
import type { Model } from './provider.ts'

const key = 'planted-0123456789abcdef'
const running: { readonly close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const each of running.splice(0)) await each.close()
})

interface Connected {
  readonly model: Model
  readonly server: LoopbackServer
}

async function connect(
  provider: string,
  server: LoopbackOptions = {},
  options: Record<string, unknown> = {},
): Promise<Connected> {
  const started = await startLoopbackServer(server)
  const model = await openModel({
    endpoint: `${provider}:tiny`,
    options: { baseUrl: `${started.origin}/v1`, keyVariable: 'PLANTED_API_KEY', ...options },
    secret: (name) => (name === 'PLANTED_API_KEY' ? key : undefined),
    now: () => performance.now(),
    workingDirectory: '/',
    readRecordings: async () => [],
  })
  running.push(model, started)
  return { model, server: started }
}

for (const provider of ['openai', 'anthropic', 'google']) {
  keepsProviderContract({ title: provider, open: async () => (await connect(provider, { key })).model, secrets: [key] })

  test(`${provider}: the answer is read with usage, model and the hash of the exact bytes`, async () => {
    const { model, server } = await connect(provider, { key })
    const outcome = await model.call(providerCall())
    expect(outcome).toMatchObject({
      kind: 'response',
      response: { text: expect.stringMatching(/^[A-D]$/), finish: 'stop', usage: { inputTokens: 25, outputTokens: 1 } },
    })
    if (outcome.kind === 'failure') throw new Error('no response')
    expect(outcome.response.servedBy).toContain('2026')
    const { path = '', body = '' } = server.received[0] ?? {}
    const again = await fetch(server.origin + path, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${key}` },
    })
    const bytes = Buffer.from(await again.arrayBuffer())
    expect(outcome.response.bodyHash).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  const cases: [Fault, string, boolean, number?][] = [
    ['rate-limit', 'rate-limit', true, 2_000],
    ['rate-limit-date', 'rate-limit', true, 7_000],
    ['server-error', 'server-error', true],
    ['html-error', 'server-error', true],
    ['overloaded', 'server-error', true],
    ['reset', 'connection', true],
    ['reset-mid-body', 'connection', true],
    ['half-json', 'malformed-response', true],
    ['malformed-json', 'malformed-response', true],
    ['empty-body', 'malformed-response', true],
    ['quota', 'authentication', false],
    ['wrong-key', 'authentication', false],
    ['unknown-model', 'unknown-model', false],
    ['bad-request', 'bad-request', false],
    ['huge-header-key', 'bad-request', false],
    ['context-length', 'context-length', false],
  ]
  test.each(cases)(
    `${provider}: fault %s is a %s (retryable: %s), is sent once and shows no key`,
    async (fault, cause, retryable, wait) => {
      const { model, server } = await connect(provider, { fault: () => fault })
      const outcome = await model.call(providerCall())
      checkOutcome(outcome)
      expect(outcome).toMatchObject({ kind: 'failure', failure: { cause, retryable } })
      if (outcome.kind === 'failure') expect(outcome.failure.retryAfterMs).toBe(wait)
      expect(server.requests).toBe(1)
      expect(JSON.stringify(outcome)).not.toContain(key.slice(0, 12))
    },
  )

  test(`${provider}: refusals and cut-off answers say so; wrong and missing usage is unknown`, async () => {
    const ask = async (fault: Fault) => (await connect(provider, { fault: () => fault })).model.call(providerCall())
    expect(await ask('refusal')).toMatchObject({ response: { finish: 'refusal' } })
    expect(await ask('length')).toMatchObject({ response: { finish: 'length' } })
    expect(await ask('wrong-usage')).toMatchObject({ response: { usage: {} } })
    const wrong = await ask('wrong-usage')
    if (wrong.kind === 'response') expect(wrong.response.usage).toEqual({})
  })

  test(`${provider}: a server that never answers is a timeout`, async () => {
    const { model } = await connect(provider, { fault: () => 'timeout' }, { timeoutMs: 60 })
    expect(await model.call(providerCall())).toMatchObject({ failure: { cause: 'timeout', retryable: true } })
  })

  test(`${provider}: system, turns and decoding reach the endpoint`, async () => {
    const { model, server } = await connect(provider)
    const request: ModelRequest = {
      kind: 'chat',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Two plus two?' },
        { role: 'assistant', content: '4' },
        { role: 'user', content: contractPrompt },
      ],
      decoding: { temperature: 0.25, maxTokens: 9, stop: ['END'] },
      logProbabilities: 0,
    }
    expect(await model.call(providerCall(request))).toMatchObject({ kind: 'response' })
    const sent = server.received[0]?.body ?? ''
    for (const piece of ['Be brief.', 'Two plus two?', '0.25', '9', 'END']) expect(sent).toContain(piece)
    expect(sent.indexOf('Two plus two?')).toBeLessThan(sent.indexOf('Which is right?'))
  })
}

test('anthropic and google refuse likelihood requests as values', async () => {
  const { model } = await connect('anthropic')
  const outcome = await model.call(providerCall({ kind: 'likelihood', prompt: 'x', continuations: [' a'] }))
  expect(outcome).toMatchObject({ failure: { cause: 'bad-request', retryable: false } })
})

test('loadPeer names the command that installs a missing package', async () => {
  // A variable, so that no tool looks for the package.
  const missing = '@assay-tests/not-there'
  await expect(loadPeer(() => import(/* @vite-ignore */ missing), 'ai @ai-sdk/nothing')).rejects.toMatchObject({
    code: 'package-not-installed',
    fix: 'npm install ai @ai-sdk/nothing',
  })
})
