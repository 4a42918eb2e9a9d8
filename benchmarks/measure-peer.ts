/** Runs the peer of a benchmark, once and in a process of its own, right after ours. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Benchmark, Peer } from './benchmark.ts'
import { lastLine } from './measure.ts'

export interface PeerMeasurement {
  readonly benchmark: Benchmark
  readonly peer: Peer
  readonly milliseconds: number
  readonly peakMegabytes: number
}

/** Undefined where the benchmark has no peer; a text says why a peer that there is could not be measured. */
export function measurePeer(benchmark: Benchmark, python: string | undefined): PeerMeasurement | string | undefined {
  const { peer } = benchmark
  const program = peer?.runtime === 'node' ? process.execPath : python
  if (peer === undefined || program === undefined) return undefined
  const child = spawnSync(program, peer.arguments, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    // One thread, as here: the comparison is of methods, not of cores.
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
    maxBuffer: 1 << 28,
  })
  if (child.error !== undefined) return `could not be started: ${child.error.message}`
  if (child.status !== 0) return `ended with ${child.status}: ${child.stderr.trim().split('\n').at(-1) ?? ''}`
  const { elapsedMs, peakMegabytes } = lastLine(child.stdout) as { elapsedMs: number; peakMegabytes: number }
  return { benchmark, peer, milliseconds: elapsedMs, peakMegabytes }
}
