import { expect, test } from 'vitest'
import type { CellRecord, JournalRecord, ProtocolWithItems } from '../domain/index.ts'
import { failure, fakeModel } from './fixtures/fake-model.ts'
import { fakePlugIns } from './fixtures/fake-plug-ins.ts'
import { runSmall } from './fixtures/run-small.ts'
import { smallProtocol } from './fixtures/small-protocol.ts'
import { prepareStudy } from './prepare-study.ts'
import { readPreviousRun } from './previous-run.ts'

const cellsOf = (records: readonly JournalRecord[]): CellRecord[] => records.filter((record) => record.kind === 'cell')
const fixed = { stopping: { rule: 'fixed' } }

function previousOf(records: readonly JournalRecord[], protocol: ProtocolWithItems) {
  const reader = readPreviousRun(prepareStudy({ protocol, plugIns: fakePlugIns }).study)
  for (const record of records) reader.take(record)
  return reader.finish()
}

/** What must not depend on concurrency or interruption: scores by cell. */
function scoresByCell(records: readonly JournalRecord[]) {
  return Object.fromEntries(cellsOf(records).map(({ index, cell, scores }) => [index, { cell, scores }]))
}

test('runStudy under a fixed rule runs every cell once and records a call and a score for each', async () => {
  const model = fakeModel({ ability: 0.7 })
  const { outcome, records } = await runSmall({ protocol: smallProtocol({ items: 40, with: fixed }), models: [model] })
  expect(outcome).toMatchObject({ reason: 'complete', done: 40, total: 40 })
  expect(cellsOf(records)).toHaveLength(40)
  expect(records.filter(({ kind }) => kind === 'call')).toHaveLength(40)
  expect(records.at(-1)).toMatchObject({ kind: 'stop', reason: 'complete', cells: 40 })
})

test('runStudy gives the same scores at concurrency 1 and 16 and with uneven latencies', async () => {
  const protocol = smallProtocol({ items: 60, with: fixed })
  const one = await runSmall({ protocol, models: [fakeModel({ ability: 0.6 })], concurrency: 1 })
  const many = await runSmall({
    protocol,
    models: [fakeModel({ ability: 0.6, latencyMs: ({ cell }) => (cell.itemId.endsWith('3') ? 20 : 1) })],
    concurrency: 16,
  })
  expect(scoresByCell(many.records)).toEqual(scoresByCell(one.records))
  expect(many.outcome?.standings.map(({ decision, evidence }) => ({ decision, evidence }))).toEqual(
    one.outcome?.standings.map(({ decision, evidence }) => ({ decision, evidence })),
  )
})

test('runStudy with the anytime rule stops early, at the same cell whatever the concurrency', async () => {
  const protocol = smallProtocol({ items: 400 })
  const stops = await Promise.all(
    [1, 4, 32].map(async (concurrency) => {
      const { outcome, records } = await runSmall({ protocol, models: [fakeModel({ ability: 0.9 })], concurrency })
      expect(outcome?.reason).toBe('decided')
      expect(outcome?.standings[0]?.decision).toBe('supported')
      const stop = records.find((record) => record.kind === 'stop')
      return stop?.cells
    }),
  )
  expect(new Set(stops).size).toBe(1)
  expect(stops[0]).toBeLessThan(60)
})

test.each([
  ['fixed', ['call', 'call', 'score', 'call', 'score', 'call', 'score', 'score']],
  ['anytime', ['call', 'score', 'call', 'score', 'call', 'score', 'call', 'score']],
])('runStudy under the %s rule, one call at a time, asks and scores in this order', async (rule, order) => {
  const seen: string[] = []
  const model = fakeModel({ ability: 1, latencyMs: () => seen.push('call') })
  await runSmall({
    protocol: smallProtocol({ items: 4, with: { stopping: { rule } } }),
    models: [model],
    concurrency: 1,
    onRecord: ({ kind }) => {
      if (kind === 'cell') seen.push('score')
    },
  })
  expect(seen).toEqual(order)
  expect(model.mostAtOnce()).toBe(1)
})

// Those that wait to ask again wait beside others.
test.concurrent('runStudy retries what may pass, and keeps what does not as missing with its cause', async () => {
  const flaky = fakeModel({ ability: 1, fail: (_, times) => (times < 2 ? failure('rate-limit', 429) : undefined) })
  const retried = await runSmall({ protocol: smallProtocol({ items: 5, with: fixed }), models: [flaky] })
  expect(cellsOf(retried.records).map(({ scores }) => scores.exact?.strict.score)).toEqual([1, 1, 1, 1, 1])
  expect(retried.outcome?.retries).toBe(10)
  const broken = fakeModel({
    ability: 1,
    fail: ({ cell }) => (cell.itemId.endsWith('4') ? undefined : failure('server-error', 500)),
  })
  const failed = await runSmall({ protocol: smallProtocol({ items: 4, with: fixed }), models: [broken], attempts: 2 })
  const scores = cellsOf(failed.records).map((cell) => cell.scores.exact?.strict.score)
  expect(scores.filter((score) => score === 'provider-error')).toHaveLength(3)
  expect(failed.outcome?.standings[0]).toMatchObject({ decision: 'open', missing: 3 })
  expect(failed.outcome?.failed).toEqual([{ model: 'm', cause: 'server-error', cells: 3 }])
}, 20_000)

test.concurrent('runStudy ends at once with the fix where the key is refused or nobody answers', async () => {
  for (const [cause, code] of [
    ['authentication', 'key-refused'],
    ['connection', 'endpoint-not-reachable'],
  ] as const) {
    const model = fakeModel({ ability: 1, fail: () => failure(cause) })
    const { error, records } = await runSmall({ protocol: smallProtocol({ items: 200 }), models: [model] })
    expect(error).toMatchObject({ code, fix: expect.any(String) })
    expect(cellsOf(records)).toEqual([])
    expect(records.at(-1)).toMatchObject({ kind: 'stop', reason: 'error' })
    expect(model.calls.length).toBeLessThan(60)
  }
})

test.concurrent('runStudy ends where an endpoint fails every call, leaves the cells open, and goes on from there when it is mended', async () => {
  const protocol = smallProtocol({ items: 200, with: fixed })
  for (const [cause, status, from] of [
    ['server-error', 500, 30],
    ['rate-limit', 429, 30],
    ['timeout', undefined, 0],
  ] as const) {
    let asked = 0
    const dying = fakeModel({ ability: 0.6, fail: () => (++asked > from ? failure(cause, status) : undefined) })
    const { error, records } = await runSmall({ protocol, models: [dying], attempts: 1, concurrency: 4 })
    expect(error).toMatchObject({
      code: 'endpoint-keeps-failing',
      fix: expect.any(String),
      values: { cause, inARow: 14 },
    })
    expect(dying.calls.length).toBeLessThanOrEqual(from + 18)
    expect(cellsOf(records)).toHaveLength(from)
    const again = await runSmall({
      protocol,
      models: [fakeModel({ ability: 0.6 })],
      previous: previousOf(records, protocol),
    })
    expect(again.outcome).toMatchObject({ reason: 'complete', done: 200, failed: [] })
    const whole = await runSmall({ protocol, models: [fakeModel({ ability: 0.6 })] })
    expect(scoresByCell([...records, ...again.records])).toEqual(scoresByCell(whole.records))
  }
})

test('runStudy ends where no call of a short run was answered', async () => {
  const model = fakeModel({ ability: 1, fail: () => failure('server-error', 500) })
  const { error, records } = await runSmall({
    protocol: smallProtocol({ items: 3, with: fixed }),
    models: [model],
    attempts: 1,
  })
  expect(error).toMatchObject({ code: 'endpoint-keeps-failing', values: { inARow: 3 } })
  expect(cellsOf(records)).toEqual([])
})

test('runStudy under a sequential rule goes on past cells that failed before any answer', async () => {
  let asked = 0
  const model = fakeModel({ ability: 0.9, fail: () => (++asked <= 7 ? failure('server-error', 500) : undefined) })
  const { outcome } = await runSmall({
    protocol: smallProtocol({ items: 400 }),
    models: [model],
    attempts: 1,
    concurrency: 1,
  })
  expect(outcome?.reason).toBe('decided')
  expect(outcome?.failed).toEqual([{ model: 'm', cause: 'server-error', cells: 7 }])
})

test('runStudy ends where an endpoint asks to wait for more than an hour', async () => {
  const model = fakeModel({
    ability: 1,
    fail: () => ({
      kind: 'failure',
      attempts: 1,
      failure: { cause: 'rate-limit', retryable: true, detail: 'HTTP 429', status: 429, retryAfterMs: 7_200_000 },
    }),
  })
  const { error } = await runSmall({ protocol: smallProtocol({ items: 5, with: fixed }), models: [model] })
  expect(error).toMatchObject({ code: 'endpoint-asks-to-wait-long', values: { minutes: 120 } })
})

test.concurrent('runStudy under SPRT at 32 at a time pays .6 and .3 of the fixed test at most on average, over 40 seeds', async () => {
  for (const [ability, bound] of [
    [0.9, 0.3],
    [0.8, 0.6],
    [0.7, 0.6],
  ] as const) {
    let paid = 0
    for (let seed = 1; seed <= 40; seed++) {
      const model = fakeModel({ ability })
      const protocol = smallProtocol({
        items: 1_000,
        claim: { threshold: 0.7, alternative: 0.8 },
        with: { seed: String(seed), stopping: { rule: 'sprt' } },
      })
      const { outcome } = await runSmall({ protocol, models: [model], concurrency: 32 })
      expect(outcome?.reason).toBe('decided')
      paid += model.calls.length
    }
    // 204: units of the exact binomial test with errors of 5 % at .7 and .8.
    expect(paid / 40 / 204).toBeLessThan(bound)
  }
}, 60_000)

test.concurrent('runStudy never makes more calls than the budget, with retries and any concurrency', async () => {
  for (const concurrency of [1, 7, 40]) {
    const model = fakeModel({
      ability: 0.5,
      fail: ({ cell }, times) => (cell.itemId.endsWith('1') && times === 0 ? failure('timeout') : undefined),
    })
    const protocol = smallProtocol({ items: 100, with: { ...fixed, budget: { calls: 37 } } })
    const { outcome } = await runSmall({ protocol, models: [model], concurrency })
    expect(outcome?.reason).toBe('budget')
    expect(model.calls.length).toBeLessThanOrEqual(37)
    expect(model.calls.length).toBeGreaterThan(30)
  }
}, 20_000)

test('runStudy never spends more tokens or money than the budget', async () => {
  const usage = { inputTokens: 20, outputTokens: 10 }
  const price = { inputPerMillion: 1000, outputPerMillion: 2000 }
  const protocol = smallProtocol({
    items: 300,
    with: {
      ...fixed,
      models: [{ id: 'm', endpoint: 'fake:m', price }],
      decoding: { maxTokens: 10 },
      budget: { tokens: 4000, usd: 4 },
    },
  })
  const model = fakeModel({ ability: 0.5, usage })
  const { outcome } = await runSmall({ protocol, models: [model], concurrency: 20 })
  expect(outcome?.reason).toBe('budget')
  expect(outcome?.spent.tokens).toBeLessThanOrEqual(4000)
  expect(outcome?.spent.usd).toBeLessThanOrEqual(4)
  expect(outcome?.spent.tokens).toBe(model.calls.length * 30)
  // Money is the tighter limit here: 100 calls of 4 cents.
  expect(outcome?.spent.usd).toBeGreaterThan(3.8)
})

test('runStudy resumed from a cut journal pays no recorded call again and ends with the same evidence', async () => {
  const protocol = smallProtocol({ items: 30, with: { ...fixed, techniques: [{ use: 'thrice' }] } })
  const whole = await runSmall({ protocol, models: [fakeModel({ ability: 0.6 })] })
  for (const cut of [1, 17, 50, 88]) {
    const kept = whole.records.slice(0, cut)
    const model = fakeModel({ ability: 0.6 })
    const resumed = await runSmall({ protocol, models: [model], previous: previousOf(kept, protocol) })
    expect(scoresByCell([...kept, ...resumed.records])).toEqual(scoresByCell(whole.records))
    expect(resumed.outcome?.standings[0]?.evidence).toEqual(whole.outcome?.standings[0]?.evidence)
    expect(model.calls.length).toBe(90 - kept.filter(({ kind }) => kind === 'call').length)
    // A journal that is cut is one of a session that was killed: what it may have had under way counts as paid.
    const lost = resumed.outcome?.lost.calls ?? 0
    expect(lost).toBeLessThanOrEqual(8 + 8)
    expect(resumed.outcome?.spent.calls).toBe(90 + lost)
  }
})

test('runStudy pays identical prompts of two settings once', async () => {
  const protocol = smallProtocol({
    items: 10,
    claim: { quantifier: 'mean' },
    with: { ...fixed, factors: [{ use: 'tone', with: { levels: ['plain', 'same', 'shout'] } }] },
  })
  const model = fakeModel({ ability: 0.5 })
  const { records } = await runSmall({ protocol, models: [model] })
  expect(cellsOf(records)).toHaveLength(30)
  expect(model.calls).toHaveLength(20)
})

test('runStudy resumed pays no prompt again that another setting of the item has paid for', async () => {
  const protocol = smallProtocol({
    items: 10,
    claim: { quantifier: 'mean' },
    with: { ...fixed, factors: [{ use: 'tone', with: { levels: ['plain', 'same', 'shout'] } }] },
  })
  const whole = await runSmall({ protocol, models: [fakeModel({ ability: 0.5 })], concurrency: 1 })
  for (let cut = 1; cut < whole.records.length - 1; cut++) {
    const kept = whole.records.slice(0, cut)
    const model = fakeModel({ ability: 0.5 })
    const resumed = await runSmall({ protocol, models: [model], previous: previousOf(kept, protocol) })
    expect(model.calls.length).toBe(20 - kept.filter(({ kind }) => kind === 'call').length)
    expect(scoresByCell([...kept, ...resumed.records])).toEqual(scoresByCell(whole.records))
  }
})

test('readPreviousRun keeps no call of an item whose cells are all finished', async () => {
  const protocol = smallProtocol({ items: 30, with: { ...fixed, techniques: [{ use: 'thrice' }] } })
  const { records } = await runSmall({ protocol, models: [fakeModel({ ability: 0.6 })] })
  const previous = previousOf(records, protocol)
  expect(previous.calls).toEqual([])
  expect(previous.finished.size).toBe(30)
  expect(previous.spent.calls).toBe(90)
})

test('runStudy that is told to end keeps what is done and starts nothing new', async () => {
  const interruption = new AbortController()
  const model = fakeModel({ ability: 0.5, latencyMs: () => 5 })
  let cells = 0
  const { outcome, records } = await runSmall({
    protocol: smallProtocol({ items: 200, with: fixed }),
    models: [model],
    concurrency: 4,
    signal: interruption.signal,
    onRecord: ({ kind }) => {
      if (kind === 'cell' && ++cells === 20) interruption.abort()
    },
  })
  expect(outcome?.reason).toBe('interrupted')
  expect(cellsOf(records).length).toBe(model.calls.length)
  expect(model.calls.length).toBeLessThanOrEqual(24)
})
