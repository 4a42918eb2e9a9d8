/** Every benchmark, by hand. A new one is one file here and one line below. */
import type { Benchmark } from '../benchmark.ts'
import { help } from './help.ts'
import { inspectReport70k, inspectReport200k } from './inspect-report.ts'
import { observationTable } from './observation-table.ts'

export const benchmarks: readonly Benchmark[] = [observationTable, help, inspectReport70k, inspectReport200k]
