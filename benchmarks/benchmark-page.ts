/** Writes docs/benchmarks.md: the machine, then one row per benchmark. */
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import { type Measurement, median } from './measure.ts'

export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const gigabytes = Math.round(totalmem() / 1e9)
  return `${model}, ${availableParallelism()} cores, ${gigabytes} GB memory, ${type()} ${release().split('-')[0]}, Node ${process.versions.node}`
}

export interface BenchmarkPage {
  readonly machine: string
  readonly date: string
  readonly measurements: readonly Measurement[]
}

export function benchmarkPage({ machine, date, measurements }: BenchmarkPage): string {
  return `${[
    '# Benchmarks',
    '',
    'Each row ran in fresh processes; time is the median with the slowest run behind it, processor time the median over all',
    'cores with the start of the process, memory the largest peak of resident memory. `npm run bench` repeats them and',
    'writes this page.',
    '',
    `Machine: ${machine}. Measured on ${date}.`,
    '',
    '<!-- written by benchmarks/run.ts; do not edit -->',
    '',
    '| benchmark | time | slowest | limit | processor time | peak memory | limit | within limits |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | :---: |',
    ...measurements.map(({ benchmark, milliseconds, processorMilliseconds, peakMegabytes, withinLimit }) => {
      const { limit, title } = benchmark
      const memoryLimit = limit.peakMegabytes === undefined ? '–' : `${limit.peakMegabytes} MB`
      return (
        `| ${title} | ${time(median(milliseconds))} | ${time(Math.max(...milliseconds))} | ${time(limit.milliseconds)} | ` +
        `${time(median(processorMilliseconds))} | ${Math.round(Math.max(...peakMegabytes))} MB | ${memoryLimit} | ${withinLimit ? 'yes' : '**no**'} |`
      )
    }),
  ].join('\n')}\n`
}

function time(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`
}
