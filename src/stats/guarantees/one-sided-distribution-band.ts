/** One side of a band around an empirical distribution function. */
import { checkLevel } from '../check-inputs.ts'
import { fail } from '../fail.ts'

/**
 * Distance by which the empirical distribution function exceeds the true one nowhere (or, mirrored, falls short of it
 * nowhere) with probability `level`: √(ln(1/α) / 2m) (Dvoretzky, Kiefer and Wolfowitz; constant by Massart 1990, who needs
 * α ≤ ½). For both sides at once see `distributionBand`.
 *
 * oneSidedDistributionBand({ draws: 100, level: 0.95 }) // => 0.12239
 */
export function oneSidedDistributionBand({
  draws,
  level,
}: {
  readonly draws: number
  /** At least ½. */
  readonly level: number
}): number {
  checkLevel(level)
  if (level < 0.5) fail('level-below-half', { level }, 'pass a level of at least 0.5: the bound holds only there')
  if (!Number.isSafeInteger(draws) || draws < 1) fail('draws-not-valid', { draws }, 'pass a whole number of at least 1')
  return Math.min(1, Math.sqrt(-Math.log1p(-level) / (2 * draws)))
}
