import { defineBenchmark } from '../benchmark.ts'

export const observationTable = defineBenchmark({
  name: 'observation-table',
  title: '1,000,000 observations built, put in canonical order and grouped by item × variant',
  limit: { milliseconds: 1_000, peakMegabytes: 500 },
  clock: 'reported',
  prepare: async () => {},
  arguments: () => ['benchmarks/work/build-table.ts', '1000000'],
})
