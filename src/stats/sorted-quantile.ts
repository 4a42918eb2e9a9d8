/**
 * Quantile of ascending values by linear interpolation between order statistics (Hyndman and Fan 1996, type 7; the
 * default of R and NumPy). Refuses no values.
 *
 * sortedQuantile([1, 2, 4], 0.75) // => 3
 */
import { checkNumbers, checkProbabilities, checkWhole } from './check-inputs.ts'
export function sortedQuantile(sorted: ArrayLike<number>, probability: number): number {
  if (!(sorted.length > 0 && probability >= 0 && probability <= 1)) {
    checkProbabilities({ probability })
    checkWhole({ values: sorted.length }, { least: 1 })
  }
  const at = probability * (sorted.length - 1)
  const low = Math.floor(at)
  const below = sorted[low] ?? Number.NaN
  const quantile = below + (at - low) * ((sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN) - below)
  if (Number.isNaN(quantile)) checkNumbers({ quantile })
  return quantile
}
