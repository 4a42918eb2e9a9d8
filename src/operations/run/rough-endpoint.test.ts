import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Fault, startLoopbackServer } from '../../../test/loopback-server.ts'
import { fakePlugIns } from '../../runner/fixtures/fake-plug-ins.ts'
import { testHost } from '../../runner/fixtures/run-small.ts'
import { smallProtocol } from '../../runner/fixtures/small-protocol.ts'
import { readJournal } from '../../store/read-journal.ts'
import { startRun } from './execute-run.ts'
import { openWorkbench } from './workbench.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-rough-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A burst of refusals, and every so often each other way to fail. */
function faultOf(request: number): Fault {
  if (request > 600 && request <= 750) return 'rate-limit-ms'
  if (request % 97 === 0) return 'reset'
  if (request % 101 === 0) return 'reset-mid-body'
  if (request % 103 === 0) return 'half-json'
  if (request % 107 === 0) return 'server-error'
  if (request === 499) return 'timeout'
  return 'none'
}

test('2,000 cells at 200 at a time through refusals, resets, half answers and silence: each once, every attempt on the bill', async () => {
  // Client and server share a thread: so slow a server keeps many calls waiting whatever the machine.
  const server = await startLoopbackServer({ latencyMs: 250, fault: faultOf })
  const protocol = smallProtocol({
    items: 2_000,
    with: {
      stopping: { rule: 'fixed' },
      // Far above what a busy machine takes: an attempt that ends before it is sent would be on the bill alone.
      models: [{ id: 'm', endpoint: `openai-compatible:${server.origin}/v1#tiny`, options: { timeoutMs: 4_000 } }],
    },
  })
  const { openModel } = await openWorkbench()
  const { outcome } = await startRun({
    protocol: { ...protocol, items: { inline: [...protocol.items.inline] } },
    folder: 'run',
    registered: undefined,
    settings: { concurrency: 200, attempts: 8 },
    workbench: { plugIns: fakePlugIns, openModel },
    context: {
      signal: new AbortController().signal,
      workingDirectory: root,
      host: testHost,
      progress: () => undefined,
    },
  })
  await server.close()
  const cells = new Map<number, number>()
  const calls = new Map<string, number>()
  let attempts = 0
  let failed = 0
  readJournal(join(root, 'run'), (record) => {
    if (record.kind === 'cell') cells.set(record.index, (cells.get(record.index) ?? 0) + 1)
    if (record.kind !== 'call') return
    calls.set(record.cell, (calls.get(record.cell) ?? 0) + 1)
    attempts += record.attempts
    if (record.failure !== undefined) failed++
  })
  expect(outcome).toMatchObject({ reason: 'complete', done: 2_000, total: 2_000 })
  expect([...cells.values()]).toEqual(Array(2_000).fill(1))
  expect([...calls.values()]).toEqual(Array(2_000).fill(1))
  expect(failed).toBe(0)
  // What was sent, what is in the journal and what the budget was charged for are one number.
  expect(attempts).toBe(server.requests)
  expect(outcome.spent.calls).toBe(server.requests)
  expect(outcome.retries).toBe(server.requests - 2_000)
  expect(server.requests).toBeGreaterThan(2_150)
  expect(server.peak).toBeGreaterThan(100)
}, 120_000)
