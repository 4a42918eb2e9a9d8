/** Results of benchmarks, committed one file each: a row is measured again by its name, and the page is made of all of them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Benchmark } from './benchmark.ts'
import { type Measurement, within } from './measure.ts'
import type { PeerMeasurement } from './measure-peer.ts'

/** Where and when a row was measured. */
export interface Circumstances {
  readonly machine: string
  readonly date: string
  /** Processes that wanted a core just before, on average over a minute: what the machine was busy with besides. */
  readonly load: number
}

export interface BenchmarkResult {
  readonly circumstances: Circumstances
  readonly measurement: Measurement
  readonly peers: readonly PeerMeasurement[]
}

type Committed = Circumstances &
  Omit<Measurement, 'benchmark' | 'withinLimit'> & {
    readonly peers: readonly (Omit<PeerMeasurement, 'benchmark' | 'peer'> & { readonly title: string })[]
  }

const fileOf = ({ name }: Benchmark): URL => new URL(`results/${name}.json`, import.meta.url)

/** Undefined where the benchmark was never measured. */
export function readResult(benchmark: Benchmark): BenchmarkResult | undefined {
  if (!existsSync(fileOf(benchmark))) return undefined
  const { machine, date, load, peers, ...times } = JSON.parse(readFileSync(fileOf(benchmark), 'utf8')) as Committed
  return {
    circumstances: { machine, date, load },
    measurement: { benchmark, ...times, withinLimit: within(benchmark.limit, times) },
    peers: (benchmark.peers ?? []).flatMap((peer) => {
      const found = peers.find(({ title }) => title === peer.title)
      return found === undefined ? [] : [{ ...found, benchmark, peer }]
    }),
  }
}

/** Peers that were not run this time keep what they took last. */
export function writeResult({ circumstances, measurement, peers }: BenchmarkResult): void {
  const { benchmark, milliseconds, processorMilliseconds, peakMegabytes, firstMilliseconds } = measurement
  const earlier = readResult(benchmark)?.peers ?? []
  const kept = earlier.filter(({ peer }) => !peers.some((other) => other.peer.title === peer.title))
  const result: Committed = {
    ...circumstances,
    milliseconds: milliseconds.map(rounded),
    processorMilliseconds: processorMilliseconds.map(rounded),
    peakMegabytes: peakMegabytes.map(rounded),
    firstMilliseconds: firstMilliseconds.map(rounded),
    peers: [...kept, ...peers].map((each) => ({
      title: each.peer.title,
      milliseconds: rounded(each.milliseconds),
      peakMegabytes: rounded(each.peakMegabytes),
    })),
  }
  mkdirSync(new URL('results/', import.meta.url), { recursive: true })
  writeFileSync(fileOf(benchmark), `${JSON.stringify(result, undefined, 2)}\n`)
}

function rounded(value: number): number {
  return Number(value.toPrecision(6))
}
