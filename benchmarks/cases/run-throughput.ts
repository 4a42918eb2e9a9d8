/** A whole run against an endpoint: rendering, calling, scoring, claims and the journal. The server answers after 50 ms. */
import { type Benchmark, defineBenchmark } from '../benchmark.ts'
import { writeThroughputItems } from '../work/throughput-protocol.ts'

const cells = 10_000

export const runAt50 = runThroughput({
  name: 'run-throughput-50',
  concurrency: 50,
  // 85 % of what 200 rounds of 50 ms allow.
  milliseconds: 11_765,
})

export const runAt200 = runThroughput({ name: 'run-throughput-200', concurrency: 200, milliseconds: 6_000 })

function runThroughput(options: {
  readonly name: string
  readonly concurrency: number
  readonly milliseconds: number
}): Benchmark {
  const { name, concurrency, milliseconds } = options
  return defineBenchmark({
    name,
    title: `\`assay run\` of 10,000 cells against a server with 50 ms latency, ${concurrency} at a time`,
    limit: { milliseconds, peakMegabytes: 300 },
    clock: 'reported',
    prepare: async (folder) => writeThroughputItems(folder, cells),
    arguments: (folder) => ['benchmarks/work/run-endpoint.ts', folder, String(cells), String(concurrency), '50'],
    peer: {
      runtime: 'node',
      title: 'bare undici client that writes JSON lines',
      arguments: ['benchmarks/work/bare-client.ts', String(cells), String(concurrency), '50'],
    },
  })
}
