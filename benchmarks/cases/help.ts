import { defineBenchmark } from '../benchmark.ts'

export const help = defineBenchmark({
  name: 'help',
  title: '`assay --help`, start of the process included',
  limit: { milliseconds: 200 },
  clock: 'process',
  prepare: async () => {},
  arguments: () => ['dist/cli/main.js', '--help'],
})
