/** The shape of a calibration: a simulated proof that an interval covers or a test keeps its level. */
import type { Random } from '../src/random/index.ts'

/** What one simulated setting gave. */
export interface CalibrationRow {
  /** The simulated world in words: `10 unequal clusters, rate 0.05`. Unique within its calibration. */
  readonly setting: string
  /** Share of the repetitions that covered the truth, or that rejected a true null; for costs, the mean share used. */
  readonly rate: number
  /** `enumerated`: every possible outcome was summed with its probability, so the rate has no simulation error. */
  readonly repetitions: number | 'enumerated'
  /** Path of the stream that the repetitions used. */
  readonly seed: string
  /** Of the mean of a cost. Rates of events have the binomial one and state none. */
  readonly standardError?: number
}

export interface Calibration {
  /** kebab-case; also the name of the committed file in `calibration/results`. */
  readonly name: string
  readonly title: string
  /** `coverage` of an interval, the `level` at which a test rejects a true null, or a `cost` as a share of what is allowed. */
  readonly kind: 'coverage' | 'level' | 'cost'
  /** The promised rate, such as 0.95 or 0.05. */
  readonly nominal: number
  /** `nominal`: close to it on both sides; `at-least` and `at-most`: conservative procedures, judged on one side. */
  readonly verdict: 'nominal' | 'at-least' | 'at-most'
  /** What a reader of the table must know. */
  readonly note?: string
  run(options: {
    readonly random: Random
    readonly repetitions: number
  }): readonly CalibrationRow[] | Promise<readonly CalibrationRow[]>
}

export function defineCalibration(calibration: Calibration): Calibration {
  return calibration
}
