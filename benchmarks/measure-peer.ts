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

/** Where the peers are that were asked for. */
export interface PeerPlaces {
  /** A Python that has the libraries. */
  readonly python?: string | undefined
  /** The folder in which the other runners are installed. */
  readonly runners?: string | undefined
}

export interface PeerToMeasure {
  readonly benchmark: Benchmark
  readonly peer: Peer
}

/** Undefined where the peer was not asked for; a text says why one could not be measured. */
export function measurePeer(
  { benchmark, peer }: PeerToMeasure,
  { python, runners }: PeerPlaces,
): PeerMeasurement | string | undefined {
  if (peer.runtime === 'runner' && runners === undefined) return undefined
  const program = peer.runtime === 'python' ? python : process.execPath
  if (program === undefined) return undefined
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
