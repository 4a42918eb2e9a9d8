/**
 * Calls a loopback server through the OpenAI-compatible provider: `call-endpoint.ts CALLS CONCURRENCY`.
 *
 * The server answers after 50 ms in a process of its own, so that only the client's processor time is counted.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { openModel } from '../../src/providers/index.ts'

const [, , calls = '10000', concurrency = '200'] = process.argv
const total = Number(calls)
const { ASSAY_USAGE_FILE: _, ...environment } = process.env
const server = fork(new URL('loopback-process.ts', import.meta.url), ['50'], { execArgv: [], env: environment })
const [origin] = (await once(server, 'message')) as [string]
const model = await openModel({
  endpoint: `openai-compatible:${origin}/v1#tiny`,
  options: {},
  secret: () => undefined,
  now: () => performance.now(),
  workingDirectory: '.',
  readRecordings: async () => [],
})
const { signal } = new AbortController()
const question = `Question: which of the following is right? ${'lorem ipsum dolor '.repeat(40)}\nAnswer with one letter.\n`
let failures = 0

async function call(index: number): Promise<void> {
  const outcome = await model.call({
    request: {
      kind: 'chat',
      messages: [{ role: 'user', content: question + index }],
      decoding: { temperature: 0, seed: 1, maxTokens: 4 },
      logProbabilities: 4,
    },
    signal,
    cell: {
      itemId: String(index),
      levels: {},
      technique: 'zero-shot',
      replicate: 1,
      purpose: 'solve',
      sequence: 0,
      seedPath: '',
    },
  })
  if (outcome.kind === 'failure') failures++
}

for (let index = 0; index < 20; index++) await call(-index)
const started = performance.now()
const before = process.cpuUsage()
let next = 0
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (next < total) await call(next++)
  }),
)
const elapsedMs = performance.now() - started
const used = process.cpuUsage(before)
await model.close()
server.kill()
if (failures > 0) throw new Error(`${failures} of ${total} calls failed`)
const processorMicroseconds = Math.round((used.user + used.system) / total)
const shareOfBound = ((total / Number(concurrency)) * 50) / elapsedMs
console.log(JSON.stringify({ elapsedMs, processorMicroseconds, shareOfBound }))
