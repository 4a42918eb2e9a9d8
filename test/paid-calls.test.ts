import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRandom } from '../src/random/index.ts'
import { builtCommand } from './built-command.ts'
import { type LoopbackOptions, type LoopbackServer, startLoopbackServer } from './loopback-server.ts'

// What a run pays is what its budget and its page say: through the command, against a server that counts.

let folder: string
let server: LoopbackServer
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-paid-'))
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Study {
  readonly items: number
  readonly server: LoopbackOptions
  readonly protocol: Readonly<Record<string, unknown>>
}

async function begin({ items, server: options, protocol }: Study): Promise<void> {
  server = await startLoopbackServer(options)
  const inline = Array.from({ length: items }, (_, index) => ({
    id: `i${index}`,
    input: `Which letter is number ${index}?`,
    options: ['one', 'two', 'three', 'four'],
    target: 'one',
  }))
  writeFileSync(
    join(folder, 'protocol.json'),
    JSON.stringify({
      version: 1,
      title: 'letters',
      construct: { definition: 'knows letters' },
      envelope: { normalUse: 'single questions' },
      models: [{ id: 'm', endpoint: `openai-compatible:${server.origin}/v1#tiny` }],
      items: { inline },
      answer: 'letter',
      scorers: [{ use: 'multiple-choice' }],
      claims: [
        {
          id: 'able',
          kind: 'capability',
          quantifier: 'rate',
          scorer: 'multiple-choice',
          model: 'm',
          population: 'items-like-these',
          direction: 'above',
          threshold: 0.5,
          decision: { ifSupported: 'ship', ifRefuted: 'stop', ifInconclusive: 'wait' },
        },
      ],
      stopping: { rule: 'fixed' },
      decoding: { maxTokens: 8 },
      ...protocol,
    }),
  )
}

interface Session {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command, and ends it with a signal once the server has seen so many requests of it. */
function assay(
  args: readonly string[],
  end?: { readonly signal: NodeJS.Signals; readonly after: number },
): Promise<Session> {
  return new Promise((resolve, reject) => {
    const before = server.requests
    const child = spawn(process.execPath, [builtCommand, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const watch = setInterval(() => {
      if (end === undefined || server.requests - before < end.after) return
      clearInterval(watch)
      child.kill(end.signal)
    }, 1)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      if (signal === null && stdout === '') reject(new Error(stderr))
      else resolve({ code, signal, stdout, stderr })
    })
  })
}

const run = ['run', 'protocol.json', '--out', 'run', '--json']
const resume = ['resume', 'run', '--json']

test('a run killed with kill -9 at three random moments never asks more than its budget of calls (seed 6)', async () => {
  await begin({ items: 2_000, server: { latencyMs: 25 }, protocol: { budget: { calls: 600 } } })
  const random = openRandom(6)
  for (let kill = 0; kill < 3; kill++) {
    const after = 1 + random.integer(60)
    const { signal } = await assay(kill === 0 ? run : resume, { signal: 'SIGKILL', after })
    expect(signal).toBe('SIGKILL')
  }
  const killed = server.requests
  const last = await assay(resume)
  const { spent, lost, reason } = JSON.parse(last.stdout)
  expect(reason).toBe('budget')
  expect(server.requests).toBeLessThanOrEqual(600)
  expect(spent.calls).toBe(600)
  // What is lost is what was under way and as much again, at most 64 at each kill; the rest of the budget was of use.
  expect(lost.calls).toBeGreaterThan(0)
  expect(lost.calls).toBeLessThanOrEqual(3 * 64)
  expect(server.requests - killed).toBeGreaterThan(600 - killed - 3 * 64 - 1)
  const { stdout } = await assay(['resume', 'run'])
  expect(stdout).toMatch(new RegExp(`Up to ${lost.calls} calls may have been under way when a session was killed`))
  const report = await assay(['report', 'run', '--out', 'page'])
  expect(report.stderr).not.toContain('assay:')
  expect(readFileSync(join(folder, 'page/report.json'), 'utf8')).toContain('answer lost to a kill')
}, 120_000)

test('a run interrupted by three Ctrl-C never asks more than its budget, and its journal has every request', async () => {
  await begin({ items: 200, server: { latencyMs: 150 }, protocol: { budget: { calls: 60 } } })
  for (const command of [run, resume, resume]) {
    const { code, stdout } = await assay([...command, '--concurrency', '8'], { signal: 'SIGINT', after: 3 })
    expect(code).toBe(130)
    expect(JSON.parse(stdout)).toMatchObject({ lost: { calls: 0 }, spent: { calls: server.requests } })
  }
  const { stdout } = await assay(resume)
  expect(JSON.parse(stdout)).toMatchObject({ lost: { calls: 0 }, spent: { calls: server.requests } })
  expect(server.requests).toBeLessThanOrEqual(60)
}, 120_000)

const likelihood = { answer: 'likelihood', scorers: [{ use: 'likelihood', with: { normalisation: 'none' } }] }
const claimOn = (scorer: string) => [
  {
    id: 'able',
    kind: 'capability',
    quantifier: 'rate',
    scorer,
    model: 'm',
    population: 'items-like-these',
    direction: 'above',
    threshold: 0.5,
    decision: { ifSupported: 'ship', ifRefuted: 'stop', ifInconclusive: 'wait' },
  },
]

test('a budget of 10 calls is 10 requests where options are weighed: 2 of proof and 4 for each item', async () => {
  const claims = claimOn('likelihood')
  await begin({ items: 20, server: {}, protocol: { ...likelihood, claims, budget: { calls: 10 } } })
  const plan = await assay(['plan', 'protocol.json'])
  expect(plan.stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /Calls +at most 82, one for each option, and 2 of proof that they can be weighed \(budget 10, which may end the run before\)/,
  )
  expect(server.requests).toBe(0)
  const { stdout } = await assay(run)
  expect(server.requests).toBe(10)
  expect(JSON.parse(stdout)).toMatchObject({ reason: 'budget', cells: { done: 2 }, spent: { calls: 10 } })
  // Nothing is left for another proof.
  expect(JSON.parse((await assay(resume)).stdout)).toMatchObject({ reason: 'budget', spent: { calls: 10 } })
  expect(server.requests).toBe(10)
}, 60_000)

test('a budget of likelihoods holds over sessions that are killed and resumed, each with a proof of its own', async () => {
  const claims = claimOn('likelihood')
  await begin({ items: 500, server: { latencyMs: 20 }, protocol: { ...likelihood, claims, budget: { calls: 400 } } })
  // The second is killed in the middle of its proof.
  for (const after of [3, 1, 40, 20]) await assay(server.requests === 0 ? run : resume, { signal: 'SIGKILL', after })
  const { reason, spent } = JSON.parse((await assay(resume)).stdout)
  expect(reason).toBe('budget')
  expect(spent.calls).toBeGreaterThan(400 - 4)
  expect(server.requests).toBeLessThanOrEqual(400)
}, 120_000)

test('a run of likelihoods at one request at a time, and at 3, has no more in flight; a run that is done sends nothing', async () => {
  const claims = claimOn('likelihood')
  await begin({ items: 6, server: { latencyMs: 5 }, protocol: { ...likelihood, claims } })
  for (const concurrency of ['1', '3']) {
    const before = server.requests
    const out = `run-${concurrency}`
    const { stdout } = await assay(['run', 'protocol.json', '--out', out, '--json', '--concurrency', concurrency])
    expect(JSON.parse(stdout)).toMatchObject({ reason: 'complete', spent: { calls: 2 + 6 * 4 } })
    expect(server.requests - before).toBe(2 + 6 * 4)
    expect(server.peak).toBeLessThanOrEqual(Number(concurrency))
    await assay(['resume', out])
    expect(server.requests - before).toBe(2 + 6 * 4)
  }
}, 120_000)

test('a server that claims a million tokens for every answer is charged with what they can be, and the page says so', async () => {
  await begin({ items: 30, server: { fault: () => 'absurd-usage' }, protocol: { budget: { tokens: 20_000 } } })
  const { stdout } = await assay(['run', 'protocol.json', '--out', 'run'])
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    '30 calls of m came back with token counts or a cost beyond what the prompt and the longest allowed answer can come to.',
  )
  const resumed = JSON.parse((await assay(resume)).stdout)
  expect(resumed).toMatchObject({ reason: 'complete', disbelieved: [{ model: 'm', calls: 30 }], spent: { calls: 30 } })
  expect(resumed.spent.tokens).toBeLessThanOrEqual(20_000)
  await assay(['report', 'run', '--out', 'page'])
  expect(readFileSync(join(folder, 'page/report.md'), 'utf8')).toContain('30 calls of m came back with token counts')
}, 60_000)

test.each(['no-usage', 'wrong-usage'] as const)(
  'a server with %s cannot be asked for nothing: the most is charged',
  async (fault) => {
    await begin({ items: 200, server: { fault: () => fault }, protocol: { budget: { tokens: 10_000 } } })
    const { reason, spent } = JSON.parse((await assay(run)).stdout)
    expect(reason).toBe('budget')
    expect(spent.tokens).toBeLessThanOrEqual(10_000)
    expect(spent.tokens / server.requests).toBeGreaterThan(100)
  },
  60_000,
)

test('a budget of 37 calls at 50 at a time is 37 units, though the endpoint is slow', async () => {
  await begin({ items: 200, server: { latencyMs: 200 }, protocol: { budget: { calls: 37 } } })
  const { stdout } = await assay(['run', 'protocol.json', '--out', 'run', '--concurrency', '50'])
  expect(server.requests).toBe(37)
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('37 of the 200 items or their clusters are in')
}, 60_000)

test('a run that its claim ends says in terminal and page how many calls it paid, and how many of them beyond the decision', async () => {
  const claims = claimOn('multiple-choice').map((claim) => ({ ...claim, direction: 'below', threshold: 0.6 }))
  await begin({ items: 500, server: { latencyMs: 20 }, protocol: { claims, stopping: { rule: 'anytime' } } })
  const { stdout } = await assay(['run', 'protocol.json', '--out', 'run'])
  const [sentence = '', calls, late] =
    /The run paid (\d+) calls; (\d+) of them (?:was|were) under way or read ahead when the last claim was decided\./.exec(
      stdout.replaceAll(/\s+/g, ' '),
    ) ?? []
  expect(Number(calls)).toBe(server.requests)
  const journal = readFileSync(join(folder, 'run/journal-0001.jsonl'), 'utf8').trim().split('\n')
  const records = journal.map((line) => JSON.parse(line))
  const { cells } = records.at(-1)
  expect(Number(late)).toBe(records.filter(({ kind, index }) => kind === 'call' && index >= cells).length)
  await assay(['report', 'run', '--out', 'page'])
  expect(readFileSync(join(folder, 'page/report.json'), 'utf8')).toContain(`"calls-beyond-decision"`)
  expect(readFileSync(join(folder, 'page/report.html'), 'utf8')).toContain(sentence)
}, 60_000)
