/** How scores of a measure, and differences of them, are written. */
import type { Outcome } from '../stats/result.ts'
import type { NumberFormat } from './figure.ts'
import type { ScoreScale } from './measures.ts'
import { formatNumber } from './messages/format-number.ts'

/** Scores in [0, 1] are written as rates; anything else keeps its own unit. */
export function scoreFormat(scale: ScoreScale): 'rate' | 'score' {
  return scale === 'unbounded' ? 'score' : 'rate'
}

/** Differences of rates are written in points. */
export function differenceFormat(scale: ScoreScale): 'points' | 'difference' {
  return scale === 'unbounded' ? 'difference' : 'points'
}

/** `60.6 % to 73.1 %`, or null where there is no interval. */
export function formatInterval(outcome: Outcome, format: NumberFormat): string | null {
  if (outcome.kind !== 'estimate') return null
  return `${formatNumber(outcome.interval.lower, format)} to ${formatNumber(outcome.interval.upper, format)}`
}

/** A level of confidence: 0.95 → `95 %`. */
export function formatLevel(level: number): string {
  return `${Number((level * 100).toPrecision(6))} %`
}

/** A size, without a sign: `7.8 points` where the format would write `+7.8 points`. */
export function formatSize(value: number, format: NumberFormat): string {
  return formatNumber(Math.abs(value), format).replace(/^\+/, '')
}
