/** Two systems judged pass or fail on the same items. */
import { fail } from './fail.ts'

/** Counts of items by who passed them. */
export interface PairedTable {
  readonly both: number
  readonly onlyA: number
  readonly onlyB: number
  readonly neither: number
}

/** Refuses counts that are not whole or negative; returns the number of pairs. */
export function checkPairedTable({ both, onlyA, onlyB, neither }: PairedTable): number {
  if (![both, onlyA, onlyB, neither].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    fail('counts-not-valid', { both, onlyA, onlyB, neither }, 'pass four whole numbers of at least 0')
  }
  return both + onlyA + onlyB + neither
}
