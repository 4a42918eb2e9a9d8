/** Every benchmark, by hand. A new one is one file here and one line below. */
import type { Benchmark } from '../benchmark.ts'
import { clientAt50, clientAt200 } from './client-throughput.ts'
import { help } from './help.ts'
import { inspectReport70k, inspectReport200k } from './inspect-report.ts'
import { observationTable } from './observation-table.ts'
import { runAt50, runAt200, runOfMany } from './run-throughput.ts'
import { statistics } from './statistics.ts'

export const benchmarks: readonly Benchmark[] = [
  observationTable,
  help,
  inspectReport70k,
  inspectReport200k,
  runAt50,
  runAt200,
  runOfMany,
  ...statistics,
]

/** Measured when named: what the rows of runs leave to the client below. */
export const onRequest: readonly Benchmark[] = [clientAt50, clientAt200]
