/**
 * The floor of a runner: undici and a file of JSON lines with request and raw answer, without rendering, retries, claims,
 * seeds or hashes.
 *
 * node benchmarks/work/bare-client.ts CALLS CONCURRENCY LATENCY_MS
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'

const [calls = '', concurrency = '', latencyMs = ''] = process.argv.slice(2)
const server = fork(new URL('loopback-process.ts', import.meta.url), [latencyMs], { execArgv: [] })
const [origin] = (await once(server, 'message')) as [string]
const started = performance.now()
const items = Array.from({ length: Number(calls) }, (_, index) => ({
  input: `Say the number ${index}.`,
  target: String(index),
}))
const folder = mkdtempSync(join(tmpdir(), 'assay-bare-'))
const dispatcher = new Agent({ connections: Number(concurrency), pipelining: 1 })
const headers = { 'content-type': 'application/json', authorization: 'Bearer x' }
const descriptor = openSync(join(folder, 'bare.jsonl'), 'w')
let lines: string[] = []
const flush = (): void => {
  if (lines.length > 0) writeSync(descriptor, lines.join(''))
  lines = []
}
const timer = setInterval(flush, 100)
let next = 0
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    for (let at = next++; at < items.length; at = next++) {
      const { input, target } = items[at] ?? { input: '', target: '' }
      const body = JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content: input }], max_tokens: 8 })
      const response = await request(`${origin}/v1/chat/completions`, { dispatcher, method: 'POST', headers, body })
      const raw = await response.body.text()
      const { choices } = JSON.parse(raw) as { choices: { message: { content: string } }[] }
      const right = choices[0]?.message.content === target
      lines.push(`${JSON.stringify({ at, right, body, raw })}\n`)
      if (lines.length >= 256) flush()
    }
  }),
)
clearInterval(timer)
flush()
fsyncSync(descriptor)
closeSync(descriptor)
const elapsedMs = performance.now() - started
await dispatcher.close()
server.kill()
rmSync(folder, { recursive: true })
// Of this process alone: what the operating system counts as its largest size is inherited where it was started.
const peakKilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
console.log(JSON.stringify({ elapsedMs, peakMegabytes: (peakKilobytes * 1_024) / 1e6 }))
