/** What leaving out one unit at a time tells about a bootstrap variance: how far it falls short, and how well it is known. */
import { degreesOfParts } from '../degrees-of-parts.ts'
import { exactSum } from '../special/exact-sum.ts'

export interface DeleteOneVariance {
  /** Jackknife variance Σ_h (G_h − 1)/G_h Σ (θ_(−g) − θ̄_h)² (Quenouille 1956; Tukey 1958), added over strata. */
  readonly variance: number
  /** Satterthwaite's over strata, each with the smaller of G_h − 1 and the degrees of freedom of its parts. */
  readonly degreesOfFreedom: number
  /** By how much a bootstrap that draws G_h of G_h units understates the variance: G/(G − 1) where there is one stratum. */
  readonly inflation: number
}

/**
 * `strata` holds the statistic without each unit, stratum by stratum; units of one stratum are drawn together: families; items and
 * prompts of a crossed table; tasks of each kept family. At least two units each.
 *
 * Where leaving out changes nothing, the degrees of freedom are those of the smallest stratum.
 */
export function deleteOneVariance(strata: readonly Float64Array[]): DeleteOneVariance {
  const moves = strata.map(deviations)
  const scale = moves.flatMap((each) => Array.from(each, Math.abs)).reduce((most, move) => Math.max(most, move), 0)
  if (scale === 0) {
    const smallest = strata.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY)
    return { variance: 0, degreesOfFreedom: smallest - 1, inflation: smallest / (smallest - 1) }
  }
  let [variance, shrunk, spread] = [0, 0, 0]
  for (const own of moves) {
    const units = own.length
    const parts = own.map((move) => (move / scale) ** 2)
    const share = (exactSum(parts) * (units - 1)) / units
    if (share === 0) continue
    variance += share
    shrunk += (share * (units - 1)) / units
    spread += share ** 2 / Math.min(units - 1, degreesOfParts(parts))
  }
  return {
    variance: variance * scale * scale,
    degreesOfFreedom: Math.max(1, variance ** 2 / spread),
    inflation: variance / shrunk,
  }
}

/** From their mean; 0 where they are rounding. */
function deviations(without: Float64Array): Float64Array {
  const mean = exactSum(without) / without.length
  return without.map((value) => (Math.abs(value - mean) > 1e-14 * Math.abs(mean) ? value - mean : 0))
}
