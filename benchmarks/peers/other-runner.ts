/** Runs another runner of evals against the loopback server: its wall time and the largest memory of any of its processes. */
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface OtherRunner {
  readonly latencyMs: number
  /** Writes what the runner needs and names its command; `origin` is the server's. */
  readonly prepare: (folder: string, origin: string) => RunnerCommand
  /** Answers that the runner has scored as right, from what it wrote. */
  readonly scored: (folder: string) => number
  readonly calls: number
}

export interface RunnerCommand {
  /** Arguments of `node`. */
  readonly arguments: readonly string[]
  readonly workingDirectory: string
  readonly environment: Readonly<Record<string, string>>
}

/** Prints `{ "elapsedMs": …, "peakMegabytes": … }` last. Linux only: memory is read from /proc. */
export async function measureRunner({ latencyMs, prepare, scored, calls }: OtherRunner): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-peer-'))
  const server = fork(new URL('../work/loopback-process.ts', import.meta.url), [String(latencyMs)], { execArgv: [] })
  try {
    const [origin] = (await once(server, 'message')) as [string]
    const command = prepare(folder, origin)
    const started = performance.now()
    const child = spawn(process.execPath, command.arguments, {
      cwd: command.workingDirectory,
      env: { ...process.env, ...command.environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    let peakKilobytes = 0
    const timer = setInterval(() => {
      peakKilobytes = Math.max(peakKilobytes, largestPeak(child.pid ?? 0))
    }, 250)
    await once(child, 'exit')
    const elapsedMs = performance.now() - started
    clearInterval(timer)
    const found = scored(folder)
    if (found !== calls) throw new Error(`${found} of ${calls} answers were scored`)
    console.log(JSON.stringify({ elapsedMs, peakMegabytes: (peakKilobytes * 1_024) / 1e6 }))
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function largestPeak(process: number): number {
  try {
    const own = Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1] ?? 0)
    const children = readFileSync(`/proc/${process}/task/${process}/children`, 'utf8').trim().split(' ').filter(Boolean)
    return Math.max(own, ...children.map((child) => largestPeak(Number(child))))
  } catch {
    // It has ended meanwhile.
    return 0
  }
}
