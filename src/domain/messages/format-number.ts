/** Writes numbers for readers. Every number on a page, in a terminal or in Markdown is written here. */
import type { NumberFormat } from '../figure.ts'

/**
 * formatNumber(0.6757, 'rate') // => '67.6 %'
 * formatNumber(0.0362710, 'p-value') // => '0.036'
 */
export function formatNumber(value: number, format: NumberFormat): string {
  if (Number.isNaN(value)) return 'unknown'
  switch (format) {
    case 'rate':
      return Number.isFinite(value) ? `${rateDigits(value * 100)} %` : infinity(value)
    case 'points':
      return Number.isFinite(value)
        ? `${signed(value * 100, rateDigits(Math.abs(value) * 100))} points`
        : infinity(value)
    case 'score':
    case 'number':
    case 'ratio':
      return plain(value)
    case 'difference':
      return signed(value, plain(Math.abs(value)))
    case 'count':
      return Number.isInteger(value) ? grouped(value) : plain(value)
    case 'p-value':
      return value === 0
        ? '0'
        : value < 1e-4
          ? value
              .toExponential(1)
              .replace('e-', ' × 10⁻')
              .replace(/⁻(\d+)/, (_, digits: string) => `⁻${superscript(digits)}`)
          : value < 0.1
            ? value.toPrecision(2)
            : value.toFixed(2)
    case 'usd':
      return `$${value < 1 ? value.toFixed(4) : value.toFixed(2)}`
    case 'milliseconds':
      return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(0)} ms`
    default:
      return format satisfies never
  }
}

/** One decimal in the middle of the scale; near 0 and 100 enough digits to keep small rates apart from 0. */
function rateDigits(percentage: number): string {
  if (percentage === 0 || percentage === 100) return String(percentage)
  const distance = Math.min(Math.abs(percentage), Math.abs(100 - percentage))
  if (distance >= 0.95) return percentage.toFixed(1)
  const decimals = Math.min(12, 1 - Math.floor(Math.log10(distance)))
  return percentage.toFixed(decimals)
}

function plain(value: number): string {
  if (!Number.isFinite(value)) return infinity(value)
  if (Number.isInteger(value)) return grouped(value)
  const size = Math.abs(value)
  if (size < 1e-4) return value.toExponential(2)
  return size >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(size < 1 ? 3 : 4)))
}

function grouped(value: number): string {
  const digits = Math.abs(value).toFixed(0)
  return `${value < 0 ? '−' : ''}${digits.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')}`
}

function signed(value: number, magnitude: string): string {
  return value > 0 ? `+${magnitude}` : value < 0 ? `−${magnitude}` : magnitude
}

function infinity(value: number): string {
  return value > 0 ? 'unbounded above' : 'unbounded below'
}

function superscript(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)))
}
