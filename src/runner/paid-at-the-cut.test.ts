import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Attempt, type CallRecord, defineTechnique, type JournalRecord } from '../domain/index.ts'
import { failure, fakeModel } from './fixtures/fake-model.ts'
import { fakePlugIns } from './fixtures/fake-plug-ins.ts'
import { runSmall } from './fixtures/run-small.ts'
import { smallProtocol } from './fixtures/small-protocol.ts'

const fixed = { stopping: { rule: 'fixed' } }

const callsOf = (records: readonly JournalRecord[]): readonly CallRecord[] =>
  records.filter((record) => record.kind === 'call')

const attemptsOf = (records: readonly JournalRecord[]): number =>
  callsOf(records).reduce((sum, { attempts }) => sum + attempts, 0)

/** Asks twice at a time, and gives up with the first that is not made. */
const atOnce = defineTechnique({
  name: 'at-once',
  title: 'Ask twice at a time',
  version: 1,
  summary: 'Asks twice at a time.',
  parameters: z.object({}),
  references: [],
  needs: ['chat'],
  plan: () => ({ callsPerCell: 2, callsOnce: 0 }),
  fit: async () => undefined,
  solve: async ({ context }): Promise<Attempt> => {
    const { request } = context.render((state) => state)
    await Promise.all([context.call(request, 'vote'), context.call(request, 'vote')])
    return { state: 'answered', text: 'yes', candidates: [{ text: 'yes', answer: 'yes' }], exemplarIds: [] }
  },
})

test('runStudy that an endpoint ends records every call that was under way, and what came of it', async () => {
  let asked = 0
  const model = fakeModel({
    ability: 1,
    latencyMs: () => 30,
    fail: () => (++asked === 1 ? failure('authentication', 401) : undefined),
  })
  const { records, error } = await runSmall({ protocol: smallProtocol({ items: 50, with: fixed }), models: [model] })
  expect(error).toMatchObject({ code: 'key-refused' })
  expect(model.calls.length).toBe(8)
  expect(attemptsOf(records)).toBe(8)
  expect(callsOf(records).map(({ failure }) => failure?.cause)).toContain('aborted')
  expect(records.at(-1)?.kind).toBe('stop')
})

test('runStudy that is told to end during a pause records the attempts before it', async () => {
  const interruption = new AbortController()
  const model = fakeModel({ ability: 1, fail: () => failure('authentication', 401) })
  const failing = fakeModel({ ability: 1, fail: () => failure('rate-limit', 429) })
  let retries = 0
  const { records } = await runSmall({
    protocol: smallProtocol({
      items: 4,
      claim: { model: 'a' },
      with: {
        ...fixed,
        models: [
          { id: 'a', endpoint: 'fake:a' },
          { id: 'b', endpoint: 'fake:b' },
        ],
      },
    }),
    models: [
      failing,
      {
        ...model,
        call: async (call) => {
          // Until the other model is in its pauses.
          while (failing.calls.length < 4 && retries++ < 1_000) await new Promise((resolve) => setImmediate(resolve))
          return model.call(call)
        },
      },
    ],
    signal: interruption.signal,
  })
  expect(failing.calls.length).toBeGreaterThan(3)
  expect(attemptsOf(records)).toBe(model.calls.length + failing.calls.length)
})

test('runStudy that is told to end sends nothing that waits for its turn, and does not wait for it', async () => {
  const interruption = new AbortController()
  const model = fakeModel({ ability: 1, latencyMs: () => 20 })
  const began = performance.now()
  const { outcome, records } = await runSmall({
    protocol: smallProtocol({ items: 100, with: fixed }),
    models: [model],
    concurrency: 32,
    // A request every six seconds: all others wait at the gate.
    requestsPerMinute: 10,
    signal: interruption.signal,
    onRecord: ({ kind }) => kind === 'call' && interruption.abort(),
  })
  expect(outcome?.reason).toBe('interrupted')
  expect(model.calls).toHaveLength(1)
  expect(records.at(-1)?.kind).toBe('stop')
  expect(performance.now() - began).toBeLessThan(5_000)
})

test('runStudy that is told to end does not wait for the pauses that an endpoint asked for', async () => {
  const interruption = new AbortController()
  const model = fakeModel({
    ability: 1,
    fail: () => ({
      kind: 'failure',
      attempts: 1,
      failure: { cause: 'rate-limit', retryable: true, retryAfterMs: 60_000, detail: 'later', status: 429 },
    }),
  })
  setTimeout(() => interruption.abort(), 100)
  const began = performance.now()
  const protocol = smallProtocol({ items: 4, with: fixed })
  const { outcome, records } = await runSmall({ protocol, models: [model], signal: interruption.signal })
  expect(outcome?.reason).toBe('interrupted')
  expect(attemptsOf(records)).toBe(model.calls.length)
  expect(performance.now() - began).toBeLessThan(5_000)
})

test('runStudy that was told to end while the deciding answers came back is decided, not interrupted', async () => {
  const interruption = new AbortController()
  const model = fakeModel({ ability: 1, latencyMs: () => 50 })
  setTimeout(() => interruption.abort(), 25)
  const { outcome, records } = await runSmall({
    protocol: smallProtocol({ items: 1, claim: { quantifier: 'existence', threshold: 0.5 } }),
    models: [model],
    signal: interruption.signal,
  })
  expect(outcome?.standings[0]?.decision).toBe('shown')
  expect(outcome?.reason).toBe('decided')
  expect(records.at(-1)).toMatchObject({ kind: 'stop', reason: 'decided', cells: 1 })
})

test('runStudy ends when calls that a technique left under way have come back, and records them before its stop', async () => {
  for (const budget of [7, 8, 9]) {
    const model = fakeModel({ ability: 1, latencyMs: ({ cell }) => 5 + 20 * cell.sequence })
    const { records, outcome } = await runSmall({
      protocol: smallProtocol({
        items: 20,
        with: { ...fixed, techniques: [{ use: 'at-once' }], budget: { calls: budget } },
      }),
      plugIns: { ...fakePlugIns, techniques: [atOnce] },
      models: [model],
      concurrency: 3,
    })
    expect(outcome?.reason).toBe('budget')
    expect(model.calls.length).toBeLessThanOrEqual(budget)
    expect(attemptsOf(records)).toBe(model.calls.length)
    expect(outcome?.spent.calls).toBe(model.calls.length)
    expect(records.at(-1)?.kind).toBe('stop')
  }
})
