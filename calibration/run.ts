/**
 * `npm run calibrate [-- NAME… [--repetitions N]]`: simulates procedures, writes calibration/results and docs/calibration.md.
 *
 * Exits 1 where a procedure breaks its promise, 2 for an unknown name.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { calibrationPage } from './calibration-page.ts'
import { calibrations } from './cases/index.ts'
import { type CommittedResult, readResult, resultOf, writeResult } from './committed-result.ts'
import type { SimulationOutcome, SimulationTask } from './simulate.ts'

const seed = 'assay-calibration'
const { values, positionals } = parseArgs({
  options: { repetitions: { type: 'string', default: '4000' } },
  allowPositionals: true,
})
const repetitions = Number(values.repetitions)
const unknown = positionals.filter((name) => !calibrations.some((calibration) => calibration.name === name))
if (unknown.length > 0 || !Number.isInteger(repetitions) || repetitions < 1) {
  console.error(
    unknown.length > 0
      ? `no calibration is named ${unknown.join(', ')}; there are ${calibrations.map(({ name }) => name).join(', ')}`
      : `repetitions must be a whole number of at least 1, got ${values.repetitions}`,
  )
  process.exit(2)
}

const waiting = calibrations.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const broken: string[] = []

async function work(): Promise<void> {
  for (let calibration = waiting.shift(); calibration !== undefined; calibration = waiting.shift()) {
    const { rows, elapsedMs } = await simulate({ name: calibration.name, seed, repetitions })
    const date = new Date().toISOString().slice(0, 10)
    const result = resultOf({ calibration, rows, seed, repetitions, elapsedMs, date })
    writeResult(result)
    console.log(`\n${result.title} (${(elapsedMs / 1000).toFixed(1)} s)`)
    for (const row of result.rows) {
      const { nominal } = result
      console.log(
        `  ${row.withinTolerance ? 'ok    ' : 'BROKEN'} ${row.rate.toFixed(4)} (promised ${nominal}${row.repetitions === 'enumerated' ? ', enumerated' : ` ± ${row.standardError.toFixed(4)}`})  ${row.setting}`,
      )
      if (!row.withinTolerance) broken.push(`${result.name}: ${row.setting}`)
    }
  }
}

function simulate(task: SimulationTask): Promise<SimulationOutcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('simulate.ts', import.meta.url), { workerData: task })
    worker.once('message', resolve)
    worker.once('error', (error) => reject(new Error(`calibration ${task.name} failed`, { cause: error })))
  })
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))

const results = calibrations
  .map(({ name }) => readResult(name))
  .filter((result): result is CommittedResult => result !== undefined)
writeFileSync(new URL('../docs/calibration.md', import.meta.url), calibrationPage(results))
if (broken.length > 0) {
  console.error(`\n${broken.length} settings break their promise:\n${broken.map((each) => `  ${each}`).join('\n')}`)
  process.exitCode = 1
}
