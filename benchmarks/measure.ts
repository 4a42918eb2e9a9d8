/** Runs one benchmark in fresh processes and measures each. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark } from './benchmark.ts'

export interface Measurement {
  readonly benchmark: Benchmark
  /** One per run, in order. */
  readonly milliseconds: readonly number[]
  /** Time on all cores together: unlike `milliseconds` it does not grow when others use the machine. */
  readonly processorMilliseconds: readonly number[]
  readonly peakMegabytes: readonly number[]
  /** First call of each run, compilation included; only where the process reports it. */
  readonly firstMilliseconds: readonly number[]
  /** By the fastest run, as what else the machine does only adds to a time; the first call too, which is the one that a user waits for. */
  readonly withinLimit: boolean
}

export async function measure(options: { readonly benchmark: Benchmark; readonly runs: number }): Promise<Measurement> {
  const { benchmark, runs } = options
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    await benchmark.prepare(folder)
    const single = Array.from({ length: runs }, () => measureOnce(benchmark, folder))
    const milliseconds = single.map((run) => run.milliseconds)
    const peakMegabytes = single.map((run) => run.peakMegabytes)
    const processorMilliseconds = single.map((run) => run.processorMilliseconds)
    const firstMilliseconds = single.flatMap(({ firstMs }) => (firstMs === undefined ? [] : [firstMs]))
    const withinLimit = within(benchmark.limit, { milliseconds, firstMilliseconds, peakMegabytes })
    return { benchmark, milliseconds, processorMilliseconds, peakMegabytes, firstMilliseconds, withinLimit }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function within(
  limit: Benchmark['limit'],
  {
    milliseconds,
    firstMilliseconds,
    peakMegabytes,
  }: Pick<Measurement, 'milliseconds' | 'firstMilliseconds' | 'peakMegabytes'>,
): boolean {
  return (
    [milliseconds, firstMilliseconds].every(
      (times) => times.length === 0 || Math.min(...times) <= limit.milliseconds,
    ) &&
    (limit.peakMegabytes === undefined || Math.max(...peakMegabytes) <= limit.peakMegabytes)
  )
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

function measureOnce(benchmark: Benchmark, folder: string) {
  const usageFile = join(folder, 'usage.json')
  const preload = new URL('report-usage.ts', import.meta.url).href
  const started = performance.now()
  const child = spawnSync(process.execPath, ['--import', preload, ...benchmark.arguments(folder)], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    env: { ...process.env, ASSAY_USAGE_FILE: usageFile },
    maxBuffer: 1 << 28,
  })
  const elapsed = performance.now() - started
  if (child.status !== 0) throw new Error(`${benchmark.name} ended with ${child.status}: ${child.stderr.slice(-2_000)}`)
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as { peakMegabytes: number; processorMilliseconds: number }
  if (benchmark.clock === 'process') return { milliseconds: elapsed, firstMs: undefined, ...usage }
  const { elapsedMs, firstMs } = lastLine(child.stdout) as { elapsedMs: number; firstMs?: number }
  return { milliseconds: elapsedMs, firstMs, ...usage }
}

/** JSON that a measured process prints last. */
export function lastLine(stdout: string): unknown {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}
