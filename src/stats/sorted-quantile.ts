/**
 * Quantile of ascending values by linear interpolation between order statistics (Hyndman and Fan 1996, type 7; the
 * default of R and NumPy). Empty gives NaN.
 *
 * sortedQuantile([1, 2, 4], 0.75) // => 3
 */
export function sortedQuantile(sorted: ArrayLike<number>, probability: number): number {
  const at = probability * (sorted.length - 1)
  const low = Math.floor(at)
  const below = sorted[low] ?? Number.NaN
  return below + (at - low) * ((sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN) - below)
}
