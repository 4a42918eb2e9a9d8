/** A whole run against an endpoint: rendering, calling, scoring, claims and the journal. The server answers after 50 ms. */
import { type Benchmark, defineBenchmark, type Peer } from '../benchmark.ts'
import { writeThroughputItems } from '../work/throughput-protocol.ts'

export const runAt50 = runThroughput({
  name: 'run-throughput-50',
  cells: 10_000,
  concurrency: 50,
  latency: 50,
  // 85 % of what 200 rounds of 50 ms allow.
  milliseconds: 11_765,
})

export const runAt200 = runThroughput({
  name: 'run-throughput-200',
  cells: 10_000,
  concurrency: 200,
  latency: 50,
  milliseconds: 6_000,
  // Minutes each; more calls in flight than at 50 favour them.
  runners: [
    { title: 'promptfoo 0.123.1', script: 'promptfoo' },
    { title: 'evalite 0.19.0', script: 'evalite' },
  ],
})

/** Beside the others it shows that memory does not grow with the number of cells. */
export const runOfMany = runThroughput({
  name: 'run-throughput-many',
  cells: 40_000,
  concurrency: 200,
  latency: 5,
  // A processor millisecond for each.
  milliseconds: 40_000,
})

function runThroughput(options: {
  readonly name: string
  readonly cells: number
  readonly concurrency: number
  /** Milliseconds until an answer. */
  readonly latency: number
  readonly milliseconds: number
  readonly runners?: readonly { readonly title: string; readonly script: string }[]
}): Benchmark {
  const { name, cells, concurrency, latency, milliseconds, runners = [] } = options
  const load = [cells, concurrency, latency].map(String)
  return defineBenchmark({
    name,
    title: `\`assay run\` of ${cells.toLocaleString('en-US')} cells against a server with ${latency} ms latency, ${concurrency} at a time`,
    limit: { milliseconds, peakMegabytes: 300 },
    clock: 'reported',
    prepare: async (folder) => writeThroughputItems(folder, cells),
    arguments: (folder) => ['benchmarks/work/run-endpoint.ts', folder, ...load],
    peers: [
      {
        runtime: 'node',
        title: 'bare undici client that writes JSON lines',
        arguments: ['benchmarks/work/bare-client.ts', ...load],
      },
      ...runners.map(
        ({ title, script }): Peer => ({
          runtime: 'runner',
          title,
          arguments: [`benchmarks/peers/${script}.ts`, ...load],
        }),
      ),
    ],
  })
}
