/** What every adjustment for multiplicity asks of its input. */
import { fail } from './fail.ts'

/** Copies the p-values, refusing any outside [0, 1]: a test that could not be made has no p-value and is left out by the caller. */
export function checkPValues(pValues: ArrayLike<number>): number[] {
  const copy = Array.from(pValues)
  copy.forEach((p, index) => {
    if (!(p >= 0 && p <= 1)) fail('p-value-out-of-range', { index, p }, 'pass p-values from 0 to 1 only')
  })
  return copy
}

/** Indices of the p-values from the smallest to the largest. Equal values get equal adjustments, whatever their order. */
export function ascending(pValues: readonly number[]): number[] {
  return pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0))
}
