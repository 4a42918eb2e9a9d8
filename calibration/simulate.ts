/** Runs one calibration in a worker thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { openRandom } from '../src/random/index.ts'
import type { CalibrationRow } from './calibration.ts'
import { calibrations } from './cases/index.ts'

export interface SimulationTask {
  readonly name: string
  readonly seed: string
  readonly repetitions: number
}

export interface SimulationOutcome {
  readonly rows: readonly CalibrationRow[]
  readonly elapsedMs: number
}

const { name, seed, repetitions } = workerData as SimulationTask
const calibration = calibrations.find((each) => each.name === name)
if (calibration === undefined) throw new Error(`no calibration is named ${name}`)
const started = performance.now()
const rows = await calibration.run({ random: openRandom(seed).split(name), repetitions })
parentPort?.postMessage({ rows, elapsedMs: performance.now() - started } satisfies SimulationOutcome)
