/** The stretch of an axis: all finite values with some air, never past the ends of the scale itself. */
import type { NumberFormat } from '../../domain/index.ts'

export interface ValueRange {
  readonly lower: number
  readonly upper: number
}

export function valueRange(values: readonly number[], format: NumberFormat): ValueRange {
  let lower = Number.POSITIVE_INFINITY
  let upper = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    lower = Math.min(lower, value)
    upper = Math.max(upper, value)
  }
  if (lower > upper) return { lower: 0, upper: 1 }
  const air = lower === upper ? Math.max(Math.abs(lower) * 0.1, 0.05) : (upper - lower) * 0.05
  const floor = neverNegative.has(format) && lower >= 0 ? 0 : Number.NEGATIVE_INFINITY
  const ceiling = ceilings.has(format) && upper <= 1 ? 1 : Number.POSITIVE_INFINITY
  return { lower: Math.max(floor, lower - air), upper: Math.min(ceiling, upper + air) }
}

const neverNegative: ReadonlySet<NumberFormat> = new Set(['rate', 'count', 'p-value', 'usd', 'milliseconds'])
const ceilings: ReadonlySet<NumberFormat> = new Set(['rate', 'p-value'])
