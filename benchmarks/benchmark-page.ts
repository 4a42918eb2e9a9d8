/** Writes docs/benchmarks.md: the machine, then one row per benchmark. */
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import type { BenchmarkResult } from './committed-result.ts'
import { type Measurement, median } from './measure.ts'
import type { PeerMeasurement } from './measure-peer.ts'

export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const gigabytes = Math.round(totalmem() / 1e9)
  return `${model}, ${availableParallelism()} cores, ${gigabytes} GB memory, ${type()} ${release().split('-')[0]}, Node ${process.versions.node}`
}

export function benchmarkPage(results: readonly BenchmarkResult[]): string {
  const measurements = results.map(({ measurement }) => measurement)
  const peers = results.flatMap((result) => result.peers)
  return `${[
    '# Benchmarks',
    '',
    'Each row ran in five fresh processes. Limits are held against the fastest, as whatever else a machine does only adds to a',
    'time; the median and the slowest stand beside it. Processor time is the median over all cores with the start of the process,',
    'memory the largest peak of resident memory since the program was loaded, Node itself and the making of the data included.',
    'Statistics are called several times in their process: time is that of a repeated call, and the first call, in which Node',
    'still compiles, is held to the limit too, again by the fastest, with the median behind it.',
    'Their data are made again from published streams, and every result is checked before its time counts.',
    '`npm run bench -- --peers` repeats all, with names only those, and writes this page from `benchmarks/results`.',
    '',
    ...circumstances(results),
    '',
    '<!-- written by benchmarks/run.ts; do not edit -->',
    '',
    '| benchmark | fastest | median | slowest | first call | median | limit | processor time | peak memory | limit | within limits |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | :---: |',
    ...measurements.map(measurementRow),
    '',
    '## Beside other libraries',
    '',
    ...peerLines(measurements, peers),
    '',
    '## Beside other runners',
    '',
    ...runnerLines(measurements, peers),
  ].join('\n')}\n`
}

/** One line for each machine. */
function circumstances(results: readonly BenchmarkResult[]): readonly string[] {
  const machines = Map.groupBy(results, (result) => result.circumstances.machine)
  return [...machines].map(([machine, rows]) => {
    const dates = rows.map((row) => row.circumstances.date).toSorted()
    const [first, last] = [dates[0] ?? '', dates.at(-1) ?? '']
    const load = Math.max(...rows.map((row) => row.circumstances.load))
    const which = machines.size === 1 ? '' : `, ${rows.length} of ${results.length} rows`
    return `Machine: ${machine}${which}. Measured on ${first}${first === last ? '' : ` to ${last}`}, with a load of at most ${load.toFixed(1)} before a row.`
  })
}

function measurementRow(measurement: Measurement): string {
  const { benchmark, milliseconds, firstMilliseconds, processorMilliseconds, peakMegabytes, withinLimit } = measurement
  const { limit, title } = benchmark
  const memoryLimit = limit.peakMegabytes === undefined ? '–' : `${limit.peakMegabytes} MB`
  const first =
    firstMilliseconds.length === 0
      ? '– | –'
      : `${time(Math.min(...firstMilliseconds))} | ${time(median(firstMilliseconds))}`
  return (
    `| ${title} | ${time(Math.min(...milliseconds))} | ${time(median(milliseconds))} | ${time(Math.max(...milliseconds))} | ${first} | ${time(limit.milliseconds)} | ` +
    `${time(median(processorMilliseconds))} | ${Math.round(Math.max(...peakMegabytes))} MB | ${memoryLimit} | ${withinLimit ? 'yes' : '**no**'} |`
  )
}

function peerLines(measurements: readonly Measurement[], peers: readonly PeerMeasurement[]): readonly string[] {
  const python = peers.filter(({ peer }) => peer.runtime === 'python')
  if (python.length === 0) return ['Not run this time: `--peers` needs a Python with the libraries.']
  return [
    'Measured in the same run, each once and right after ours, of which the median is shown, one call on one thread, data and imports ready before the clock starts.',
    'No library of Python fits the G-study or the 2PL: beside those two stands NumPy written by hand, which gives less. R is not',
    'run here: on another machine of 2 cores lme4 took 80 s for six components of that G-study, 20 s for the logit mixed model',
    'without item × model and 52 s with it, and glmmTMB 10 s.',
    '',
    '| benchmark | ours, first call | ours, repeated | other library | its time | its memory | times as long as our first call |',
    '| --- | ---: | ---: | --- | ---: | ---: | ---: |',
    ...python.flatMap(({ benchmark, peer, milliseconds, peakMegabytes }) => {
      const ours = measurements.find((measurement) => measurement.benchmark === benchmark)
      if (ours === undefined) return []
      const first = median(ours.firstMilliseconds)
      return [
        `| ${benchmark.title} | ${time(first)} | ${time(median(ours.milliseconds))} | ${peer.title} | ${time(milliseconds)} | ` +
          `${Math.round(peakMegabytes)} MB | ${ratio(milliseconds / first)} |`,
      ]
    }),
  ]
}

/** The other runners take gigabytes to install: where they were not run, they are quoted. */
function runnerLines(measurements: readonly Measurement[], peers: readonly PeerMeasurement[]): readonly string[] {
  const runs = measurements.filter(({ benchmark }) => benchmark.peers?.some(({ runtime }) => runtime === 'node'))
  return [
    'Waiting for 10,000 answers of 50 ms takes 10 s at 50 and 2.5 s at 200 at a time; server and client share the machine. Each',
    'counts from loading the command to the end of what it writes. What is marked as quoted are 10,000 such answers too,',
    'measured in November 2026 on another machine of 2 shared cores and 24 GB under Node 24.21 and not run here.',
    '',
    '| runner | time | peak memory |',
    '| --- | ---: | ---: |',
    ...runs.flatMap((run) => [
      runnerRow(run.benchmark.title, median(run.milliseconds), Math.max(...run.peakMegabytes)),
      ...peers
        .filter(({ benchmark }) => benchmark === run.benchmark)
        .map(({ peer, milliseconds, peakMegabytes }) =>
          runnerRow(`the same by a ${peer.title}`, milliseconds, peakMegabytes),
        ),
    ]),
    ...quotedRunners.map(({ title, seconds, megabytes }) => runnerRow(`${title}, quoted`, seconds * 1_000, megabytes)),
  ]
}

const quotedRunners = [
  { title: 'promptfoo 0.123.1, 50 at a time', seconds: 111.5, megabytes: 874 },
  { title: 'promptfoo 0.123.1, 200 at a time', seconds: 115.1, megabytes: 1_084 },
  { title: 'evalite 0.19.0, 50 at a time', seconds: 198.6, megabytes: 486 },
  { title: 'evalite 0.19.0, 200 at a time (never more than 102)', seconds: 202, megabytes: 454 },
  { title: 'bare undici client, 50 at a time', seconds: 11.2, megabytes: 208 },
  { title: 'bare undici client, 200 at a time', seconds: 4.2, megabytes: 212 },
]

function runnerRow(title: string, milliseconds: number, megabytes: number): string {
  return `| ${title} | ${time(milliseconds)} | ${Math.round(megabytes)} MB |`
}

function ratio(value: number): string {
  return value >= 10 ? String(Math.round(value)) : value.toPrecision(2)
}

function time(milliseconds: number): string {
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`
}
