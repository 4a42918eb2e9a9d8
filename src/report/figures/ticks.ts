/** Tick positions, computed here rather than by the plot so that the room their labels need is known beforehand. */
import { formatNumber, type NumberFormat } from '../../domain/index.ts'
import { withoutUnit } from '../format-interval.ts'

export interface TickRange {
  readonly lower: number
  readonly upper: number
  /** At most this many. */
  readonly count: number
}

/** Multiples of 1, 2 or 5 times a power of ten inside the range. */
export function linearTicks({ lower, upper, count }: TickRange): readonly number[] {
  const rough = (upper - lower) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  for (const factor of [1, 2, 5, 10, 20, 50]) {
    const step = factor * power
    const first = Math.ceil(lower / step - 1e-9)
    const last = Math.floor(upper / step + 1e-9)
    if (last - first + 1 > count) continue
    // Division by a whole number keeps 0.3 from becoming 0.30000000000000004.
    const whole = Math.round(1 / step)
    return Array.from({ length: last - first + 1 }, (_, i) =>
      step < 1 && Math.abs(whole * step - 1) < 1e-9 ? (first + i) / whole : (first + i) * step,
    )
  }
  return [lower, upper]
}

/** Powers of ten, with 2 and 5 between them where there is room. */
export function logTicks({ lower, upper, count }: TickRange): readonly number[] {
  const low = Math.floor(Math.log10(lower))
  const high = Math.ceil(Math.log10(upper))
  const inside = (factors: readonly number[], every: number) =>
    Array.from({ length: high - low + 1 }, (_, i) => low + i)
      .filter((power) => (power - low) % every === 0)
      .flatMap((power) => factors.map((factor) => factor * 10 ** power))
      .filter((value) => value >= lower * (1 - 1e-9) && value <= upper * (1 + 1e-9))
  const choices = [inside([1, 2, 5], 1), inside([1, 3], 1), inside([1], 1), inside([1], 2), inside([1], 4)]
  return choices.find((ticks) => ticks.length <= count) ?? inside([1], 8)
}

/** `60 %` rather than `60.0 %`, and points without their unit, which the axis names. */
export function tickLabel(value: number, format: NumberFormat): string {
  const written = formatNumber(Math.abs(value) < 1e-12 ? 0 : value, format)
  const short = written.replace(/\.0+(?=\D|$)/, '')
  return format === 'points' ? withoutUnit(short) : short
}
