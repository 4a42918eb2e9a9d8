/** Decides whether a simulated rate is what its procedure promises. */
import type { Calibration, CalibrationRow } from './calibration.ts'

export interface Judgement {
  /** Of the simulation: at the promised rate √(p(1 − p) / repetitions), for a cost the one measured, 0 where enumerated. */
  readonly standardError: number
  readonly withinTolerance: boolean
}

/** A correct procedure leaves this tolerance about once in 16,000 rows. */
export const toleranceInStandardErrors = 4

/** An enumerated rate is a sum of many floating-point probabilities. */
const rounding = 1e-9

/** `nominal` is judged on both sides, `at-least` and `at-most` only on the side that breaks the promise. */
export function judgeRow(
  { kind, nominal, verdict }: Pick<Calibration, 'kind' | 'nominal' | 'verdict'>,
  row: CalibrationRow,
): Judgement {
  const { repetitions } = row
  const standardError = repetitions === 'enumerated' ? 0 : errorOf({ kind, nominal }, row, repetitions)
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

function errorOf(
  { kind, nominal }: Pick<Calibration, 'kind' | 'nominal'>,
  { setting, standardError }: CalibrationRow,
  repetitions: number,
): number {
  if (kind !== 'cost') return Math.sqrt((nominal * (1 - nominal)) / repetitions)
  if (standardError === undefined) throw new Error(`${setting}: a simulated cost states its standard error`)
  return standardError
}
