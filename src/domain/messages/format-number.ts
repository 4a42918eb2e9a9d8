/** Writes numbers for readers. Every number on a page, in a terminal or in Markdown is written here. */
import type { NumberFormat } from '../figure.ts'

/**
 * formatNumber(0.6757, 'rate') // => '67.6 %'
 * formatNumber(0.0362710, 'p-value') // => '0.036'
 *
 * A number that is not a whole number is never written as one: 0.99951 is 99.951 %, not 100 %. NaN reads "unknown".
 */
export function formatNumber(value: number, format: NumberFormat): string {
  if (Number.isNaN(value)) return 'unknown'
  if (!Number.isFinite(value)) return value > 0 ? 'unbounded above' : 'unbounded below'
  switch (format) {
    case 'rate':
      // Nines beyond these are beyond counting, and of no use to a reader.
      if (value > 0.99999 && value < 1) return 'over 99.999 %'
      return `${minus(value)}${percentage(Math.abs(value) * 100)} %`
    case 'points':
      return `${sign(value)}${percentage(Math.abs(value) * 100)} points`
    case 'score':
    case 'number':
    case 'ratio':
      return `${minus(value)}${plain(Math.abs(value))}`
    case 'difference':
      return `${sign(value)}${plain(Math.abs(value))}`
    case 'count':
      return `${minus(value)}${plain(Math.abs(value))}`
    case 'p-value':
      return probability(value)
    case 'usd':
      return `${minus(value)}$${dollars(Math.abs(value))}`
    case 'milliseconds':
      return `${minus(value)}${duration(Math.abs(value))}`
    default:
      return format satisfies never
  }
}

/**
 * Two numbers with as many digits, at least four, as it takes to tell them apart. For "the log says, we find".
 *
 * formatApart(0.8833333, 0.8833334) // => ['0.8833333', '0.8833334']
 * formatApart(0.5, 0.5) // => ['0.5', '0.5']
 */
export function formatApart(first: number, second: number): readonly [string, string] {
  if (!Number.isFinite(first) || !Number.isFinite(second)) {
    return [formatNumber(first, 'number'), formatNumber(second, 'number')]
  }
  for (let digits = 4; digits <= 16; digits++) {
    const pair = [significant(first, digits), significant(second, digits)] as const
    if (first === second || pair[0] !== pair[1]) return pair
  }
  return [significant(first, 17), significant(second, 17)]
}

/**
 * A number for those who check it: seven significant digits and no unit.
 *
 * formatExact(0.0362710412) // => '0.03627104'
 */
export function formatExact(value: number): string {
  return Number.isFinite(value) ? significant(value, 7) : formatNumber(value, 'number')
}

/** One decimal in the middle of the scale; near 0 and 100 two digits of the distance, so that rare is not never. */
function percentage(size: number): string {
  if (Number.isInteger(size) && (size === 0 || size === 100)) return String(size)
  const distance = Math.min(size, Math.abs(100 - size))
  if (distance >= 0.95) return size >= 1000 ? grouped(size) : size.toFixed(1)
  if (distance < 1e-3) return distance === size ? scientific(size) : size.toPrecision(15).replace(/0+$/, '')
  return size.toFixed(1 - Math.floor(Math.log10(distance)))
}

/** Three digits below 1, four from 1 on, and more where fewer would round to a whole number. */
function plain(size: number): string {
  if (Number.isInteger(size)) return grouped(size)
  if (size < 1e-4) return scientific(size)
  if (size >= 1000) return grouped(size)
  for (let digits = size < 1 ? 3 : 4; digits < 8; digits++) {
    const text = String(Number(size.toPrecision(digits)))
    if (text.includes('.')) return text
  }
  return String(Number(size.toPrecision(8)))
}

function probability(value: number): string {
  if (value === 0) return 'below 10⁻³⁰⁰'
  if (value === 1) return '1'
  if (value < 1e-4) return scientific(value)
  if (value < 0.1) return value.toPrecision(2)
  return value > 0.995 ? 'above 0.99' : value.toFixed(2)
}

function dollars(size: number): string {
  if (size === 0) return '0'
  if (size < 1e-4) return scientific(size)
  if (size < 1) return size.toFixed(4)
  if (size >= 1e15) return scientific(size)
  const [whole, cents] = size.toFixed(2).split('.')
  return `${grouped(Number(whole))}.${cents}`
}

function duration(ms: number): string {
  if (ms === 0) return '0 ms'
  if (ms < 1e-4) return `${scientific(ms)} ms`
  if (ms < 9.95) return `${Number(ms.toPrecision(2))} ms`
  if (ms < 999.5) return `${ms.toFixed(0)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 3_597_000) return `${(ms / 60_000).toFixed(1)} min`
  return ms < 3.6e8 ? `${(ms / 3_600_000).toFixed(1)} h` : `${grouped(ms / 3_600_000)} h`
}

function significant(value: number, digits: number): string {
  const size = Math.abs(value)
  const text = size !== 0 && (size < 1e-6 || size >= 1e15) ? scientific(size, digits) : String(rounded(size, digits))
  return `${minus(value)}${text}`
}

function rounded(size: number, digits: number): number {
  return Number(size.toPrecision(digits))
}

function scientific(size: number, digits = 2): string {
  // A percentage of a number near the largest double is beyond it.
  if (size === Number.POSITIVE_INFINITY) return 'over 10³⁰⁸'
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e')
  return `${mantissa} × 10${superscript(String(Number(exponent)))}`
}

function grouped(size: number): string {
  if (size >= 1e15) return scientific(size)
  return size.toFixed(0).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')
}

function minus(value: number): string {
  return value < 0 ? '−' : ''
}

function sign(value: number): string {
  return value > 0 ? '+' : minus(value)
}

function superscript(digits: string): string {
  return digits.replaceAll(/[-\d]/g, (digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit))))
}
