/** What calling an endpoint costs, without anything that a run does with the answers. The server answers after 50 ms. */
import { type Benchmark, defineBenchmark } from '../benchmark.ts'

export const clientAt50 = clientThroughput({
  name: 'client-throughput-50',
  concurrency: 50,
  // 85 % of what 200 rounds of 50 ms allow.
  milliseconds: 11_765,
})

export const clientAt200 = clientThroughput({ name: 'client-throughput-200', concurrency: 200, milliseconds: 6_000 })

function clientThroughput(options: {
  readonly name: string
  readonly concurrency: number
  readonly milliseconds: number
}): Benchmark {
  const { name, concurrency, milliseconds } = options
  return defineBenchmark({
    name,
    title: `10,000 calls to an OpenAI-compatible server with 50 ms latency, ${concurrency} at a time`,
    limit: { milliseconds, peakMegabytes: 300 },
    clock: 'reported',
    prepare: async () => {},
    arguments: () => ['benchmarks/work/call-endpoint.ts', '10000', String(concurrency)],
  })
}
