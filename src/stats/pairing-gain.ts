/** What answering the same items is worth to a comparison. */
import { checkFinite } from './check-inputs.ts'
import { fail } from './fail.ts'

export interface PairingGain {
  /** Pearson correlation of the two systems' item scores; absent where one of them does not vary. */
  readonly correlation?: number
  /** Variance of the unpaired over that of the paired difference, (s₁² + s₂²)/s_d²; absent where pairs do not vary. */
  readonly varianceRatio?: number
}

/**
 * Correlation of paired scores and the factor by which pairing cuts the variance of their difference.
 *
 * A ratio of 2.1 means that an unpaired design would need 2.1 times the items for the same precision; below 1, pairing
 * costs. Row-level moments: clusters change both variances, and the ratio little. Fewer than 2 pairs give neither.
 *
 * pairingGain([1, 0, 1, 1], [1, 0, 0, 1]) // => { correlation: 0.577…, varianceRatio: 2.333… }
 */
export function pairingGain(first: ArrayLike<number>, second: ArrayLike<number>): PairingGain {
  const n = first.length
  if (second.length !== n)
    fail('lengths-differ', { first: n, second: second.length }, 'pass one value of each per pair')
  checkFinite(first)
  checkFinite(second)
  let [sumFirst, sumSecond] = [0, 0]
  for (let i = 0; i < n; i++) {
    sumFirst += first[i] ?? Number.NaN
    sumSecond += second[i] ?? Number.NaN
  }
  const [meanFirst, meanSecond] = [sumFirst / n, sumSecond / n]
  let [squaresFirst, squaresSecond, products] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const x = (first[i] ?? Number.NaN) - meanFirst
    const y = (second[i] ?? Number.NaN) - meanSecond
    squaresFirst += x * x
    squaresSecond += y * y
    products += x * y
  }
  const total = squaresFirst + squaresSecond
  const difference = total - 2 * products
  const correlation = products / Math.sqrt(squaresFirst * squaresSecond)
  return {
    ...(Number.isFinite(correlation) ? { correlation: Math.min(1, Math.max(-1, correlation)) } : {}),
    // Below rounding error the differences are one constant, and the ratio is not a number anyone should read.
    ...(difference > 1e-12 * total ? { varianceRatio: total / difference } : {}),
  }
}
