import { formatNumber, type NumberFormat } from '../domain/index.ts'

export interface Bounds {
  readonly lower: number
  readonly upper: number
  readonly side?: 'two-sided' | 'lower' | 'upper'
}

/**
 * An interval in words; the unit is written once. A bound that says nothing is left out.
 *
 * formatInterval({ lower: 0.601, upper: 0.742 }, 'rate') // => '60.1 to 74.2 %'
 * formatInterval({ lower: 0, upper: 7.4e-4, side: 'upper' }, 'rate') // => 'at most 0.074 %'
 */
export function formatInterval({ lower, upper, side = 'two-sided' }: Bounds, format: NumberFormat): string {
  if (Number.isNaN(lower) || Number.isNaN(upper)) return 'unknown'
  const hasLower = side !== 'upper' && lower !== Number.NEGATIVE_INFINITY
  const hasUpper = side !== 'lower' && upper !== Number.POSITIVE_INFINITY
  const low = formatNumber(lower, format)
  const high = formatNumber(upper, format)
  if (hasLower && hasUpper) return `${unitOf(low) === unitOf(high) ? withoutUnit(low) : low} to ${high}`
  if (hasUpper) return `at most ${high}`
  return hasLower ? `at least ${low}` : 'unbounded'
}

/** The number without its unit, for axes and cells that name the unit once: `60`, `+5`. */
export function withoutUnit(written: string): string {
  return written.replace(unit, '')
}

function unitOf(written: string): string {
  return unit.exec(written)?.[0] ?? ''
}

const unit = / (%|points|ms|s|min|h)$/
