/**
 * `assay run` against the loopback server, from loading the command to the last journal record.
 *
 * node benchmarks/work/run-endpoint.ts FOLDER CELLS CONCURRENCY LATENCY_MS; the folder holds items.jsonl
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { throughputProtocol } from './throughput-protocol.ts'

const [folder = '', cells = '', concurrency = '', latencyMs = ''] = process.argv.slice(2)
const { ASSAY_USAGE_FILE: _, ...environment } = process.env
const server = fork(new URL('loopback-process.ts', import.meta.url), [latencyMs], { execArgv: [], env: environment })
const [origin] = (await once(server, 'message')) as [string]
const protocol = join(folder, 'protocol.json')
const out = join(folder, 'run')
writeFileSync(protocol, JSON.stringify(throughputProtocol(origin)))
rmSync(out, { recursive: true, force: true })
const started = performance.now()
const cpu = process.cpuUsage()
process.argv = [process.execPath, 'assay', 'run', protocol, '--out', out, '--concurrency', concurrency]
await import(new URL('../../dist/cli/main.js', import.meta.url).href)
const elapsedMs = performance.now() - started
const { user, system } = process.cpuUsage(cpu)
server.kill()
if (!lastBytes(join(out, 'journal-0001.jsonl'), 1_000).includes(`"reason":"complete","cells":${cells}}`))
  throw new Error(`not all ${cells} cells were run`)
// A verdict that is not supported is no failure here.
process.exitCode = 0
process.stdout.write(
  `${JSON.stringify({ elapsedMs, processorMicroseconds: Math.round((user + system) / Number(cells)), shareOfBound: ((Number(cells) / Number(concurrency)) * Number(latencyMs)) / elapsedMs })}\n`,
)

/** Not the whole file: that would count as memory of the run. */
function lastBytes(path: string, most: number): string {
  const descriptor = openSync(path, 'r')
  const bytes = Buffer.alloc(most)
  const read = readSync(descriptor, bytes, 0, most, Math.max(0, fstatSync(descriptor).size - most))
  closeSync(descriptor)
  return bytes.toString('latin1', 0, read)
}
