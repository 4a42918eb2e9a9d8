/** Paired permutation test: under no difference, first and second could have been swapped in every pair. */
import type { Random } from '../random/index.ts'
import { checkDraws } from './check-inputs.ts'
import { type ClusterCodes, groupClusters } from './clusters.ts'
import type { OnProgress } from './progress.ts'
import { type Caveat, type HypothesisTest, notEstimable, type TestOutcome } from './result.ts'
import { signFlipTail } from './sign-flip-tail.ts'
import { exactSum } from './special/exact-sum.ts'

export interface SignFlipOptions {
  /** First minus second, one per pair; repeats of an item are averaged first. */
  readonly differences: ArrayLike<number>
  /** Cluster code per pair: signs are flipped for whole clusters. `undefined` where pairs are independent. */
  readonly clusters: ClusterCodes
  readonly alternative: HypothesisTest['alternative']
  /** Used only where no exact method is affordable: at least 99, and 100,000 for claims below 1e-4. */
  readonly draws: number
  readonly random: Random
}

/**
 * P-value of the sum of differences over all 2^m assignments of signs to the m clusters whose sum is not zero
 * (Fisher 1935; Pitman 1937). Statistic: the mean difference.
 *
 * Exact wherever affordable, chosen by the data alone, and named in `method`:
 * - equal sizes, as with 0/1 pairs: a binomial tail, which is McNemar's exact test;
 * - sums on a grid: dynamic programming over the distribution of the total;
 * - m ≤ 20: all assignments, by splitting them in two halves.
 * Otherwise Monte Carlo, (1 + b)/(1 + B). `resolution` is the smallest p the method could have returned; where that is
 * above 0.05 no data could have been significant, and the outcome says so.
 *
 * Exact in level where pairs are exchangeable in sign: identical systems, whatever the distribution. As a test of equal
 * means of different systems it is approximate, as t is. All differences zero gives p = 1; no pairs are refused.
 *
 * signFlipTest({ differences: [1, 1, 1, 0, -1], clusters: undefined, alternative: 'two-sided', draws: 9999, random }).pValue // => 0.625
 */
export function signFlipTest(
  { differences, clusters, alternative, draws, random }: SignFlipOptions,
  onProgress?: OnProgress,
): TestOutcome {
  checkDraws(draws, 99)
  const grouped = groupClusters(differences, clusters)
  const rows = grouped.values.length
  if (rows === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const scale = grouped.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  // Rounding can leave 1e-17 of a cluster that cancels: such a cluster has no sign to flip.
  const sums = grouped.sums.filter((sum) => Math.abs(sum) > 1e-12 * scale)
  // Sorted, so that a simulation does not depend on the order of clusters.
  const sizes = sums.map(Math.abs).sort()
  const total = exactSum(sums)
  const { p, method, resolution } =
    sizes.length === 0
      ? { p: 1, method: 'no-difference', resolution: 1 }
      : signFlipTail(
          {
            sizes,
            target: alternative === 'less' ? -total : total,
            sides: alternative === 'two-sided' ? 'both' : 'upper',
            draws,
            random,
          },
          onProgress,
        )
  return {
    kind: 'test',
    statistic: total / rows,
    // Two tails that together are everything add up to 1 but for their rounding.
    pValue: p > 1 - 1e-12 ? 1 : p,
    resolution,
    alternative,
    nullValue: 0,
    n: grouped.count,
    method: `sign-flip-${method}`,
    assumptions: ['exchangeable-signs'],
    caveats: unreachable(resolution, sizes.length),
  }
}

function unreachable(resolution: number, units: number): readonly Caveat[] {
  return resolution > 0.05
    ? [{ code: 'significance-unreachable', severity: 'caution', values: { units, smallest: resolution } }]
    : []
}
