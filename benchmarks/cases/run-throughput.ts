/** A whole run against an endpoint: rendering, calling, scoring, claims and the journal. The server answers after 50 ms. */
import { type Benchmark, defineBenchmark, type Peer } from '../benchmark.ts'
import { writeThroughputItems } from '../work/throughput-protocol.ts'

const cells = 10_000

export const runAt50 = runThroughput({
  name: 'run-throughput-50',
  concurrency: 50,
  // 85 % of what 200 rounds of 50 ms allow.
  milliseconds: 11_765,
})

export const runAt200 = runThroughput({
  name: 'run-throughput-200',
  concurrency: 200,
  milliseconds: 6_000,
  // Minutes each; more calls in flight than at 50 favour them.
  runners: [
    { runtime: 'runner', title: 'promptfoo 0.123.1', arguments: ['benchmarks/peers/promptfoo.ts', ...load(200)] },
    { runtime: 'runner', title: 'evalite 0.19.0', arguments: ['benchmarks/peers/evalite.ts', ...load(200)] },
  ],
})

/** Calls, calls at a time, and milliseconds until an answer. */
function load(concurrency: number): readonly string[] {
  return [String(cells), String(concurrency), '50']
}

function runThroughput(options: {
  readonly name: string
  readonly concurrency: number
  readonly milliseconds: number
  readonly runners?: readonly Peer[]
}): Benchmark {
  const { name, concurrency, milliseconds, runners = [] } = options
  return defineBenchmark({
    name,
    title: `\`assay run\` of 10,000 cells against a server with 50 ms latency, ${concurrency} at a time`,
    limit: { milliseconds, peakMegabytes: 300 },
    clock: 'reported',
    prepare: async (folder) => writeThroughputItems(folder, cells),
    arguments: (folder) => ['benchmarks/work/run-endpoint.ts', folder, ...load(concurrency)],
    peers: [
      {
        runtime: 'node',
        title: 'bare undici client that writes JSON lines',
        arguments: ['benchmarks/work/bare-client.ts', ...load(concurrency)],
      },
      ...runners,
    ],
  })
}
