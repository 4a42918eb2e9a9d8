/**
 * Distribution-free bounds on a quantile of a population from its order statistics (Wilks 1941).
 *
 * Of m independent draws, the number below the β-quantile is Binomial(m, β) whatever the distribution, so a rank is
 * enough to bound it: "at least 95 % of variants score above x" needs no model of variants, only that they were drawn
 * at random from the population the sentence names.
 */

import { checkLevel, checkRate, checkWhole } from '../check-inputs.ts'
import { binomialCdf, binomialUpperTail } from '../distributions/binomial.ts'
import { fail } from '../fail.ts'
import { notEstimable, type Outcome } from '../result.ts'
import { firstCount, neededCount } from '../special/first-count.ts'

export interface QuantileClaim {
  /** β: the share of the population at or below the quantile. */
  readonly probability: number
  /** Confidence of the one-sided bound. */
  readonly level: number
  readonly side: 'lower' | 'upper'
}

/**
 * Rank r (from 1) of the order statistic X_(r) that bounds the β-quantile, or undefined where m draws are too few.
 *
 * Upper: the smallest r with P(Bin(m, β) ≤ r − 1) ≥ level. Lower: the largest r with P(Bin(m, β) ≥ r) ≥ level.
 *
 * orderStatisticRank({ draws: 100, probability: 0.95, level: 0.95, side: 'upper' }) // => 99
 * orderStatisticRank({ draws: 58, probability: 0.95, level: 0.95, side: 'upper' }) // => undefined
 */
export function orderStatisticRank({
  draws,
  probability,
  level,
  side,
}: QuantileClaim & { readonly draws: number }): number | undefined {
  checkClaim(probability, level)
  if (!Number.isInteger(draws) || draws < 0) fail('draws-not-valid', { draws }, 'pass a whole number of draws')
  const holds = (rank: number): boolean =>
    side === 'upper'
      ? binomialCdf({ k: rank - 1, n: draws, p: probability }) >= level
      : binomialUpperTail({ k: rank, n: draws, p: probability }) >= level
  if (side === 'upper') {
    if (draws === 0 || !holds(draws)) return undefined
    return firstCount({ fails: 0, holds: draws, condition: holds })
  }
  if (draws === 0 || !holds(1)) return undefined
  return firstCount({ fails: 1, holds: draws + 1, condition: (rank) => !holds(rank) }) - 1
}

/** Bound on the β-quantile of the population that `values` were drawn from; the value is the sample quantile. */
export function quantileBound({
  values,
  probability,
  level,
  side,
}: QuantileClaim & { readonly values: ArrayLike<number> }): Outcome {
  const draws = values.length
  const sorted = Float64Array.from(values).sort()
  if (sorted.some(Number.isNaN)) fail('value-not-a-number', {}, 'leave out values that are missing and count them')
  const rank = orderStatisticRank({ draws, probability, level, side })
  if (rank === undefined) {
    const needed = drawsForQuantile({ probability, level, side, spared: 0 })
    return notEstimable('too-few-values', { needed, given: draws })
  }
  const bound = sorted[rank - 1] ?? Number.NaN
  return {
    kind: 'estimate',
    value: sorted[Math.max(0, Math.ceil(probability * draws) - 1)] ?? Number.NaN,
    interval: {
      lower: side === 'lower' ? bound : Number.NEGATIVE_INFINITY,
      upper: side === 'upper' ? bound : Number.POSITIVE_INFINITY,
      level,
      kind: 'confidence',
      side,
    },
    n: draws,
    method: 'order-statistic-bound',
    assumptions: ['independent-draws'],
    caveats: [],
  }
}

/**
 * Draws after which the extreme value bounds the β-quantile, or, with `spared` = s, the (s+1)-th most extreme does.
 *
 * drawsForQuantile({ probability: 0.95, level: 0.95, side: 'upper', spared: 0 }) // => 59
 * drawsForQuantile({ probability: 0.99, level: 0.95, side: 'upper', spared: 1 }) // => 473
 */
export function drawsForQuantile({
  probability,
  level,
  side,
  spared,
}: QuantileClaim & { readonly spared: number }): number {
  checkClaim(probability, level)
  checkWhole({ spared }, { least: 0, most: 1_000_000_000 })
  const beyond = side === 'upper' ? 1 - probability : probability
  // The bound holds when at least spared + 1 draws fell beyond the quantile.
  const enough = (draws: number): boolean => binomialUpperTail({ k: spared + 1, n: draws, p: beyond }) >= level
  return neededCount({ named: 'draws', from: spared + 1, condition: enough })
}

/**
 * Draws whose smallest and largest value together hold a share β of the population between them, two-sided.
 *
 * The content between the extremes of m draws is Beta(m − 1, 2): P(content ≥ β) = 1 − mβ^(m−1) + (m−1)β^m.
 *
 * drawsForToleranceInterval({ probability: 0.95, level: 0.95 }) // => 93
 */
export function drawsForToleranceInterval({
  probability,
  level,
}: {
  readonly probability: number
  readonly level: number
}): number {
  checkClaim(probability, level)
  for (let draws = 2; ; draws++) {
    if (1 - draws * probability ** (draws - 1) + (draws - 1) * probability ** draws >= level) return draws
  }
}

/**
 * Half-width of the band around an empirical distribution function that holds the true one everywhere (Dvoretzky,
 * Kiefer, Wolfowitz; constant by Massart 1990): √(ln(2/α) / 2m).
 *
 * distributionBand({ draws: 100, level: 0.95 }) // => 0.13581
 */
export function distributionBand({ draws, level }: { readonly draws: number; readonly level: number }): number {
  checkLevel(level)
  if (!Number.isInteger(draws) || draws < 1) fail('draws-not-valid', { draws }, 'pass a whole number of at least 1')
  return Math.min(1, Math.sqrt(Math.log(2 / (1 - level)) / (2 * draws)))
}

function checkClaim(probability: number, level: number): void {
  checkRate(probability)
  checkLevel(level)
}
