/** Numbers in the sentences of plans. */
import { formatNumber } from '../../domain/index.ts'

/**
 * A small rate as people say it.
 *
 * rateWords(1e-4) // => '1 in 10,000'
 * rateWords(0.015) // => '1.5 %'
 */
export function rateWords(rate: number): string {
  const inverse = Math.round(1 / rate)
  return Math.abs(inverse * rate - 1) < 1e-9 && inverse >= 10
    ? `1 in ${formatNumber(inverse, 'count')}`
    : formatNumber(rate, 'rate')
}

/** 29956 → `29,956`. */
export function countWords(count: number): string {
  return formatNumber(count, 'count')
}

/** 0.9 → `90 %`, 0.999 → `99.9 %`: the short form, for probabilities that were chosen rather than computed. */
export function levelWords(level: number): string {
  return `${Number((level * 100).toPrecision(10))} %`
}

/** 1 → `1 event`, 2 → `2 events`. */
export function eventWords(count: number): string {
  return count === 0 ? 'no event' : `${countWords(count)} ${count === 1 ? 'event' : 'events'}`
}
