/** What every provider keeps, whatever it reaches. */
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { CallOutcome, ModelRequest } from '../../src/domain/index.ts'
import type { Model, ProviderCall } from '../../src/providers/index.ts'

export interface ProviderContract {
  readonly title: string
  /** A model that answers item `item-1` with some text. */
  readonly open: () => Promise<Model>
  /** Every secret that the model was given. */
  readonly secrets: readonly string[]
}

export const contractPrompt = 'Which is right?\nA. north\nB. south\nC. east\nD. west\nAnswer:'

export function chatRequest(content = contractPrompt): ModelRequest {
  return {
    kind: 'chat',
    messages: [
      { role: 'system', content: 'Answer with a letter.' },
      { role: 'user', content },
    ],
    decoding: { temperature: 0, maxTokens: 8 },
    logProbabilities: 0,
  }
}

export function providerCall(
  request: ModelRequest = chatRequest(),
  signal = new AbortController().signal,
): ProviderCall {
  return {
    request,
    signal,
    cell: {
      itemId: 'item-1',
      levels: {},
      technique: 'zero-shot',
      replicate: 1,
      purpose: 'solve',
      sequence: 0,
      seedPath: 'seed/run',
    },
  }
}

export function keepsProviderContract({ title, open, secrets }: ProviderContract): void {
  const withModel = async (use: (model: Model) => Promise<void>): Promise<void> => {
    const model = await open()
    try {
      await use(model)
    } finally {
      await model.close()
    }
  }

  test(`${title}: a chat call gives one well-formed response`, () =>
    withModel(async (model) => {
      const outcome = await model.call(providerCall())
      checkOutcome(outcome)
      expect(outcome.kind).toBe('response')
    }))

  test(`${title}: the endpoint names its provider and model and holds no secret`, () =>
    withModel(async (model) => {
      expect(model.endpoint).toMatch(/^[a-z-]+:./)
      for (const secret of secrets)
        expect(`${JSON.stringify(model)} ${inspect(model, { depth: 8, showHidden: true })}`).not.toContain(secret)
    }))

  test(`${title}: the same call twice at temperature 0 gives the same text`, () =>
    withModel(async (model) => {
      const [one, two] = [await model.call(providerCall()), await model.call(providerCall())]
      if (one.kind === 'failure' || two.kind === 'failure') throw new Error('no response')
      expect(two.response.text).toBe(one.response.text)
    }))

  test(`${title}: a call that was aborted before it began is a failure, not an exception`, () =>
    withModel(async (model) => {
      const outcome = await model.call(providerCall(chatRequest(), AbortSignal.abort()))
      expect(outcome).toMatchObject({ kind: 'failure', failure: { cause: 'aborted', retryable: false } })
    }))

  test(`${title}: twenty calls at once all end, and nothing they return holds a secret`, () =>
    withModel(async (model) => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => model.call(providerCall())))
      for (const outcome of outcomes) {
        checkOutcome(outcome)
        for (const secret of secrets) expect(JSON.stringify(outcome)).not.toContain(secret)
      }
    }))

  test(`${title}: close can be called twice`, async () => {
    const model = await open()
    await model.close()
    await model.close()
  })
}

/** Laws of an outcome: unknown is absent and never zero by default, numbers are possible, words are clean. */
export function checkOutcome(outcome: CallOutcome): void {
  if (outcome.kind === 'failure') {
    expect(outcome.attempts).toBe(1)
    expect(outcome.failure.detail).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    expect(outcome.failure.detail.length).toBeLessThanOrEqual(200)
    expect(outcome.failure.retryAfterMs ?? 0).toBeGreaterThanOrEqual(0)
    if (!outcome.failure.retryable) expect(outcome.failure.retryAfterMs).toBeUndefined()
    return
  }
  const { text, finish, usage, latencyMs, attempts, bodyHash, likelihoods } = outcome.response
  expect(typeof text).toBe('string')
  expect(['stop', 'length', 'refusal', 'tool', 'unknown']).toContain(finish)
  expect(attempts).toBe(1)
  expect(latencyMs).toBeGreaterThanOrEqual(0)
  if (bodyHash !== undefined) expect(bodyHash).toMatch(/^[0-9a-f]{64}$/)
  for (const amount of Object.values(usage))
    expect(amount === undefined || (Number.isFinite(amount) && amount >= 0)).toBe(true)
  if (usage.inputTokens !== undefined) expect(usage.inputTokens).toBeGreaterThan(0)
  for (const each of likelihoods ?? []) expect(each.logProbability).toBeLessThanOrEqual(0)
}
