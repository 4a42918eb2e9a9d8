import { fail } from '../fail.ts'

export interface BinomialCount {
  readonly successes: number
  readonly trials: number
}

/** Refuses counts that are not whole, negative, or more successes than trials. */
export function checkCounts({ successes, trials }: BinomialCount): void {
  if (!Number.isInteger(successes) || !Number.isInteger(trials) || successes < 0 || trials < 0 || successes > trials) {
    fail('counts-not-valid', { successes, trials }, 'pass whole numbers with 0 ≤ successes ≤ trials')
  }
}

/** Refuses a confidence level or error rate outside (0, 1). */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) fail('level-out-of-range', { level }, 'pass a number between 0 and 1, such as 0.95')
}

/** Refuses a probability outside the open interval (0, 1). */
export function checkRate(rate: number): void {
  if (!(rate > 0 && rate < 1)) fail('rate-out-of-range', { rate }, 'pass a rate between 0 and 1, both excluded')
}
