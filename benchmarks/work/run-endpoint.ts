/**
 * `assay run` of N cells against the loopback server, from reading the protocol to the last journal record.
 *
 * node benchmarks/work/run-endpoint.ts FOLDER CELLS CONCURRENCY
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../src/operations/run.ts'

const [folder = '', cells = '', concurrency = ''] = process.argv.slice(2)
const { ASSAY_USAGE_FILE: _, ...environment } = process.env
const server = fork(new URL('loopback-process.ts', import.meta.url), ['50'], { execArgv: [], env: environment })
const [origin] = (await once(server, 'message')) as [string]
const items = Array.from({ length: Number(cells) }, (_, index) => ({
  id: `i${index}`,
  input: `Say the number ${index}.`,
  target: String(index),
}))
const protocol = {
  version: 1,
  title: 'throughput',
  construct: { definition: 'none' },
  envelope: { normalUse: 'benchmark' },
  models: [{ id: 'm', endpoint: `openai-compatible:${origin}/v1#tiny` }],
  items: { inline: items },
  scorers: [{ use: 'exact-match' }],
  claims: [
    {
      id: 'c',
      kind: 'capability',
      quantifier: 'rate',
      scorer: 'exact-match',
      model: 'm',
      population: 'items-like-these',
      direction: 'above',
      threshold: 0.5,
      decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
    },
  ],
  stopping: { rule: 'fixed' },
  decoding: { maxTokens: 8 },
}
writeFileSync(join(folder, 'protocol.json'), JSON.stringify(protocol))
rmSync(join(folder, 'run'), { recursive: true, force: true })
const started = performance.now()
const cpu = process.cpuUsage()
const result = await run.run(
  run.input.parse({ protocol: 'protocol.json', out: 'run', concurrency: Number(concurrency) }),
  {
    signal: new AbortController().signal,
    workingDirectory: folder,
    progress: () => undefined,
    host: {
      now: () => performance.now(),
      time: () => new Date().toISOString(),
      processId: process.pid,
      isAlive: () => false,
      secret: () => undefined,
    },
  },
)
const elapsedMs = performance.now() - started
const { user, system } = process.cpuUsage(cpu)
server.kill()
const { done } = result.executed.outcome
if (done !== Number(cells)) throw new Error(`${done} of ${cells} cells were run`)
process.stdout.write(
  `${JSON.stringify({ elapsedMs, processorMicroseconds: Math.round((user + system) / done), shareOfBound: ((done / Number(concurrency)) * 50) / elapsedMs })}\n`,
)
