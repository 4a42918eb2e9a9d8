import { expect, test } from 'vitest'
import { type CellRecord, cellsPerItem, type JournalRecord } from '../domain/index.ts'
import { failure, fakeModel } from './fixtures/fake-model.ts'
import { fakePlugIns } from './fixtures/fake-plug-ins.ts'
import { runSmall } from './fixtures/run-small.ts'
import { smallProtocol } from './fixtures/small-protocol.ts'
import { prepareStudy } from './prepare-study.ts'

const fixed = { stopping: { rule: 'fixed' } }
const two = {
  models: [
    { id: 'm', endpoint: 'fake:m' },
    { id: 'n', endpoint: 'fake:n' },
  ],
}
const comparison = { kind: 'comparison', quantifier: 'mean', baseline: 'n', threshold: 0 } as const

/** Items of which every cell is finished, from the first on, and cells that are finished beyond them. */
function unitsOf(records: readonly JournalRecord[], perItem: number): { units: number; beyond: number } {
  const cells = records.filter((record): record is CellRecord => record.kind === 'cell').map(({ index }) => index)
  const done = new Set(cells)
  let settled = 0
  while (done.has(settled)) settled++
  const units = Math.floor(settled / perItem)
  return { units, beyond: cells.length - units * perItem }
}

// Those that wait, for slow models or to ask again, wait together.
test.concurrent('runStudy spends a small budget on whole units, lowest first, whatever the concurrency', async () => {
  for (const concurrency of [1, 8, 50, 200]) {
    const protocol = smallProtocol({ items: 200, with: { ...fixed, budget: { calls: 37 } } })
    const model = fakeModel({ ability: 0.5, latencyMs: ({ cell }) => 1 + (cell.itemId.charCodeAt(9) % 5) })
    const { outcome, records } = await runSmall({ protocol, models: [model], concurrency })
    expect(outcome?.reason).toBe('budget')
    expect(model.calls.length).toBe(37)
    expect(unitsOf(records, 1)).toEqual({ units: 37, beyond: 0 })
    expect(outcome?.standings[0]?.units).toBe(37)
  }
})

test.concurrent('runStudy of two models under two settings, one ten times slower, compares them on all that the budget is enough for', async () => {
  for (const concurrency of [1, 8, 50]) {
    const protocol = smallProtocol({
      items: 200,
      claim: comparison,
      with: { ...fixed, ...two, factors: [{ use: 'tone' }], budget: { calls: 90 } },
    })
    const perItem = cellsPerItem(prepareStudy({ protocol, plugIns: fakePlugIns }).study)
    expect(perItem).toBe(4)
    const [fast, slow] = [fakeModel({ ability: 0.5 }), fakeModel({ ability: 0.5, latencyMs: () => 10 })]
    const { records, outcome } = await runSmall({ protocol, models: [fast, slow], concurrency })
    expect(fast.calls.length + slow.calls.length).toBe(90)
    // 90 calls are 22 items of 4 and 2 cells of the next.
    expect(unitsOf(records, perItem)).toEqual({ units: 22, beyond: 2 })
    expect(outcome?.standings[0]?.units).toBe(22)
  }
})

test.concurrent('runStudy whose first answer uses its tokens up ends, though others hold a place and others stand ready', async () => {
  const decoding = { maxTokens: 500 }
  const protocol = smallProtocol({ items: 40, with: { ...fixed, decoding, budget: { tokens: 700 } } })
  const model = fakeModel({ ability: 0.5, latencyMs: () => 2, usage: { inputTokens: 50, outputTokens: 500 } })
  const { outcome, records } = await runSmall({ protocol, models: [model], concurrency: 4 })
  expect(outcome).toMatchObject({ reason: 'budget', spent: { calls: 1, tokens: 550 } })
  expect(unitsOf(records, 1)).toEqual({ units: 1, beyond: 0 })
})

test.concurrent('runStudy asks a cell again before younger ones are begun', async () => {
  const protocol = smallProtocol({ items: 200, with: { ...fixed, budget: { calls: 40 } } })
  const model = fakeModel({
    ability: 0.5,
    latencyMs: () => 2,
    fail: ({ cell }, times) => (times < 2 && Number(cell.itemId.slice(5)) % 4 === 1 ? failure('timeout') : undefined),
  })
  const { records, outcome } = await runSmall({ protocol, models: [model], concurrency: 8 })
  expect(outcome?.reason).toBe('budget')
  expect(model.calls.length).toBeLessThanOrEqual(40)
  const { units, beyond } = unitsOf(records, 1)
  // Three attempts for every fourth: 40 calls are 26 or 27 cells.
  expect(units).toBeGreaterThanOrEqual(24)
  expect(beyond).toBeLessThanOrEqual(2)
})

test.concurrent('runStudy with several calls for a cell begins no more cells than the budget can finish', async () => {
  for (const concurrency of [1, 8, 50]) {
    const protocol = smallProtocol({
      items: 200,
      with: { ...fixed, techniques: [{ use: 'thrice' }], budget: { calls: 37 } },
    })
    const model = fakeModel({ ability: 0.5, latencyMs: ({ cell }) => 1 + (cell.itemId.charCodeAt(9) % 3) })
    const { records } = await runSmall({ protocol, models: [model], concurrency })
    expect(model.calls.length).toBe(37)
    expect(unitsOf(records, 1)).toEqual({ units: 12, beyond: 0 })
  }
})

test.concurrent('runStudy spends a budget of tokens on whole units as well', async () => {
  const protocol = smallProtocol({
    items: 400,
    claim: comparison,
    with: { ...fixed, ...two, decoding: { maxTokens: 10 }, budget: { tokens: 3_000 } },
  })
  const usage = { inputTokens: 20, outputTokens: 10 }
  const fast = fakeModel({ ability: 0.5, usage })
  const slow = fakeModel({ ability: 0.5, usage, latencyMs: () => 8 })
  const { records, outcome } = await runSmall({ protocol, models: [fast, slow], concurrency: 16 })
  expect(outcome?.spent.tokens).toBeLessThanOrEqual(3_000)
  const { units, beyond } = unitsOf(records, 2)
  // 3,000 tokens are 50 items of two calls.
  expect(units).toBeGreaterThanOrEqual(45)
  expect(beyond).toBeLessThanOrEqual(4)
})

test('runStudy interrupted early at high concurrency keeps the units that had begun', async () => {
  const interruption = new AbortController()
  const model = fakeModel({ ability: 0.5, latencyMs: () => 10 })
  const started = setInterval(() => {
    if (model.calls.length >= 10) interruption.abort()
  }, 1)
  const { records, outcome } = await runSmall({
    protocol: smallProtocol({ items: 200, with: fixed }),
    models: [model],
    concurrency: 50,
    signal: interruption.signal,
  })
  clearInterval(started)
  expect(outcome?.reason).toBe('interrupted')
  expect(unitsOf(records, 1)).toEqual({ units: model.calls.length, beyond: 0 })
})
