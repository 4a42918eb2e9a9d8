/** Decides whether a simulated rate is what its procedure promises. */
import type { Calibration, CalibrationRow } from './calibration.ts'

export interface Judgement {
  /** Binomial standard error of the simulation at the promised rate: √(p(1 − p) / repetitions). 0 where enumerated. */
  readonly standardError: number
  readonly withinTolerance: boolean
}

/** A correct procedure leaves this tolerance about once in 16,000 rows. */
export const toleranceInStandardErrors = 4

/** An enumerated rate is a sum of many floating-point probabilities. */
const rounding = 1e-9

/** `nominal` is judged on both sides, `at-least` and `at-most` only on the side that breaks the promise. */
export function judgeRow(
  { nominal, verdict }: Pick<Calibration, 'nominal' | 'verdict'>,
  row: CalibrationRow,
): Judgement {
  const { repetitions } = row
  const standardError = repetitions === 'enumerated' ? 0 : Math.sqrt((nominal * (1 - nominal)) / repetitions)
  const tolerance = toleranceInStandardErrors * standardError + rounding
  const excess = row.rate - nominal
  switch (verdict) {
    case 'nominal':
      return { standardError, withinTolerance: Math.abs(excess) <= tolerance }
    case 'at-least':
      return { standardError, withinTolerance: excess >= -tolerance }
    case 'at-most':
      return { standardError, withinTolerance: excess <= tolerance }
    default:
      return verdict satisfies never
  }
}
